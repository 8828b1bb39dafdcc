import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Act, ScrutineerAct } from './acts.ts';
import { NOT_WITH_SCRUTINEER, ROLES, type Role } from './person.ts';
import {
  type ActName,
  asksReason,
  mayDo,
  maySecond,
  needsSecond,
  OTHER_ACTS,
  RIGHTS,
  type Rights,
  roleFor,
  USUAL_SETTINGS,
} from './rights.ts';

const { open: _open, ...lacking } = RIGHTS;
// @ts-expect-error: an act of the contract without a right is no table of rights.
const _withoutOpen: Rights = lacking;
// @ts-expect-error: what asks for a reason in the contract asks for one in the table.
const _voidWithoutReason: Rights = { ...RIGHTS, void: { roles: ['chair'], reason: false } };

/** As the design has it, written out: chair, operator, scrutineer, auditor, administrator; `o`: where the hall says so. Then who confirms. */
const TABLE: Readonly<Record<ActName, readonly [string, string]>> = {
  open: ['xo...', ''],
  close: ['xo...', ''],
  hold: ['xo...', ''],
  resume: ['xo...', ''],
  extend: ['xo...', ''],
  announce: ['xo...', ''],
  clear: ['xo...', ''],
  'follow-up': ['xo...', ''],
  void: ['x....', 'operator scrutineer'],
  'by-hand': ['.x...', 'chair scrutineer, blind'],
  'check-in': ['.x...', ''],
  leave: ['.x...', ''],
  'issue-card': ['.x...', 'where the hall says so: operator chair'],
  'mark-card': ['.x...', 'where the hall says so: operator chair'],
  enrol: ['.x...', ''],
  'remove-terminal': ['.x...', ''],
  'replace-terminal': ['.x...', ''],
  identify: ['.x...', ''],
  'self-test': ['.x...', ''],
  update: ['.x...', ''],
  'stop-update': ['.x...', ''],
  reload: ['.x...', ''],
  'change-roll': ['.x...', 'chair'],
  'new-ceremony': ['..x..', ''],
  'ceremony-step': ['..x..', ''],
  share: ['..x..', ''],
  'sign-result': ['..x..', ''],
  read: ['xxxx.', ''],
  export: ['xxxx.', ''],
  second: ['xxx..', ''],
  'hand-out-codes': ['.x..x', ''],
  staff: ['....x', ''],
};

const SHAPES = [...Act.options, ...ScrutineerAct.options];
const names = (schema: (typeof SHAPES)[number]) => [...schema.shape.act.values];
const ACTS: readonly ActName[] = [...SHAPES.flatMap(names), ...OTHER_ACTS];

const WIDEST = { operatorForChair: true, secondForCards: true };
const alone = (role: Role) => ({ id: role, name: role, roles: [role] });

it('has every act of the contract once, and no other', () => {
  expect(new Set(ACTS).size).toBe(ACTS.length);
  expect([...ACTS].sort()).toEqual(Object.keys(RIGHTS).sort());
  expect([...ACTS].sort()).toEqual(Object.keys(TABLE).sort());
});

describe.each(ACTS)('%s', (act) => {
  it.each(ROLES)('by the %s: as the table has it, and nothing that the hall did not widen', (role) => {
    const sign = TABLE[act][0][ROLES.indexOf(role)];
    expect(mayDo(alone(role), act, USUAL_SETTINGS)).toBe(sign === 'x');
    expect(mayDo(alone(role), act, WIDEST)).toBe(sign !== '.');
  });

  it('is nobody’s who has not signed in', () => {
    expect(mayDo(null, act, WIDEST)).toBe(false);
    expect(maySecond(null, act, 'a', WIDEST)).toBe(false);
  });

  it('is confirmed by whom the table names, and never by whoever proposed it', () => {
    const [, second] = TABLE[act];
    const widened = second.startsWith('where');
    expect(needsSecond(act, USUAL_SETTINGS) !== null).toBe(second !== '' && !widened);
    const seconds = (second.replace(/^.*:/, '').match(/[a-z]{5,}/g) ?? []).filter((role) => role !== 'blind');
    for (const role of ROLES) {
      expect(maySecond(alone(role), act, 'another', WIDEST)).toBe(seconds.includes(role));
      expect(maySecond(alone(role), act, role, WIDEST)).toBe(false);
    }
    expect(needsSecond(act, WIDEST)?.blind ?? false).toBe(second.endsWith('blind'));
  });

  it('asks for a reason where its shape has one', () => {
    const shape = SHAPES.find((each) => names(each).some((name) => name === act))?.shape;
    expect(asksReason(act)).toBe(shape !== undefined && 'reason' in shape);
  });
});

const settings = fc.record({ operatorForChair: fc.boolean(), secondForCards: fc.boolean() });
const roles = fc.subarray([...ROLES]);
const act = fc.constantFrom(...ACTS);

it('several roles may what each of them may, and no more', () => {
  fc.assert(
    fc.property(roles, act, settings, (all, name, how) => {
      expect(mayDo({ roles: all }, name, how)).toBe(all.some((role) => mayDo({ roles: [role] }, name, how)));
      const role = roleFor({ roles: all }, name, how);
      if (role !== null) {
        expect(all).toContain(role);
        expect(mayDo({ roles: [role] }, name, how)).toBe(true);
      }
    }),
  );
});

it('whoever may decrypt does nothing of what the operator or the administrator does, but confirm what others do', () => {
  fc.assert(
    fc.property(roles, act, settings, (all, name, how) => {
      const isScrutineer =
        all.includes('scrutineer') && !NOT_WITH_SCRUTINEER.some((role) => all.includes(role));
      fc.pre(isScrutineer && !all.includes('chair') && !['read', 'export', 'second'].includes(name));
      for (const role of NOT_WITH_SCRUTINEER)
        expect(mayDo({ roles: all }, name, how) && mayDo({ roles: [role] }, name, how)).toBe(false);
    }),
  );
});

it('the auditor reads and exports, and changes nothing', () => {
  for (const name of ACTS) {
    expect(mayDo(alone('auditor'), name, WIDEST)).toBe(name === 'read' || name === 'export');
    expect(maySecond(alone('auditor'), name, 'another', WIDEST)).toBe(false);
  }
});

it('what needs a second person has one who is another than the first, in whatever role they act', () => {
  fc.assert(
    fc.property(act, roles, settings, (name, all, how) => {
      const first = { id: 'one', roles: all };
      const two = ROLES.filter((role) => maySecond({ id: 'two', roles: [role] }, name, 'one', how));
      expect(maySecond(first, name, 'one', how)).toBe(false);
      expect(two.length > 0).toBe(needsSecond(name, how) !== null);
    }),
  );
});
