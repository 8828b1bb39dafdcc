import { expect, it } from 'vitest';
import { RegisterAct } from '../acts.ts';
import { gapsOf } from '../gaps.ts';
import { CYCLE, hash } from '../testing/small-register.ts';
import {
  decidedRegister,
  MID_YEAR,
  ok,
  plannedRegister,
  planOf,
  reportOf,
  twoParts,
  workOf,
  YEAR_AFTER,
} from '../testing/small-works.ts';
import { USUAL_RULES } from './fields.ts';
import { gradeOf } from './grades.ts';
import { lightOf, lightOfPart, overdueMonths } from './light.ts';
import { lastDueMonth, monthAfter } from './month.ts';
import { figureOf, progressOf } from './progress.ts';
import { differences } from './shrunk.ts';
import { stageOf } from './stage.ts';
import { added, sumsOf } from './sums.ts';

const reason = (decision: { ok: boolean; reason?: string }) => (decision.ok ? null : decision.reason);
const part1 = twoParts.parts[0] ?? twoParts.parts[1];
if (!part1) throw new Error('no part');

const lightAt = (register: ReturnType<typeof decidedRegister>, day: string) => {
  const its = workOf(register).parts.get('1');
  if (!its) throw new Error('no part');
  return lightOfPart(part1, its, workOf(register).standing, USUAL_RULES, day);
};

it('months are counted over the turn of a year', () => {
  expect([monthAfter('2027-12'), monthAfter('2027-01', -1), monthAfter('2027-05', 20)]).toEqual([
    '2028-01',
    '2026-12',
    '2029-01',
  ]);
  expect([lastDueMonth('2027-04-05', 5), lastDueMonth('2027-04-06', 5)]).toEqual(['2027-02', '2027-03']);
});

it('only what was chosen is carried out, and a plan reaches its target and its money in time', () => {
  const register = decidedRegister();
  expect([...register.state().works.projects.keys()]).toEqual(['a', 'b']);
  const plan = planOf('1', 120_000_00);
  const [first, second, third, last] = plan.months;
  if (!first || !second || !third || !last) throw new Error('no months');
  const by = (months: typeof plan.months) => reason(register.act({ ...plan, months }, 'transport'));
  expect(reason(register.act({ ...plan, project: 'c' }, 'transport'))).toBe('unknown-project');
  expect(reason(register.act({ ...plan, part: '2' }, 'transport'))).toBe('other-body');
  expect(by([second, first, third, last])).toBe('plan-falls');
  expect(by([first, second, third])).toBe('plan-late');
  expect(by([first, { ...last, month: '2027-12' }])).toBe('plan-late');
  expect(by([first, { ...last, fen: last.fen - 1 }])).toBe('plan-money');
  expect(by(plan.months)).toBeNull();
  expect(stageOf(workOf(register))).toBe('chosen');
});

it('a report is of one’s own part, planned, of a month that has begun, and never lower without a reason', () => {
  const register = plannedRegister();
  const by = (act: ReturnType<typeof reportOf>, who = 'transport') =>
    reason(register.act(act, who, undefined, MID_YEAR));
  expect(by(reportOf('2027-03', 500, { part: '2' }))).toBe('other-body');
  expect(by(reportOf('2027-03', 500), 'government')).toBe('not-allowed');
  expect(by(reportOf('2027-07', 500))).toBe('month-to-come');
  expect(by(reportOf('2027-02', 500))).toBe('month-before-plan');
  expect(by(reportOf('2027-03', 500, { paid: 1 }))).toBe('paid-too-much');
  expect(by(reportOf('2027-03', 500, { appropriated: 120_000_01, paid: 0 }))).toBe('more-than-promised');
  expect(by(reportOf('2027-03', 500))).toBeNull();
  expect(by(reportOf('2027-03', 600))).toBe('needs-reason');
  expect(by(reportOf('2027-04', 400))).toBe('needs-reason');
  expect(by(reportOf('2027-04', 2000))).toBe('done-needs-evidence');
  expect(by(reportOf('2027-04', 2000, { evidence: [hash('photo')] }))).toBeNull();
  expect(reason(register.act(planOf('1', 120_000_00), 'transport'))).toBe('plan-fixed');
});

it('lights compare what there is with what was planned, at the thresholds exactly', () => {
  const register = plannedRegister();
  expect(lightAt(register, '2027-03-31').because).toBe('not-begun');
  expect(lightAt(register, '2027-04-06')).toMatchObject({ light: 'grey', month: '2027-03' });
  // The plan wants 250 ‰ of 2000.
  ok(register.act(reportOf('2027-03', 302), 'transport', undefined, '2027-04-02'));
  expect(lightAt(register, '2027-04-06')).toMatchObject({ light: 'green', planned: 250, actual: 151 });
  ok(register.act(reportOf('2027-04', 800), 'transport', undefined, '2027-05-02'));
  expect(lightAt(register, '2027-05-03')).toMatchObject({ light: 'yellow', planned: 500, actual: 400 });
  ok(register.act(reportOf('2027-05', 902), 'transport', undefined, '2027-06-02'));
  expect(lightAt(register, '2027-06-03')).toMatchObject({ light: 'yellow', planned: 750, actual: 451 });
  ok(register.act(reportOf('2027-05', 900, { reason: '更正' }), 'transport', undefined, '2027-06-02'));
  expect(lightAt(register, '2027-06-03')).toMatchObject({ light: 'red', planned: 750, actual: 450 });
  expect(lightAt(register, '2027-12-01').because).toBe('past-deadline');
  expect(lightOf(workOf(register), USUAL_RULES, '2027-06-03')).toMatchObject({ light: 'red', part: '1' });
  const its = workOf(register).parts.get('1');
  expect(its && overdueMonths(its, USUAL_RULES, '2027-07-06')).toEqual(['2027-06']);
});

it('a disputed figure counts with the smaller of both values until the group confirms or it is settled', () => {
  const register = plannedRegister();
  ok(register.act(reportOf('2027-03', 900), 'transport', undefined, MID_YEAR));
  const report = workOf(register).parts.get('1')?.latest?.seq ?? 0;
  const visit = (id: string, figure: object | null) =>
    ({
      act: 'visit',
      project: 'a',
      part: '1',
      visit: id,
      day: '2027-04-10',
      words: '',
      photos: [],
      figure: figure && { report, ...figure },
    }) as const;
  const figure = () => {
    const its = workOf(register).parts.get('1');
    if (!its) throw new Error('no part');
    return figureOf(its);
  };
  const by = (act: object, who = 'deputy-a') =>
    reason(register.act(RegisterAct.parse(act), who, undefined, MID_YEAR));
  expect(by(visit('v0', { verdict: 'confirmed' }), 'transport')).toBe('not-allowed');
  expect(by(visit('v1', { verdict: 'disputed', found: 900 }))).toBe('same-figure');
  expect(by({ ...visit('v1', null), day: '2027-06-21' })).toBe('day-to-come');
  expect(by({ ...visit('v1', null), project: 'b' })).toBe('no-group');
  expect(by(visit('v1', { verdict: 'disputed', found: 700 }))).toBeNull();
  // The same once more, since its answer was not heard: nothing is entered.
  const { seq } = register.state().head;
  expect(by(visit('v1', { verdict: 'disputed', found: 700 }))).toBeNull();
  expect(register.state().head.seq).toBe(seq);
  expect(figure()).toMatchObject({ is: 'disputed', done: 700, reported: 900, found: 700 });
  // Another figure of the department alone settles nothing.
  ok(register.act(reportOf('2027-04', 1000), 'transport', undefined, MID_YEAR));
  expect(figure()).toMatchObject({ is: 'disputed', done: 700, reported: 1000 });
  const second = workOf(register).parts.get('1')?.latest?.seq ?? 0;
  expect(by(visit('v2', { verdict: 'confirmed', report: second }))).toBeNull();
  expect(figure()).toMatchObject({ is: 'confirmed', done: 1000, found: null });
});

it('a month that is corrected later is no later figure: what the group says of the last month counts', () => {
  const register = plannedRegister();
  const seq = () => workOf(register).parts.get('1')?.reports.last()?.seq ?? 0;
  const says = (id: string, figure: Extract<RegisterAct, { act: 'visit' }>['figure']) =>
    ok(
      register.act(
        {
          ...{ act: 'visit', project: 'a', part: '1', visit: id, day: MID_YEAR, figure },
          ...{ words: '', photos: [] },
        },
        'deputy-a',
        undefined,
        MID_YEAR,
      ),
    );
  const figure = () => {
    const its = workOf(register).parts.get('1');
    return its && figureOf(its);
  };
  ok(register.act(reportOf('2027-03', 400), 'transport', undefined, MID_YEAR));
  ok(register.act(reportOf('2027-05', 1500), 'transport', undefined, MID_YEAR));
  const last = seq();
  says('v1', { verdict: 'confirmed', report: last });
  ok(register.act(reportOf('2027-03', 300, { reason: '更正' }), 'transport', undefined, MID_YEAR));
  const corrected = seq();
  says('v2', { verdict: 'confirmed', report: corrected });
  expect(figure()).toMatchObject({ is: 'confirmed', done: 1500, seq: last });
  says('v3', { verdict: 'disputed', report: corrected, found: 100 });
  expect(figure()).toMatchObject({ is: 'confirmed', done: 1500 });
  says('v4', { verdict: 'disputed', report: last, found: 900 });
  expect(figure()).toMatchObject({ is: 'disputed', done: 900 });
  // Settled for a month before, the last one stands as it was reported.
  ok(register.act(reportOf('2027-06', 1600), 'transport', undefined, MID_YEAR));
  ok(register.act(reportOf('2027-05', 1400, { reason: '更正' }), 'transport', undefined, MID_YEAR));
  says('v5', { verdict: 'disputed', report: seq(), found: 950 });
  const settle = { act: 'settle-figure', project: 'a', part: '1', report: seq(), done: 1000, words: '' };
  ok(register.act(RegisterAct.parse({ ...settle, words: '以验收为准' }), 'committee', 'congress', MID_YEAR));
  expect(figure()).toMatchObject({ is: 'reported', done: 1600 });
});

it('registers without any money are weighed by their parts, as parts are', () => {
  const sums = sumsOf([], plannedRegister().state().works, MID_YEAR);
  const [one, other] = [
    { ...sums, parts: 1, permille: 1000 },
    { ...sums, parts: 3, permille: 0 },
  ];
  expect(added([one, other]).permille).toBe(250);
  expect(
    added([
      { ...one, fen: 3 },
      { ...other, fen: 1 },
    ]).permille,
  ).toBe(750);
});

it('progress weighs parts by their money, and says so', () => {
  const register = plannedRegister();
  ok(register.act(reportOf('2027-03', 1000), 'transport', undefined, MID_YEAR));
  // 500 ‰ of 120,000 of 200,000 yuan.
  expect(progressOf(workOf(register))).toEqual({ permille: 300, weights: 'money' });
});

it('a change needs the committee, its document and a second person; what shrank is shown, and needs another plan', () => {
  const register = plannedRegister();
  ok(register.act(reportOf('2027-03', 500), 'transport', undefined, MID_YEAR));
  const less = {
    ...twoParts,
    parts: twoParts.parts.map((each) =>
      each.id === '1' ? { ...each, target: { ...each.target, thousandths: 1500 } } : each,
    ),
  };
  const decided = {
    act: 'decide-change',
    project: 'a',
    kind: 'changed',
    sheet: less,
    request: null,
    reason: '征地未完成',
    decision: '常委会第十次会议决定',
    document: hash('decision'),
  } as const;
  expect(reason(register.act(decided, 'government'))).toBe('not-allowed');
  expect(reason(register.act(decided, 'committee'))).toBe('second-person');
  expect(reason(register.act({ ...decided, sheet: null }, 'committee', 'congress'))).toBe(
    'change-needs-sheet',
  );
  const without = { ...less, parts: less.parts.slice(1) };
  expect(reason(register.act({ ...decided, sheet: without }, 'committee', 'congress'))).toBe('part-reported');
  expect(reason(register.act(decided, 'committee', 'congress'))).toBeNull();
  const work = workOf(register);
  expect(work.promised.parts[0]?.target.thousandths).toBe(2000);
  expect(differences(work.promised, work.sheet)).toMatchObject([
    { part: '1', isShrunk: true, in: ['target'] },
  ]);
  expect(work.parts.get('1')?.plan?.isStale).toBe(true);
  expect(reason(register.act(reportOf('2027-04', 600), 'transport', undefined, MID_YEAR))).toBe(
    'not-planned',
  );
});

it('what was asked for before another change is not decided over it, which it would undo', () => {
  const register = plannedRegister();
  const to = (beneficiaries: string) => ({ kind: 'changed', sheet: { ...twoParts, beneficiaries } });
  const ask = (request: string) => ({
    ...{ act: 'ask-change', project: 'a', request, reason: '征地未完成', documents: [], ...to(request) },
  });
  const decide = (request: string) => ({
    ...{ act: 'decide-change', project: 'a', request, reason: '同意', decision: '决定', ...to(request) },
    document: hash('decision'),
  });
  for (const request of ['r1', 'r2']) ok(register.act(RegisterAct.parse(ask(request)), 'government'));
  const decided = (request: string) =>
    reason(register.act(RegisterAct.parse(decide(request)), 'committee', 'congress'));
  expect([decided('r2'), decided('r1')]).toEqual([null, 'changed-since']);
  ok(register.act(RegisterAct.parse(ask('r3')), 'government'));
  expect(decided('r3')).toBeNull();
});

it('a sheet whose money no register could add up is not complete', () => {
  const part = { ...part1, funding: part1.funding.map((line) => ({ ...line, fen: 9_000_000_000_000 })) };
  const sheet = { ...twoParts, parts: [part, { ...part, id: '2' }] };
  const { vocabulary, proposals } = plannedRegister().state();
  expect(gapsOf(sheet, vocabulary, proposals).map(({ what }) => what)).toEqual(['too-much-money']);
});

it('grades fall by the congress’s own rule, at the boundary exactly', () => {
  const of = (satisfied: number, basic: number) =>
    gradeOf({ satisfied, basic }, { cast: 164, roll: 170 }, USUAL_RULES);
  expect([of(83, 0), of(82, 0), of(82, 1), of(40, 42), of(40, 43)]).toEqual([
    'satisfied',
    'dissatisfied',
    'basic',
    'dissatisfied',
    'basic',
  ]);
  const ofAll = { ...USUAL_RULES, basis: 'roll' } as const;
  expect(gradeOf({ satisfied: 85, basic: 0 }, { cast: 164, roll: 170 }, ofAll)).toBe('dissatisfied');
  expect(gradeOf({ satisfied: 86, basic: 0 }, { cast: 164, roll: 170 }, ofAll)).toBe('satisfied');
});

it('不满意 opens a rectification that stays open until graded again or accepted; looking back begins the year after', () => {
  const register = plannedRegister();
  const graded = (satisfied: number, cast = 50) =>
    ({
      act: 'enter-paper-appraisal',
      paper: {
        cycle: CYCLE,
        by: 'congress',
        roll: 60,
        present: 50,
        cast,
        items: [{ project: 'a', satisfied, basic: 0, dissatisfied: 50 - satisfied, 'dont-know': 0 }],
        sheet: hash('graded'),
        reason: '纸质票',
      },
    }) as const;
  const open = () => workOf(register).rectifications.last()?.closed === null;
  expect(reason(register.act(graded(10, 49), 'congress', 'congress-2'))).toBe('counts-wrong');
  ok(register.act(graded(10), 'congress', 'congress-2'));
  expect([stageOf(workOf(register)), open()]).toEqual(['appraised', true]);
  const accept = { act: 'accept-rectification', project: 'a', words: '通过', document: null } as const;
  expect(reason(register.act(accept, 'committee', 'congress'))).toBe('not-explained');
  const explained = {
    act: 'explain',
    project: 'a',
    kind: 'explanation',
    words: '说明',
    evidence: [],
  } as const;
  ok(register.act(explained, 'transport'));
  expect(open()).toBe(true);
  ok(register.act(graded(30), 'congress', 'congress-2'));
  expect(open()).toBe(false);
  const back = {
    act: 'look-back',
    project: 'a',
    lookBack: 'l1',
    works: 'yes',
    users: '居民',
    words: '',
    photos: [],
  } as const;
  const at = (day: string) => reason(register.act({ ...back, day }, 'deputy-a', undefined, YEAR_AFTER));
  expect(at('2027-12-31')).toBe('look-back-early');
  expect(at('2028-05-01')).toBeNull();
  expect(stageOf(workOf(register))).toBe('closed');
});

it('sums are a recount of parts; a share of another register’s project counts there alone', () => {
  const register = plannedRegister();
  const { works } = register.state();
  const all = () => [...register.state().works.projects.values()];
  expect(sumsOf(all(), works, MID_YEAR)).toMatchObject({
    projects: 2,
    parts: 3,
    fen: 320_000_00,
    promisedFen: 320_000_00,
    bySource: { city: 290_000_00, town: 30_000_00 },
    linked: { projects: 0 },
  });
  const to = { register: 'city', project: 'x' };
  expect(
    reason(register.act({ act: 'link', project: 'b', to: { ...to, register: 'town' } }, 'congress')),
  ).toBe('link-itself');
  ok(register.act({ act: 'link', project: 'b', to }, 'congress'));
  expect(sumsOf(all(), works, MID_YEAR)).toMatchObject({
    projects: 1,
    parts: 2,
    fen: 200_000_00,
    linked: { projects: 1, parts: 1, fen: 120_000_00 },
  });
});

it('a finding has an answer of the responsible body before it is closed, and may go back', () => {
  const register = plannedRegister();
  const found = {
    act: 'find',
    project: 'a',
    finding: 'f1',
    part: '2',
    words: '漏水',
    due: '2027-07-01',
    photos: [],
    voice: null,
  } as const;
  const by = (act: object, who: string) =>
    reason(register.act(RegisterAct.parse(act), who, undefined, MID_YEAR));
  expect(by({ ...found, due: '2027-06-01' }, 'deputy-a')).toBe('due-past');
  expect(by(found, 'deputy-a')).toBeNull();
  const answer = { act: 'answer-finding', project: 'a', finding: 'f1', words: '已修', evidence: [] };
  expect(by(answer, 'transport')).toBe('other-body');
  expect(by({ act: 'close-finding', project: 'a', finding: 'f1', words: '好' }, 'deputy-b')).toBe(
    'not-answered',
  );
  expect(workOf(register).findings.get('f1')?.state).toBe('open');
});

it('a source may be called whatever it likes', () => {
  const { works } = decidedRegister().state();
  const called = (source: string) =>
    [...works.projects.values()].map((work) => ({
      ...work,
      sheet: {
        ...work.sheet,
        parts: work.sheet.parts.map((part) => ({
          ...part,
          funding: part.funding.map((line) => ({ ...line, source })),
        })),
      },
    }));
  for (const source of ['constructor', '__proto__', 'toString']) {
    const sums = sumsOf(called(source), works, MID_YEAR);
    expect(Object.entries(sums.bySource)).toEqual([[source, 320_000_00]]);
    expect(Object.entries(added([sums, sums]).bySource)).toEqual([[source, 640_000_00]]);
  }
});
