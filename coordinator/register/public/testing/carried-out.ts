import type { RegisterAct } from '../../model/acts.ts';
import { CYCLE, hash, type SmallRegister } from '../../model/testing/small-register.ts';
import {
  MID_YEAR,
  ok,
  plannedRegister,
  planOf,
  reportOf,
  twoParts,
  YEAR_AFTER,
} from '../../model/testing/small-works.ts';
import { NASTY } from './a-year.ts';

const nasty = (words: string) => `${words}${NASTY}`;
const seqOf = (register: SmallRegister) => register.rows.length;

/** Does these one after another, each as whoever may, on a day. */
function play(
  register: SmallRegister,
  steps: readonly (readonly [day: string, by: string | null, act: RegisterAct, second?: string])[],
): void {
  for (const [day, by, act, second] of steps) ok(register.act(act, by, second, day));
}

const ofA = { project: 'a' } as const;

/** The half of a year: reports, of which the group disputes one, a finding, and what somebody says at the site. */
export function halfWay(): SmallRegister {
  const register = plannedRegister();
  const evidence = [hash('picture')];
  play(register, [
    [
      '2027-04-03',
      'transport',
      reportOf('2027-03', 500, {
        appropriated: 60_000_00,
        paid: 30_000_00,
        words: nasty('路基完成'),
        evidence,
      }),
    ],
    [
      '2027-05-03',
      'transport',
      reportOf('2027-04', 1200, { appropriated: 90_000_00, paid: 50_000_00, evidence }),
    ],
  ]);
  const disputed = seqOf(register);
  play(register, [
    [
      '2027-05-10',
      'deputy-a',
      {
        ...{ act: 'visit', ...ofA, part: '1', visit: 'v1', day: '2027-05-09' },
        figure: { verdict: 'disputed', report: disputed, found: 900 },
        ...{ words: nasty('现场量得九百米'), photos: [hash('visit')] },
      },
    ],
    ['2027-05-11', null, spoken('V-1', 'objection')],
    ['2027-05-11', null, spoken('V-2', 'comment')],
    ['2027-05-12', 'congress', { act: 'clear-voice', voice: 'V-1', text: nasty('北段还没有铺') }],
    ['2027-05-13', 'congress', { act: 'answer-voice', voice: 'V-1', words: nasty('已转监督小组') }],
    [
      '2027-05-14',
      'deputy-a',
      {
        ...{ act: 'find', ...ofA, finding: 'f1', part: '1', words: nasty('北段未铺') },
        ...{ due: '2027-05-30', photos: [], voice: 'V-1' },
      },
    ],
    [
      '2027-05-20',
      'transport',
      { act: 'answer-finding', ...ofA, finding: 'f1', words: nasty('下旬开工'), evidence },
    ],
    [
      '2027-06-01',
      'congress',
      {
        ...{ act: 'inspect', event: 'i1', kind: 'inquiry', projects: ['a'], day: '2027-06-01' },
        ...{ title: nasty('专题询问道路'), words: '', documents: [hash('minutes')] },
      },
    ],
  ]);
  return register;
}

export const spoken = (voice: string, kind: 'comment' | 'objection'): RegisterAct => ({
  ...{ act: 'speak', ...ofA, part: '1', voice, kind, words: hash(voice) },
  attachments: [hash(`photo of ${voice}`)],
});

/** A project from the vote to the look-back, everything that can be told of one in it; whatever people type is nasty. */
export function carriedOut(): SmallRegister {
  const register = halfWay();
  const [one, two] = twoParts.parts;
  if (!one || !two) throw new Error('no parts');
  const smaller = {
    ...twoParts,
    parts: [{ ...one, target: { ...one.target, thousandths: 1600 }, finish: '2027-12-20' }],
  };
  const decided = { ...ofA, kind: 'changed', sheet: smaller, reason: nasty('北段与地铁施工冲突') } as const;
  play(register, [
    [MID_YEAR, 'government', { act: 'ask-change', ...decided, request: 'r1', documents: [hash('asked')] }],
    [
      MID_YEAR,
      'committee',
      {
        ...{ act: 'decide-change', ...decided, request: 'r1' },
        ...{ decision: nasty('常委会〔2027〕9号'), document: hash('decision') },
      },
      'congress',
    ],
    [MID_YEAR, 'transport', { ...planOf('1', 120_000_00), months: lateMonths }],
    [
      '2027-12-10',
      'transport',
      reportOf('2027-12', 1600, {
        ...{ appropriated: 120_000_00, paid: 110_000_00 },
        evidence: [hash('done')],
      }),
    ],
  ]);
  const done = seqOf(register);
  const counts = { project: 'a', satisfied: 10, basic: 8, dissatisfied: 40, 'dont-know': 0 };
  const paper = {
    ...{ cycle: CYCLE, by: 'congress' as const, roll: 60, present: 58, cast: 58, items: [counts] },
    ...{ sheet: hash('grades'), reason: '纸质票' },
  } as const;
  play(register, [
    [
      '2027-12-12',
      'deputy-a',
      {
        ...{ act: 'visit', ...ofA, part: '1', visit: 'v2', day: '2027-12-12' },
        ...{ figure: { verdict: 'confirmed', report: done }, words: '', photos: [] },
      },
    ],
    ['2027-12-13', 'deputy-a', { act: 'close-finding', ...ofA, finding: 'f1', words: nasty('已铺') }],
    ['2028-01-20', 'congress', { act: 'enter-paper-appraisal', paper }, 'congress-2'],
    [
      '2028-01-25',
      'committee',
      { act: 'order-rectification', ...ofA, words: nasty('补铺北段'), due: '2028-03-31' },
    ],
    [
      '2028-02-10',
      'transport',
      { act: 'explain', ...ofA, kind: 'explanation', words: nasty('已列计划'), evidence: [] },
    ],
    [
      '2028-04-01',
      'committee',
      { act: 'accept-rectification', ...ofA, words: nasty('同意'), document: null },
      'congress',
    ],
    [
      YEAR_AFTER,
      'deputy-b',
      {
        ...{ act: 'look-back', ...ofA, lookBack: 'l1', day: YEAR_AFTER, works: 'partly' },
        ...{ users: nasty('沿线居民'), words: nasty('路面完好'), photos: [hash('later')] },
      },
    ],
    [
      YEAR_AFTER,
      'congress',
      {
        ...{ act: 'publish', document: 'd1', kind: 'look-back-report', cycle: CYCLE, period: '2028' },
        ...{ project: 'a', title: nasty('回头看报告'), text: hash('text'), pdf: hash('pdf'), replaces: null },
      },
    ],
  ]);
  return register;
}

const lateMonths = [
  { month: '2027-03', permille: 250, fen: 60_000_00 },
  { month: '2027-12', permille: 1000, fen: 120_000_00 },
];
