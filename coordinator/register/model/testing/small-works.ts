import type { Sheet } from '../../../../shared/projects/sheet.ts';
import { part, sheet } from '../../../../shared/projects/testing/sample-sheet.ts';
import type { Decision } from '../decided.ts';
import { submittedHash } from '../state.ts';
import type { WorkAct } from '../work/work-acts.ts';
import type { Work } from '../work/works.ts';
import { CYCLE, hash, type SmallRegister, type SmallSetting, smallRegister } from './small-register.ts';

/** A day in the middle of the year in which the projects are carried out. */
export const MID_YEAR = '2027-06-20';
export const YEAR_AFTER = '2028-05-10';

/** Two parts: two kilometres in the north, three schools in the south by another body. */
export const twoParts: Sheet = {
  ...sheet('一'),
  parts: [
    part('1'),
    {
      ...part('2'),
      ...{ title: '校舍修缮', body: 'education', area: 'south', finish: '2027-10-31' },
      target: { thousandths: 3000, unit: '所' },
      funding: [
        { source: 'city', year: CYCLE, fen: 50_000_00 },
        { source: 'town', year: CYCLE, fen: 30_000_00 },
      ],
    },
  ],
};

export const ok = (decision: Decision): void => {
  if (!decision.ok) throw new Error(decision.reason);
};

/** A register whose congress has chosen `a` (two parts) and `b` of three candidates, on paper. */
export function decidedRegister(setting: SmallSetting = {}): SmallRegister {
  const register = smallRegister(setting);
  for (const [id, on] of [
    ['a', twoParts],
    ['b', sheet('二')],
    ['c', sheet('三')],
  ] as const) {
    ok(register.act({ act: 'draft-project', project: id, cycle: CYCLE, sheet: on }, 'government'));
    ok(register.act({ act: 'name-candidate', project: id }, 'government'));
  }
  ok(register.act({ act: 'submit-list', cycle: CYCLE, places: 2, projects: ['a', 'b', 'c'] }, 'government'));
  const cycle = register.state().cycles.get(CYCLE);
  const list = (cycle && submittedHash(register.state(), cycle)) ?? '';
  ok(register.act({ act: 'freeze-list', cycle: CYCLE, list }, 'congress', 'congress-2'));
  const votes = ['a', 'b', 'c'].map((project, i) => ({ project, votes: 50 - i }));
  ok(
    register.act(
      {
        ...{ act: 'enter-paper-result', cycle: CYCLE, list, roll: 60, present: 58, cast: 58, votes },
        ...{ chosen: ['a', 'b'], sheet: hash('sheet'), reason: '纸质票' },
      },
      'congress',
      'congress-2',
    ),
  );
  return register;
}

/** The plan of a part of `work`: a quarter of it a month from March on, with its money. */
export const planOf = (id: string, fen: number): Extract<WorkAct, { act: 'plan' }> => ({
  ...{ act: 'plan', project: 'a', part: id, safeguards: '' },
  months: [250, 500, 750, 1000].map((permille, i) => ({
    month: `2027-0${i + 3}`,
    permille,
    fen: (fen * permille) / 1000,
  })),
});

type ReportAct = Extract<WorkAct, { act: 'report' }>;

/** A report on part 1 of `a`. */
export const reportOf = (month: string, done: number, more: Partial<ReportAct> = {}): ReportAct => ({
  ...{ act: 'report', project: 'a', part: '1', month, done, appropriated: 0, paid: 0 },
  ...{ words: '', evidence: [], reason: null },
  ...more,
});

/** A register in which part 1 of `a` is planned, and `a` has a group. */
export function plannedRegister(setting: SmallSetting = {}): SmallRegister {
  const register = decidedRegister(setting);
  ok(register.act(planOf('1', 120_000_00), 'transport', undefined, '2027-02-10'));
  ok(
    register.act(
      { act: 'appoint-group', project: 'a', committee: '城建环资工委', members: ['deputy-a', 'deputy-b'] },
      'congress',
    ),
  );
  return register;
}

export function workOf(register: SmallRegister, id = 'a'): Work {
  const work = register.state().works.projects.get(id);
  if (!work) throw new Error(`there is no work ${id}`);
  return work;
}
