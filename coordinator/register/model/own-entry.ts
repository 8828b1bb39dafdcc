import type { Step } from './decided.ts';
import { type Draft, RegisterEntry } from './entries.ts';
import { REGISTER_VERSION } from './entry-shape.ts';
import type { By, RegisterActor } from './person.ts';
import type { Register } from './state.ts';

/** A step with by whom it is. */
export interface SignedStep {
  readonly step: Step;
  readonly by: By;
  readonly with?: RegisterActor;
}

/**
 * A step as the entry that stands right behind the head of this register, and nowhere else, with its members in the order
 * of its schema: `payloadText` of it is what is signed and what verifiers compare.
 */
export function ownEntry(
  { head, begun, feed }: Pick<Register, 'head' | 'begun' | 'feed'>,
  signed: SignedStep,
): RegisterEntry {
  const { step, ...who } = signed;
  const draft: Draft =
    step === 'checkpoint' ? { typ: 'checkpoint', at: head.seq, hash: head.hash, time: head.time } : step;
  const place = { v: REGISTER_VERSION, seq: head.seq + 1, prev: head.hash, feed: feed.digest };
  return RegisterEntry.parse({ register: begun?.register, ...draft, ...place, ...who });
}
