import fc from 'fast-check';
import { expect, it } from 'vitest';
import { listHash } from '../../../shared/projects/list.ts';
import { sheet } from '../../../shared/projects/testing/sample-sheet.ts';
import { replay } from '../../chronicle/chronicle.ts';
import { RegisterAct } from './acts.ts';
import { REGISTER } from './book.ts';
import { REGISTER_RIGHTS } from './rights.ts';
import { outcomeOf, type Register, submittedHash } from './state.ts';
import {
  actor,
  CYCLE,
  hash,
  proposalId,
  type SmallRegister,
  STAFF,
  smallRegister,
  wish,
} from './testing/small-register.ts';

const ENDS = ['A', 'B', 'C', 'D'];
const PROJECTS = ['a', 'b', 'c', 'd', 'e'];
const end = fc.constantFrom(...ENDS).map(proposalId);
const project = fc.constantFrom(...PROJECTS);
const reason = fc.constant('理由');
const text = (what: string) => fc.constantFrom(`${what}一`, `${what}二`);

const outcome = fc.oneof(
  fc.record({ is: fc.constant('merged' as const), into: end }),
  fc.record({ is: fc.constant('excluded' as const), ground: fc.constantFrom('private', 'nowhere'), reason }),
  fc.record({ is: fc.constant('not-adopted' as const), reason }),
  fc.record({ is: fc.constant('adopted' as const), project }),
);

/** Any act; `list` 'now' is filled in with the hash of what has been handed in. */
const anyAct: fc.Arbitrary<RegisterAct> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...ENDS).map(wish) },
  fc.record({
    act: fc.constant('clear-wording' as const),
    proposal: end,
    title: text('题'),
    text: text('文'),
  }),
  fc.record({
    act: fc.constant('classify' as const),
    proposal: end,
    category: fc.constantFrom('roads', 'none'),
    area: fc.constantFrom('north', null),
  }),
  fc.record({ act: fc.constant('second' as const), proposal: end }),
  {
    weight: 4,
    arbitrary: fc.record({ act: fc.constant('draft-decision' as const), proposal: end, outcome }),
  },
  fc.record({
    act: fc.constant('release' as const),
    cycle: fc.constant(CYCLE),
    proposals: fc.constantFrom(0, 999),
  }),
  fc.record({ act: fc.constant('erase' as const), proposal: end, reason }),
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant('draft-project' as const),
      project,
      cycle: fc.constant(CYCLE),
      sheet: text('项目').map((title) => sheet(title)),
    }),
  },
  fc.record({
    act: fc.constant('change-project' as const),
    project,
    sheet: text('改').map((title) => sheet(title)),
  }),
  fc.record({ act: fc.constant('drop-project' as const), project, reason }),
  { weight: 4, arbitrary: fc.record({ act: fc.constant('name-candidate' as const), project }) },
  fc.record({ act: fc.constant('withdraw-candidate' as const), project, reason }),
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant('submit-list' as const),
      cycle: fc.constant(CYCLE),
      places: fc.integer({ min: 1, max: 2 }),
      projects: fc.shuffledSubarray(PROJECTS, { minLength: 1 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constantFrom('freeze-list' as const),
      cycle: fc.constant(CYCLE),
      list: fc.constantFrom('now', hash('none')),
    }),
  },
  fc.record({
    act: fc.constant('withdraw-list' as const),
    cycle: fc.constant(CYCLE),
    list: fc.constantFrom('now', hash('none')),
    reason,
  }),
  fc.record({
    act: fc.constant('enter-paper-result' as const),
    cycle: fc.constant(CYCLE),
    list: fc.constantFrom('now', hash('none')),
    roll: fc.constant(60),
    present: fc.constant(58),
    cast: fc.nat(60),
    votes: fc.constant([{ project: 'a', votes: 30 }]),
    chosen: fc.subarray(PROJECTS, { maxLength: 3 }),
    sheet: fc.constant(hash('sheet')),
    reason,
  }),
);

const person = fc.option(fc.constantFrom(...STAFF.map(({ id }) => id)), { nil: null });
/** The right person more often than chance has it, so that walks come to an end. */
const step = fc.record({
  act: anyAct,
  isRight: fc.integer({ min: 0, max: 3 }).map((n) => n > 0),
  by: person,
  second: fc.option(fc.constantFrom('congress', 'congress-2', 'government', 'auditor'), { nil: null }),
});

function frozenHash(state: Register): string | null {
  const cycle = state.cycles.get(CYCLE);
  return cycle ? (cycle.frozen?.hash ?? submittedHash(state, cycle)) : null;
}

function walk(
  register: SmallRegister,
  { act, isRight, by, second }: typeof step extends fc.Arbitrary<infer S> ? S : never,
) {
  const list = 'list' in act && act.list === 'now' ? (frozenHash(register.state()) ?? hash('none')) : null;
  // What whoever acts has seen is mostly what there is.
  const candidates = [...register.state().projects.values()].flatMap(({ id, state }) =>
    state === 'candidate' ? [id] : [],
  );
  const proposals = register.state().draftedOf.get(CYCLE)?.size ?? 0;
  const listed = register.state().cycles.get(CYCLE)?.frozen?.list.projects ?? [];
  const asked = RegisterAct.parse({
    ...act,
    ...(list === null ? {} : { list }),
    ...(act.act === 'submit-list' && isRight && candidates.length > 0 ? { projects: candidates } : {}),
    ...(act.act === 'enter-paper-result' && listed.length > 0
      ? { votes: listed.map(({ id }) => ({ project: id, votes: 30 })) }
      : {}),
    ...(act.act === 'release' && act.proposals > 0 ? { proposals } : {}),
  });
  const { roles, second: seconds } = REGISTER_RIGHTS[act.act];
  const fit = STAFF.find((one) => one.roles.some((role) => roles.includes(role)))?.id ?? null;
  const who = isRight ? fit : by;
  const other = isRight ? (seconds ? 'congress-2' : null) : second;
  return {
    who,
    other,
    decision:
      who === null
        ? register.act(asked, null)
        : register.actAs(asked, { by: actor(who), ...(other ? { with: actor(other) } : {}) }),
  };
}

/** Where a walk begins: chance alone seldom comes as far as a list. */
const START = fc.constantFrom('empty', 'handed-in', 'frozen');

function begun(start: string): SmallRegister {
  const register = smallRegister();
  if (start === 'empty') return register;
  for (const one of PROJECTS) {
    register.act({ act: 'draft-project', project: one, cycle: CYCLE, sheet: sheet(one) }, 'government');
    register.act({ act: 'name-candidate', project: one }, 'government');
  }
  register.act({ act: 'submit-list', cycle: CYCLE, places: 2, projects: PROJECTS }, 'government');
  if (start === 'handed-in') return register;
  const list = frozenHash(register.state()) ?? '';
  const frozen = register.act({ act: 'freeze-list', cycle: CYCLE, list }, 'congress', 'congress-2');
  expect(frozen).toMatchObject({ ok: true });
  return register;
}

/** What must be true whatever was done. */
function isSound({ proposals, projects, cycles }: Register): void {
  for (const one of proposals.values()) {
    const said = outcomeOf(one);
    if (said?.is === 'merged') expect(outcomeOf(proposals.get(said.into) ?? one)?.is).not.toBe('merged');
    if (said?.is === 'adopted') expect(projects.get(said.project)?.state).not.toBe('dropped');
    if (one.answer) expect(one.draft).toBeNull();
  }
  for (const { frozen, decided } of cycles.values()) {
    if (!frozen) {
      expect(decided).toBeNull();
      expect(
        [...projects.values()].every(({ state }) => ['draft', 'candidate', 'dropped'].includes(state)),
      ).toBe(true);
      continue;
    }
    // What was frozen is what stands there, to the letter.
    expect(listHash(frozen.list)).toBe(frozen.hash);
    for (const { id, sheet: on } of frozen.list.projects) {
      expect(projects.get(id)?.sheet).toEqual(on);
      expect(['listed', 'chosen', 'not-chosen']).toContain(projects.get(id)?.state);
    }
    const chosen = [...projects.values()].filter(({ state }) => state === 'chosen');
    expect(chosen.length).toBeLessThanOrEqual(frozen.list.places);
    expect(frozen.list.projects.length).toBeGreaterThan(frozen.list.places);
  }
}

it('whatever anybody does, the register stays sound, only those act who may, and the ledger tells all of it', () => {
  fc.assert(
    fc.property(START, fc.array(step, { minLength: 20, maxLength: 120 }), (start, steps) => {
      const register = begun(start);
      for (const one of steps) {
        const before = register.state();
        const { who, decision } = walk(register, one);
        if (!decision.ok) {
          expect(register.state()).toBe(before);
          continue;
        }
        const { roles } = REGISTER_RIGHTS[one.act.act];
        const own = STAFF.find(({ id }) => id === who)?.roles ?? ['public'];
        expect(own.some((role) => roles.some((may) => may === role))).toBe(true);
        isSound(register.state());
      }
      expect(JSON.stringify(replay(REGISTER, register.rows))).toBe(JSON.stringify(register.state()));
    }),
    { numRuns: 50 },
  );
});
