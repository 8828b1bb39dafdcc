import { expect, it } from 'vitest';
import { CYCLE, hash } from '../model/testing/small-register.ts';
import { decidedRegister, MID_YEAR, ok, plannedRegister, reportOf } from '../model/testing/small-works.ts';
import { dutiesDocument } from './duties-document.ts';

const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

type Small = ReturnType<typeof decidedRegister>;
const owed = (register: Small, day: string, body: string | null = null) =>
  dutiesDocument(register.state().works, { year: CYCLE, body, day, dayOf }).duties.map(
    ({ kind, project, part, month, due, isLate }) => [kind, project, part, month, due, isLate],
  );

it('what has no plan owes one first, each body sees its own', () => {
  const register = decidedRegister();
  expect(owed(register, '2027-01-10')).toEqual([
    ['plan', 'a', '1', null, null, false],
    ['plan', 'a', '2', null, null, false],
    ['plan', 'b', '1', null, null, false],
  ]);
  expect(owed(register, '2027-01-10', 'education')).toEqual([['plan', 'a', '2', null, null, false]]);
  const { works } = dutiesDocument(register.state().works, {
    ...{ year: CYCLE, body: 'education', day: '2027-01-10', dayOf },
  });
  expect(works).toMatchObject([{ id: 'a', parts: [{ id: '2', plan: 'none' }] }]);
});

it('reports are owed oldest first with whoever reminded, until what is promised is done', () => {
  const register = plannedRegister();
  const ofA1 = (day: string) =>
    owed(register, day).filter(([, project, part]) => project === 'a' && part === '1');
  // March's is due on the fifth of April, and not before April.
  expect(ofA1('2027-03-31')).toEqual([]);
  expect(ofA1('2027-04-05')).toEqual([['report', 'a', '1', '2027-03', '2027-04-05', false]]);
  expect(ofA1('2027-05-03').map(([, , , month, , isLate]) => [month, isLate])).toEqual([
    ['2027-03', true],
    ['2027-04', false],
  ]);
  ok(
    register.act(
      { act: 'remind', project: 'a', part: '1', month: '2027-03' },
      'congress',
      undefined,
      MID_YEAR,
    ),
  );
  const { duties } = dutiesDocument(register.state().works, {
    year: CYCLE,
    body: null,
    day: MID_YEAR,
    dayOf,
  });
  expect(duties.find(({ month }) => month === '2027-03')?.reminders).toMatchObject([{ by: '李静' }]);
  const done = reportOf('2027-06', 2000, { evidence: [hash('photo')] });
  ok(register.act(done, 'transport', undefined, MID_YEAR));
  expect(ofA1(MID_YEAR)).toEqual([]);
});

it('a finding is owed by the body of its part until it is answered, an explanation by whoever leads', () => {
  const register = plannedRegister();
  const found = { act: 'find', project: 'a', finding: 'f1', part: '2', words: '没有扶手' } as const;
  ok(
    register.act(
      { ...found, due: '2027-05-01', photos: [], voice: null },
      'deputy-a',
      undefined,
      '2027-04-01',
    ),
  );
  const order = { act: 'order-rectification', project: 'a', words: '限期整改', due: '2027-05-20' } as const;
  ok(register.act(order, 'committee', undefined, '2027-04-01'));
  const ofKind = (kind: string, day = '2027-05-10') => owed(register, day).filter(([is]) => is === kind);
  expect(ofKind('finding')).toEqual([['finding', 'a', '2', null, '2027-05-01', true]]);
  expect(owed(register, '2027-05-10', 'education').map(([kind]) => kind)).toEqual(['finding', 'plan']);
  expect(ofKind('explanation')).toEqual([['explanation', 'a', null, null, '2027-05-20', false]]);
  const explained = { act: 'explain', project: 'a', kind: 'explanation', words: '因雨停工' } as const;
  ok(register.act({ ...explained, evidence: [] }, 'transport'));
  expect(ofKind('explanation')).toEqual([]);
});
