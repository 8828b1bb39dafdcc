import type { Part, Sheet } from '../../../../shared/projects/sheet.ts';
import { part, sheet } from '../../../../shared/projects/testing/sample-sheet.ts';
import { submittedHash } from '../../model/state.ts';
import { CYCLE, hash, type SmallRegister, smallRegister } from '../../model/testing/small-register.ts';
import { ok } from '../../model/testing/small-works.ts';
import type { WorkAct } from '../../model/work/work-acts.ts';
import type { Ground } from '../figures.ts';

export const DAY_OF = (time: number): string => new Date(time).toISOString().slice(0, 10);

const names = (...all: [string, string, string][]) => new Map(all.map(([id, zh, en]) => [id, { zh, en }]));
const VOCABULARY: Ground['vocabulary'] = {
  categories: names(['roads', '住有所居', 'Housing'], ['schools', '幼有所育', 'Children']),
  bodies: names(
    ['transport', '镇交通运输办公室', 'Transport Office'],
    ['education', '镇社会事务办公室', 'Social Affairs Office'],
  ),
  areas: names(['north', '城北村', 'North'], ['south', '城南村', 'South']),
  sources: names(['city', '市级财政', 'City'], ['town', '镇级财政', 'Town']),
};

const PROJECTS = [
  ['lamps', '城区道路照明补盲', 'Street lamps', 'transport'],
  ['canteens', '社区助餐点建设', 'Community canteens', 'education'],
  ['clinics', '基层儿科夜诊', 'Night clinics for children', 'education'],
  ['shelters', '农村公交候车亭', 'Bus shelters', 'transport'],
  ['lifts', '老旧小区加装电梯', 'Lifts for old blocks', 'transport'],
  ['spare', '零工驿站', 'Day-labourers’ station', 'education'],
] as const;

function sheetOf(at: number): Sheet {
  const [, zh = '', en = '', lead = ''] = PROJECTS[at] ?? [];
  const one = (id: string, title: string, more: Partial<Part>): Part => ({
    ...part(id),
    ...{ title, body: 'transport', place: '人民路、建设街沿线' },
    ...more,
  });
  return {
    ...sheet(zh),
    title: { zh, en },
    category: at % 2 === 0 ? 'roads' : 'schools',
    lead,
    parts: [
      one('1', `${zh}（城区）`, {
        target: { thousandths: 1_200_000, unit: '处' },
        funding: [
          { source: 'city', year: CYCLE, fen: (at + 2) * 61_234_567 },
          { source: 'town', year: CYCLE + 1, fen: (at + 1) * 12_000_000 },
        ],
      }),
      one('2', `${zh}（乡村）`, {
        area: 'south',
        target: { thousandths: 80_500, unit: '座' },
        finish: '2027-09-30',
        funding: [{ source: 'city', year: CYCLE, fen: (at + 1) * 45_000_000 }],
      }),
    ],
  };
}

export interface PlayedWorks {
  readonly register: SmallRegister;
  /** Does `act` on `day`, which the ledger's clock says too. */
  readonly on: (day: string, act: WorkAct, by: string, second?: string) => void;
  readonly ground: (day: string, before?: Ground['before']) => Ground;
}

/** A register whose congress has chosen five of six projects of two parts each, on paper. */
export function chosenWorks(): PlayedWorks {
  const register = smallRegister();
  const ids = PROJECTS.map(([id]) => id);
  ids.forEach((id, at) => {
    ok(register.act({ act: 'draft-project', project: id, cycle: CYCLE, sheet: sheetOf(at) }, 'government'));
    ok(register.act({ act: 'name-candidate', project: id }, 'government'));
  });
  ok(register.act({ act: 'submit-list', cycle: CYCLE, places: 5, projects: [...ids] }, 'government'));
  const cycle = register.state().cycles.get(CYCLE);
  const list = (cycle && submittedHash(register.state(), cycle)) ?? '';
  ok(register.act({ act: 'freeze-list', cycle: CYCLE, list }, 'congress', 'congress-2'));
  const voted = {
    act: 'enter-paper-result',
    ...{ cycle: CYCLE, list, roll: 60, present: 58, cast: 58 },
    votes: ids.map((project, i) => ({ project, votes: 50 - i })),
    ...{ chosen: ids.slice(0, 5), sheet: hash('sheet'), reason: '纸质票' },
  } as const;
  ok(register.act(voted, 'congress', 'congress-2'));
  const on: PlayedWorks['on'] = (day, act, by, second) => {
    register.clock.pass(Math.max(0, Date.parse(`${day}T02:00:00Z`) - register.clock.wallNow));
    ok(register.act(act, by, second, day));
  };
  const ground: PlayedWorks['ground'] = (day, before = null) => {
    const { works } = register.state();
    return { works, vocabulary: VOCABULARY, day, dayOf: DAY_OF, before };
  };
  return { register, on, ground };
}

/** Half a year of it, until a day: plans, monthly reports some of which are missing or behind, visits, a dispute, findings, an inquiry, a decision. */
export function playedHalf(until = '2027-07-01'): PlayedWorks {
  const played = chosenWorks();
  const { register } = played;
  const on: PlayedWorks['on'] = (day, ...rest) => {
    if (day <= until) played.on(day, ...rest);
  };
  const works = [...register.state().works.projects.values()];
  for (const { id, sheet: whole } of works.slice(0, 4))
    for (const one of whole.parts) {
      const fen = one.funding.reduce((sum, each) => sum + each.fen, 0);
      const months = [200, 400, 600, 800, 1000].map((permille, i) => ({
        ...{ month: `2027-0${i + 3}`, permille },
        fen: permille === 1000 ? fen : Math.floor((fen * permille) / 1000),
      }));
      on('2027-02-10', { act: 'plan', project: id, part: one.id, months, safeguards: '' }, 'transport');
    }
  for (const { id } of works)
    on(
      '2027-02-20',
      { act: 'appoint-group', project: id, committee: '城建环资工委', members: ['deputy-a', 'deputy-b'] },
      'congress',
    );
  const report = (day: string, project: string, of: string, month: string, permille: number) => {
    const one = works.find(({ id }) => id === project)?.sheet.parts.find(({ id }) => id === of);
    const fen = one?.funding.reduce((sum, each) => sum + each.fen, 0) ?? 0;
    on(
      day,
      {
        ...{ act: 'report', project, part: of, month, words: '', reason: null },
        done: Math.floor(((one?.target.thousandths ?? 0) * permille) / 1000),
        appropriated: Math.floor((fen * permille) / 900),
        paid: Math.floor((fen * permille) / 1300),
        evidence: permille >= 1000 ? [hash('proof')] : [],
      },
      'transport',
    );
  };
  const shares: readonly (readonly [string, readonly number[]])[] = [
    ['lamps', [200, 410, 620]],
    ['canteens', [180, 280, 450]],
    ['clinics', [50, 90, 130]],
    ['shelters', [190]],
  ];
  for (const [project, permilles] of shares)
    permilles.forEach((permille, i) => {
      for (const of of ['1', '2']) report(`2027-0${i + 4}-03`, project, of, `2027-0${i + 3}`, permille);
    });
  on(
    '2027-04-20',
    {
      ...{
        act: 'find',
        project: 'clinics',
        finding: 'f1',
        part: '1',
        due: '2027-05-20',
        photos: [],
        voice: null,
      },
      words: '夜诊排班未落实，值班医生不足。',
    },
    'deputy-b',
  );
  on(
    '2027-05-04',
    {
      act: 'find',
      project: 'canteens',
      finding: 'f2',
      part: '1',
      due: '2027-07-01',
      photos: [],
      voice: null,
      words: '两处助餐点无无障碍坡道。',
    },
    'deputy-b',
  );
  on(
    '2027-05-20',
    {
      act: 'answer-finding',
      project: 'canteens',
      finding: 'f2',
      words: '已列入整改，六月底前完成。',
      evidence: [],
    },
    'transport',
  );
  on(
    '2027-05-28',
    {
      ...{
        act: 'inspect',
        event: 'i1',
        kind: 'inquiry',
        projects: ['clinics', 'canteens'],
        day: '2027-05-28',
      },
      ...{
        title: '民生实事项目专题询问',
        words: '对进度滞后项目开展专题询问。',
        documents: [hash('record')],
      },
    },
    'congress',
  );
  const shelters = works.find(({ id }) => id === 'shelters')?.sheet;
  const [first, second] = shelters?.parts ?? [];
  if (!shelters || !first || !second) throw new Error('there are no shelters');
  on(
    '2027-05-30',
    {
      ...{ act: 'decide-change', project: 'shelters', kind: 'changed', request: null },
      sheet: {
        ...shelters,
        parts: [{ ...first, target: { thousandths: 900_000, unit: '处' }, finish: '2027-12-20' }, second],
      },
      ...{ reason: '用地调整，部分站点改址', decision: '清人常〔2027〕9号决定', document: hash('decision') },
    },
    'committee',
    'congress',
  );
  const latest = register.state().works.projects.get('lamps')?.parts.get('2')?.latest;
  on(
    '2027-06-04',
    {
      ...{ act: 'visit', project: 'lamps', part: '2', visit: 'v1', day: '2027-06-04', photos: [] },
      figure: { verdict: 'disputed', report: latest?.seq ?? 0, found: 30_000 },
      words: '现场只见三十座',
    },
    'deputy-a',
  );
  return played;
}

/** The whole of it: what was done by the year's end, appraised by paper, one of them to be put right, and looked back at the year after. */
export function playedYear(): PlayedWorks {
  const played = playedHalf();
  const { register, on } = played;
  const items = [...register.state().works.projects.keys()].map((project, i) => ({
    project,
    ...([
      { satisfied: 45, basic: 8, dissatisfied: 3, 'dont-know': 2 },
      { satisfied: 20, basic: 25, dissatisfied: 10, 'dont-know': 3 },
      { satisfied: 9, basic: 14, dissatisfied: 33, 'dont-know': 2 },
      { satisfied: 38, basic: 12, dissatisfied: 6, 'dont-know': 2 },
    ][i] ?? { satisfied: 31, basic: 20, dissatisfied: 7, 'dont-know': 0 }),
  }));
  on(
    '2028-01-12',
    {
      act: 'enter-paper-appraisal',
      paper: {
        ...{ cycle: CYCLE, by: 'congress', roll: 60, present: 58, cast: 58, sheet: hash('appraisal') },
        ...{ items: items.slice(0, 4), reason: '会场停电' },
      },
    },
    'congress',
    'congress-2',
  );
  on(
    '2028-01-20',
    {
      act: 'order-rectification',
      project: 'clinics',
      words: '落实夜诊医生和排班，按月报告开诊情况。',
      due: '2028-03-31',
    },
    'committee',
  );
  for (const [project, works, users] of [
    ['lamps', 'yes', '沿线居民夜间出行使用'],
    ['canteens', 'partly', '日均就餐约四百人'],
  ] as const)
    on(
      '2028-05-10',
      {
        ...{
          act: 'look-back',
          project,
          lookBack: `l-${project}`,
          day: '2028-05-10',
          works,
          users,
          photos: [],
        },
        words: works === 'yes' ? '灯具完好' : '一处停业，正在招商',
      },
      'deputy-a',
    );
  return played;
}
