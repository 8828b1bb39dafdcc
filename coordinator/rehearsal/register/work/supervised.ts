import { monthAfter } from '../../../register/model/work/month.ts';
import type { Work } from '../../../register/model/work/works.ts';
import { DEPUTIES } from '../sample-file.ts';
import type { Task } from '../sample-office.ts';
import type { ToldProject } from './stories.ts';
import { at, each, onDay, workOf, type YearOfWork } from './year-of-work.ts';

/** Which committee looks after which categories, with the person who acts for it. */
const COMMITTEES = [
  { person: 'group1', name: '教育科学文化卫生工作委员会', of: ['childcare', 'schooling', 'health'] },
  { person: 'group2', name: '社会建设工作委员会', of: ['work', 'old-age', 'support', 'veterans'] },
  { person: 'group3', name: '城乡建设环境资源工作委员会', of: ['housing'] },
] as const;

/** A group for each project; it visits, confirms or disputes, finds problems and closes them. */
export function supervised(of: YearOfWork): readonly Task[] {
  const { year, lastReport, isOver } = of;
  const afterLast = onDay(`${monthAfter(lastReport)}-04`);
  return [
    each(of, at(year, '02-10'), ({ id }, i) => appoint(of, id, i)),
    each(of, at(year, '07-18'), (project) => visitOnce(of, project)),
    each(of, isOver ? at(year + 1, '01-06') : afterLast, ({ id }) => verify(of, id)),
    ...inspected(of),
    ...of.projects.flatMap((project) => [...disputed(of, project, afterLast), ...found(of, project)]),
  ];
}

function appoint({ office, kind }: YearOfWork, project: string, i: number): void {
  const { category } = workOf(office, project).sheet;
  const lead = COMMITTEES.find(({ of }) => of.some((each) => each === category)) ?? COMMITTEES[2];
  // 专业对口: who knows the matter goes first.
  const experts = DEPUTIES.filter(({ fields }) => fields?.includes(category)).map(({ id }) => id);
  const deputies = new Set([...experts, ...(i % 2 === 0 ? ['deputy1', 'deputy3'] : ['deputy2', 'deputy4'])]);
  const committee = kind.level === 'town' ? '人大主席团' : lead.name;
  office.as('congress', { act: 'appoint-group', project, committee, members: [lead.person, ...deputies] });
}

/** The person of the committee goes, or a deputy of the group. */
const goer = ({ group }: Work, who: 'committee' | 'deputy'): string =>
  group?.members[who === 'committee' ? 0 : 1]?.id ?? '';

interface Going {
  readonly project: string;
  readonly part: string;
  readonly name: string;
  readonly who: 'committee' | 'deputy';
  readonly words: string;
}

/** @param found what is there instead of what was reported; null: just that. */
function visit(
  { office }: YearOfWork,
  { project, part, name, who, words }: Going,
  found: number | null,
): void {
  const work = workOf(office, project);
  const latest = work.parts.get(part)?.latest;
  if (!latest) return;
  const report = latest.seq;
  const figure =
    found === null
      ? ({ verdict: 'confirmed', report } as const)
      : ({ verdict: 'disputed', report, found } as const);
  office.as(goer(work, who), {
    ...{ act: 'visit', project, part, visit: `${name}-${part}-${project}`.slice(0, 64) },
    ...{ day: office.today(), figure, words, photos: [office.photo()] },
  });
}

/** In summer a deputy looks at the first part of every project. */
function visitOnce(of: YearOfWork, { id, story }: ToldProject): void {
  if (story === 'disputed') return;
  const part = workOf(of.office, id).sheet.parts[0]?.id ?? '';
  const words = '现场查看点位和施工台账，与上报数相符；听取了附近居民意见。';
  visit(of, { project: id, part, name: 'summer', who: 'deputy', words }, null);
}

/** What is done is confirmed part by part. */
function verify(of: YearOfWork, project: string): void {
  const work = workOf(of.office, project);
  for (const { id, target } of work.sheet.parts) {
    const latest = work.parts.get(id)?.latest;
    if (!latest || latest.done < target.thousandths) continue;
    const words = '逐点核对，已完成并投入使用。';
    visit(of, { project, part: id, name: 'end', who: 'committee', words }, null);
  }
}

/** Fewer are found than were reported. Of a year that is over it is corrected, or the standing committee settles it. */
function disputed(of: YearOfWork, { id, story }: ToldProject, afterLast: number): readonly Task[] {
  if (story !== 'disputed') return [];
  const { office, year, isOver } = of;
  const part = () => workOf(office, id).sheet.parts[0];
  const latest = () => workOf(office, id).parts.get(part()?.id ?? '')?.latest;
  const dispute = (): void => {
    const done = latest()?.done ?? 0;
    const words = '现场清点，部分点位尚未完工，少于上报数。';
    const found = Math.floor((done * 0.8) / 100) * 100;
    if (found < done)
      visit(of, { project: id, part: part()?.id ?? '', name: 'count', who: 'committee', words }, found);
  };
  if (!isOver) return [{ at: afterLast, do: dispute }];
  const settle = (): void => {
    const its = workOf(office, id).parts.get(part()?.id ?? '');
    const body = part()?.body;
    if (!its?.latest || !its.dispute || !body) return;
    const { report, found } = its.dispute;
    const ofPart = { project: id, part: part()?.id ?? '' };
    if (year % 2 === 0) {
      const words = '按监督小组清点数认定。';
      office.both('committee', 'congress', { act: 'settle-figure', ...ofPart, report, done: found, words });
      return;
    }
    const { month, appropriated, paid } = its.latest;
    office.as(body, {
      ...{ act: 'report', ...ofPart, month, done: found, appropriated, paid },
      ...{ words: '按核对结果更正。', evidence: [], reason: '两处点位验收时间晚于月末，误计入当月' },
    });
    visit(of, { ...ofPart, name: 'again', who: 'committee', words: '更正后与现场相符。' }, null);
  };
  return [
    { at: at(year, '07-18'), do: dispute },
    { at: at(year, '07-26'), do: settle },
  ];
}

/** A problem with a due date: answered, returned, answered again and closed; or left without an answer. */
function found(of: YearOfWork, { id, story }: ToldProject): readonly Task[] {
  if (story !== 'finding' && story !== 'asked') return [];
  const { office, year, lastReport } = of;
  const finding = `finding-${id}`;
  const lead = () => goer(workOf(office, id), 'committee');
  const find = (due: string) =>
    office.as(lead(), {
      ...{ act: 'find', project: id, finding, part: null, due, photos: [office.photo()], voice: null },
      words: '施工围挡占用人行道，夜间无照明，居民绕行不便。',
    });
  const answer = (words: string) =>
    office.as(workOf(office, id).sheet.lead, {
      ...{ act: 'answer-finding', project: id, finding, words, evidence: [office.photo()] },
    });
  if (story === 'asked') return [{ at: onDay(`${lastReport}-08`), do: () => find(`${lastReport}-28`) }];
  const back = '照明已装，围挡仍未退让，请继续整改。';
  return [
    { at: at(year, '08-08'), do: () => find(`${year}-08-31`) },
    { at: at(year, '08-20'), do: () => answer('已加装临时照明并设引导牌。') },
    {
      at: at(year, '08-25'),
      do: () =>
        office.as(lead(), { act: 'return-finding', project: id, finding, words: back, due: `${year}-09-20` }),
    },
    { at: at(year, '09-12'), do: () => answer('围挡退让一米五，恢复双向通行。') },
    {
      at: at(year, '09-18'),
      do: () =>
        office.as(lead(), { act: 'close-finding', project: id, finding, words: '复查属实，同意销号。' }),
    },
  ];
}

/** 集中视察 in September, 专题询问 in November. */
function inspected({ office, kind, year, projects }: YearOfWork): readonly Task[] {
  const inspect = (
    what: 'inspection' | 'inquiry',
    of: readonly ToldProject[],
    title: string,
    words: string,
  ) =>
    office.as('congress', {
      ...{ act: 'inspect', event: `${what}-${year}`, kind: what, projects: of.map(({ id }) => id) },
      ...{ day: office.today(), title: `${kind.zh}${year}年${title}`, words, documents: [office.scan()] },
    });
  return [
    {
      at: at(year, '09-22'),
      do: () =>
        inspect('inspection', projects, '民生实事项目集中视察', '分三组实地查看，汇总意见交政府研究处理。'),
    },
    {
      at: at(year, '11-12'),
      do: () =>
        inspect(
          'inquiry',
          projects.slice(0, 2),
          '民生实事专题询问',
          '就进度和管护提出询问，责任单位当场作答。',
        ),
    },
  ];
}
