import { expect, it } from 'vitest';
import { CYCLE, hash, type SmallRegister } from '../testing/small-register.ts';
import { decidedRegister, MID_YEAR, ok, planOf, reportOf, workOf } from '../testing/small-works.ts';
import type { WorkAct } from './work-acts.ts';

/** The entries that an act leaves, and what it is answered. */
function sent(register: SmallRegister, act: WorkAct, day = MID_YEAR): [number, string | true] {
  const before = register.rows.length;
  const answer = register.act(act, 'transport', undefined, day);
  return [register.rows.length - before, answer.ok || answer.reason];
}

it('what a body sends once more, having heard no answer, is there once', () => {
  const register = decidedRegister();
  const plan = planOf('1', 120_000_00);
  const report = reportOf('2027-03', 500, { evidence: [hash('photo')] });
  for (const act of [plan, report]) {
    expect(sent(register, act)).toEqual([1, true]);
    expect(sent(register, act)).toEqual([0, true]);
  }
  // Other figures, or the same behind others, are no repetition.
  expect(sent(register, { ...report, done: 501 })).toEqual([0, 'needs-reason']);
  expect(sent(register, { ...report, done: 400, reason: '量错了' })).toEqual([1, true]);
  expect(sent(register, report)).toEqual([0, 'needs-reason']);
});

it('an answer that was returned is said again, and an explanation after another order', () => {
  const register = decidedRegister();
  const group = {
    act: 'appoint-group',
    project: 'a',
    committee: '城建环资工委',
    members: ['deputy-a'],
  } as const;
  ok(register.act({ ...group, members: [...group.members] }, 'congress'));
  const found = { act: 'find', project: 'a', finding: 'f1', part: '1', words: '没有扶手' } as const;
  ok(register.act({ ...found, due: '2027-07-01', photos: [], voice: null }, 'deputy-a', undefined, MID_YEAR));
  const answer = { act: 'answer-finding', project: 'a', finding: 'f1', words: '已装', evidence: [] } as const;
  const again = { ...answer, evidence: [] };
  expect([sent(register, again), sent(register, again)]).toEqual([
    [1, true],
    [0, true],
  ]);
  const returned = { act: 'return-finding', project: 'a', finding: 'f1', words: '未装' } as const;
  ok(register.act({ ...returned, due: '2027-08-01' }, 'deputy-a', undefined, MID_YEAR));
  expect(sent(register, again)).toEqual([1, true]);
  const order = { act: 'order-rectification', project: 'a', words: '整改', due: '2027-08-01' } as const;
  ok(register.act(order, 'committee', undefined, MID_YEAR));
  register.clock.pass(1000);
  const explain = { act: 'explain', project: 'a', kind: 'explanation', words: '因雨', evidence: [] } as const;
  const explained = { ...explain, evidence: [] };
  expect([sent(register, explained), sent(register, explained)]).toEqual([
    [1, true],
    [0, true],
  ]);
});

it('an appraisal on paper that is confirmed once more is there once; other counts from its sheet are entered', () => {
  const register = decidedRegister();
  const sheet = hash('graded');
  const items = (satisfied: number) =>
    ['a', 'b'].map((project) => ({
      ...{ project, satisfied, basic: 0, dissatisfied: 50 - satisfied, 'dont-know': 0 },
    }));
  const enter = (satisfied: number): [number, string | true] => {
    const before = register.rows.length;
    const of = { cycle: CYCLE, by: 'congress', roll: 60, present: 50, cast: 50, reason: '停电' } as const;
    const paper = { ...of, sheet, items: items(satisfied) };
    const answer = register.act({ act: 'enter-paper-appraisal', paper }, 'congress', 'congress-2');
    return [register.rows.length - before, answer.ok || answer.reason];
  };
  const [entries] = enter(40);
  expect(entries).toBeGreaterThan(0);
  expect(enter(40)).toEqual([0, true]);
  expect(workOf(register).appraisals.size).toBe(1);
  expect(enter(41)).toEqual([entries, true]);
  expect(enter(41)).toEqual([0, true]);
  expect(workOf(register, 'b').appraisals.size).toBe(2);
});
