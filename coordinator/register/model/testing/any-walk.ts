import fc from 'fast-check';
import { sheet } from '../../../../shared/projects/testing/sample-sheet.ts';
import { RegisterAct } from '../acts.ts';
import { draftsHash } from '../drafts.ts';
import { REGISTER_RIGHTS } from '../rights.ts';
import { type Register, sheetHash, submittedHash } from '../state.ts';
import {
  actor,
  CYCLE,
  hash,
  proposalId,
  type SmallRegister,
  STAFF,
  smallRegister,
  wish,
} from './small-register.ts';

const ENDS = ['A', 'B', 'C', 'D'];
const PROJECTS = ['a', 'b', 'c', 'd', 'e'];
const end = fc.constantFrom(...ENDS).map(proposalId);
const project = fc.constantFrom(...PROJECTS);
/** Stands in what nobody outside is ever told. */
export const INTERNAL = '内部';
const internal = fc.constant(`${INTERNAL}理由`);
const reason = fc.constantFrom('答复一', '答复二');
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
  fc.record({
    act: fc.constant('opine' as const),
    proposal: end,
    opinion: fc.record({
      question: fc.constantFrom('needed' as const, 'required' as const),
      answer: fc.constantFrom('yes' as const, 'no' as const),
      reason: fc.constant(`${INTERNAL}意见`),
    }),
  }),
  {
    weight: 4,
    arbitrary: fc.record({ act: fc.constant('draft-decision' as const), proposal: end, outcome }),
  },
  // Seldom does every drafted answer still hold: it is asked for often.
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constant('release' as const),
      cycle: fc.constant(CYCLE),
      drafts: fc.constantFrom(hash('none'), 'now', 'now', 'now'),
    }),
  },
  fc.record({ act: fc.constant('erase' as const), proposal: end, reason: internal }),
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
    read: fc.constantFrom('now', hash('none')),
    sheet: text('改').map((title) => sheet(title)),
  }),
  fc.record({ act: fc.constant('drop-project' as const), project, reason: internal }),
  { weight: 4, arbitrary: fc.record({ act: fc.constant('name-candidate' as const), project }) },
  fc.record({ act: fc.constant('withdraw-candidate' as const), project, reason: internal }),
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
    reason: internal,
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
    reason: internal,
  }),
);

const person = fc.option(fc.constantFrom(...STAFF.map(({ id }) => id)), { nil: null });
/** Something that somebody asks for; the right person more often than chance has it, so that walks come to an end. */
export const walkStep = fc.record({
  act: anyAct,
  isRight: fc.integer({ min: 0, max: 3 }).map((n) => n > 0),
  by: person,
  second: fc.option(fc.constantFrom('congress', 'congress-2', 'government', 'auditor'), { nil: null }),
});

function frozenHash(state: Register): string | null {
  const cycle = state.cycles.get(CYCLE);
  return cycle ? (cycle.frozen?.hash ?? submittedHash(state, cycle)) : null;
}

type WalkStep = typeof walkStep extends fc.Arbitrary<infer S> ? S : never;

/** Has the register asked for it: by whom it was, who confirmed it, and what came of it. */
export function walk(register: SmallRegister, { act, isRight, by, second }: WalkStep) {
  const list = 'list' in act && act.list === 'now' ? (frozenHash(register.state()) ?? hash('none')) : null;
  // What whoever acts has seen is mostly what there is.
  const candidates = [...register.state().projects.values()].flatMap(({ id, state }) =>
    state === 'candidate' ? [id] : [],
  );
  const listed = register.state().cycles.get(CYCLE)?.frozen?.list.projects ?? [];
  const sheetNow = 'read' in act ? register.state().projects.get(act.project)?.sheet : undefined;
  const asked = RegisterAct.parse({
    ...act,
    ...('read' in act && act.read === 'now' ? { read: sheetNow ? sheetHash(sheetNow) : hash('none') } : {}),
    ...(list === null ? {} : { list }),
    ...(act.act === 'submit-list' && isRight && candidates.length > 0 ? { projects: candidates } : {}),
    ...(act.act === 'enter-paper-result' && listed.length > 0
      ? { votes: listed.map(({ id }) => ({ project: id, votes: 30 })) }
      : {}),
    ...(act.act === 'release' && act.drafts === 'now' ? { drafts: draftsHash(register.state(), CYCLE) } : {}),
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
export const WALK_START = fc.constantFrom('empty', 'handed-in', 'frozen');

/** A register from which a walk begins. */
export function begun(start: string): SmallRegister {
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
  if (!frozen.ok) throw new Error(frozen.reason);
  return register;
}
