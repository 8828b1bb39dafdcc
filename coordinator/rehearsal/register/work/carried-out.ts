import { total } from '../../../../shared/projects/money.ts';
import type { Part, Sheet } from '../../../../shared/projects/sheet.ts';
import type { PlannedMonth } from '../../../register/model/work/fields.ts';
import { monthAfter, monthOf } from '../../../register/model/work/month.ts';
import type { Plan } from '../../../register/model/work/works.ts';
import { changeable } from '../sample-collecting.ts';
import type { Task } from '../sample-office.ts';
import type { Story, ToldProject } from './stories.ts';
import { at, each, onDay, workOf, type YearOfWork } from './year-of-work.ts';

/** Planned in February, and reported each month until the end; some are changed or suspended on the way. */
export function carriedOut(of: YearOfWork): readonly Task[] {
  const { year, lastReport } = of;
  const months = Array.from({ length: 11 }, (_, i) => monthAfter(`${year}-02`, i)).filter(
    (month) => month <= lastReport,
  );
  return [
    each(of, at(year, '02-20'), ({ id }) => planAll(of, id)),
    ...months.map((month) =>
      each(of, onDay(`${monthAfter(month)}-03`), (project) => reportAll(of, project, month)),
    ),
    ...changed(of),
    ...stopped(of),
  ];
}

/** Every part that has no plan that holds is planned by its own body. */
function planAll({ office, year }: YearOfWork, project: string): void {
  const work = workOf(office, project);
  for (const part of work.sheet.parts) {
    const plan = work.parts.get(part.id)?.plan;
    if (plan && !plan.isStale) continue;
    office.as(part.body, {
      ...{ act: 'plan', project, part: part.id, months: [...planOf(part, `${year}-02`)] },
      safeguards: '成立专班，按周调度；资金专账管理，质量由第三方检测。',
    });
  }
}

/** Month by month, as even as whole pieces allow. */
function planOf(part: Part, from: string): readonly PlannedMonth[] {
  const last = monthOf(part.finish);
  const months: string[] = [];
  for (let month = from; month <= last; month = monthAfter(month)) months.push(month);
  const fen = total(part.funding);
  return months.map((month, i) => {
    const share = (i + 1) / months.length;
    const permille = Math.floor((pieces(part, share) * 1000) / part.target.thousandths);
    return { month, permille, fen: Math.floor(fen * share) };
  });
}

/** That share of a target in whole pieces, in tenths where there are few of them; never more than the target. */
function pieces({ target: { thousandths, unit } }: Part, share: number): number {
  if (share >= 1) return thousandths;
  const step = unit === '公里' || thousandths < 20_000 ? 100 : 1000;
  return Math.min(thousandths, Math.round((thousandths * share) / step) * step);
}

function reportAll(of: YearOfWork, { id, story }: ToldProject, month: string): void {
  const { office, lastReport } = of;
  if (story === 'silent' && month === lastReport) return;
  const work = workOf(office, id);
  for (const part of work.sheet.parts) {
    const its = work.parts.get(part.id);
    const planned = its?.plan?.months.find((one) => one.month === month);
    if (!its?.plan || !planned) continue;
    const before = { done: 0, appropriated: 0, paid: 0, ...its.latest };
    const isStill = work.standing === 'suspended';
    const reached = isStill ? 0 : reachedBy(of, story, its.plan, planned);
    const done = Math.max(before.done, pieces(part, reached));
    const fen = total(part.funding);
    const ahead = its.plan.months.find((one) => one.month === monthAfter(month, 2))?.fen ?? fen;
    office.as(part.body, {
      ...{ act: 'report', project: id, part: part.id, month, done },
      appropriated: Math.max(before.appropriated, isStill ? 0 : ahead),
      paid: Math.max(before.paid, Math.floor(fen * reached * 0.96)),
      words: wordsFor(story, work.standing, done / part.target.thousandths),
      evidence: done >= part.target.thousandths ? [office.scan()] : [],
      reason: null,
    });
  }
}

/** What share of its target a project has reached in a month in which the plan wants so much. */
function reachedBy({ lastReport }: YearOfWork, story: Story, plan: Plan, planned: PlannedMonth): number {
  const wanted = planned.permille / 1000;
  if (story === 'late') return wanted * 0.82;
  const lag = LAGS[story];
  if (lag === undefined) return wanted;
  // As far behind at the last report as the story wants, and evenly so on the way.
  const atLast = plan.months.findLast(({ month }) => month <= lastReport)?.permille ?? 1000;
  return wanted * Math.max(0.05, 1 - (lag * 1000) / atLast);
}

const LAGS: Partial<Record<Story, number>> = { behind: 0.17, 'far-behind': 0.38 };

function wordsFor(story: Story, standing: 'running' | 'suspended' | 'ended', share: number): string {
  if (standing === 'suspended') return '按决定暂停施工，现场已做好围护。';
  if (story === 'late' && share > 0.5) return '因材料供应和连续降雨，工期滞后，正增加作业班组。';
  if (LAGS[story] !== undefined && share > 0.2) return '征地和管线迁改协调较慢，已提请专题调度。';
  if (share >= 1) return '全部完成并通过验收，已投入使用。';
  if (share > 0.6) return '主体工程基本完成，正在安装设备。';
  if (share > 0.25) return '主体施工，进度和质量受控。';
  return '完成招标和进场准备。';
}

/** The target of its last part is lowered by a decision; what was promised stays beside it. Where it was only asked for, nothing changes. */
function changed(of: YearOfWork): readonly Task[] {
  const { office, kind, year, lastReport, projects } = of;
  const reason = '地质条件与勘察不符，部分点位改线，工程量相应调减，完工时间顺延。';
  const asked = (id: string) => {
    const { sheet } = workOf(office, id);
    return {
      project: id,
      kind: 'changed',
      request: `change-${id}`,
      sheet: changeable(lowered(sheet, year)),
      reason,
    } as const;
  };
  const ask = (id: string) =>
    office.as('gov', { act: 'ask-change', ...asked(id), documents: [office.scan()] });
  const decide = (id: string) => {
    const decision = `${decider(kind)}关于调整民生实事项目的决定（〔${year}〕6号）`;
    office.both('committee', 'congress', {
      ...{ act: 'decide-change', ...asked(id), decision, document: office.scan() },
    });
    planAll(of, id);
  };
  return projects.flatMap(({ id, story }): readonly Task[] => {
    if (story === 'asked') return [{ at: onDay(`${lastReport}-20`), do: () => ask(id) }];
    if (story !== 'changed') return [];
    return [
      { at: at(year, '06-12'), do: () => ask(id) },
      { at: at(year, '06-26'), do: () => decide(id) },
    ];
  });
}

const lowered = (sheet: Sheet, year: number): Sheet => ({
  ...sheet,
  parts: sheet.parts.map((part, i) => {
    if (i < sheet.parts.length - 1) return part;
    const target = { ...part.target, thousandths: Math.max(100, pieces(part, 0.85)) };
    return { ...part, finish: `${year}-12-25`, target };
  }),
});

/** Suspended in summer; resumed in a year that is over. */
function stopped({ office, kind, year, lastReport, isOver, projects }: YearOfWork): readonly Task[] {
  const decide = (id: string, what: 'suspended' | 'resumed', n: number, reason: string) =>
    office.both('committee', 'congress', {
      ...{ act: 'decide-change', project: id, kind: what, sheet: null, request: null, reason },
      decision: `${decider(kind)}决定（〔${year}〕${n}号）`,
      document: office.scan(),
    });
  return projects
    .filter(({ story }) => story === 'stopped')
    .flatMap(({ id }): readonly Task[] => {
      const suspended = {
        at: onDay(`${monthAfter(lastReport, -3)}-12`),
        do: () => decide(id, 'suspended', 8, '施工区域发现文物，须先行勘探，暂停实施。'),
      };
      const resumed = {
        at: onDay(`${monthAfter(lastReport, -1)}-14`),
        do: () => decide(id, 'resumed', 11, '文物勘探结束，恢复实施。'),
      };
      return isOver ? [suspended, resumed] : [suspended];
    });
}

const decider = ({ zh, level }: YearOfWork['kind']): string =>
  level === 'town' ? `${zh}人民代表大会` : `${zh}人大常委会`;
