import { z } from 'zod';
import { HashHex } from '../../shared/protocol/ids.ts';
import type { Value } from '../../shared/protocol/value.ts';
import { Rollback } from '../../shared/update/messages.ts';
import type { Place, Slot } from './places.ts';

/** A version on trial is started so often at most; a hall whose mains goes off and on needs some of them. */
export const MOST_STARTS = 5;

const Slots = z.enum(['a', 'b']);

/** Which version holds. Written in one piece, by whoever chooses the version to start and nobody else. */
export const VersionState = z.strictObject({
  v: z.literal(1),
  /** The program that came with the system, as it was then: where somebody installs another, that one holds. */
  factory: z.string(),
  /** What is started when nothing is on trial. */
  current: z.enum(['factory', 'a', 'b']),
  /** The version that has to prove itself; `page`: whether its page has to be drawn. */
  trial: z
    .strictObject({ slot: Slots, manifest: HashHex, starts: z.number().int().positive(), page: z.boolean() })
    .nullable(),
  /** What became of the last one. */
  last: z.strictObject({ manifest: HashHex, became: z.union([z.literal('confirmed'), Rollback]) }).nullable(),
});
export type VersionState = Value<typeof VersionState>;

/** A seat that was never updated. */
export const NEVER: VersionState = { v: 1, factory: '', current: 'factory', trial: null, last: null };

/** What was found of a version on trial. */
export const Verdict = z.strictObject({
  manifest: HashHex,
  became: z.union([z.literal('confirmed'), Rollback]),
});
export type Verdict = Value<typeof Verdict>;

/** The terminal is at rest and would start the version `manifest`; `page`: its page is on its screen now. */
export const Go = z.strictObject({ manifest: HashHex, page: z.boolean() });
export type Go = Value<typeof Go>;

/** What is there when a version is chosen. */
export interface Found {
  readonly go: Go | null;
  readonly verdict: Verdict | null;
  /** The manifest of a version that lies there whole, every file as it was signed; null where it does not. */
  readonly whole: (slot: Slot) => string | null;
}

/**
 * The version to start next, with all that is to be remembered. Whatever is found, something is started: the version on
 * trial, else the one that held before, else the one that came with the system.
 */
export function choose(
  state: VersionState,
  found: Found,
): { readonly state: VersionState; readonly start: Place } {
  const next = unharmed(ontrial(judged(state, found), state, found), found);
  return { state: next, start: next.trial?.slot ?? next.current };
}

/** After a verdict on what is on trial. */
function judged(state: VersionState, { verdict }: Found): VersionState {
  const { trial } = state;
  if (!trial || verdict?.manifest !== trial.manifest) return state;
  const last = { manifest: trial.manifest, became: verdict.became };
  return {
    ...state,
    trial: null,
    last,
    current: verdict.became === 'confirmed' ? trial.slot : state.current,
  };
}

/** One more start of what is on trial, or the first of what lies ready. */
function ontrial(state: VersionState, before: VersionState, { go, whole }: Found): VersionState {
  const { trial, current } = state;
  if (trial && trial.starts >= MOST_STARTS) return rolledBack(state, 'crashed');
  if (trial) return { ...state, trial: { ...trial, starts: trial.starts + 1 } };
  // Whoever was judged just now is not tried again by the same word.
  if (!go || before.trial !== null) return state;
  const slot = current === 'a' ? 'b' : 'a';
  return whole(slot) === go.manifest ? { ...state, trial: { slot, ...go, starts: 1 } } : state;
}

/** Without what a disk has spoilt. */
function unharmed(state: VersionState, { whole }: Found): VersionState {
  const { trial } = state;
  const tried = trial && whole(trial.slot) !== trial.manifest ? rolledBack(state, 'damaged') : state;
  const { current, last } = tried;
  if (current === 'factory' || whole(current) !== null) return tried;
  return { ...tried, current: 'factory', last: last && { ...last, became: 'damaged' } };
}

function rolledBack(state: VersionState, became: Rollback): VersionState {
  return state.trial ? { ...state, trial: null, last: { manifest: state.trial.manifest, became } } : state;
}
