import type { Step } from './decided.ts';
import { type Draft, OWN_VERSION, OwnEntry } from './entries.ts';
import type { Sitting } from './state.ts';

/**
 * A step as the entry that stands right behind the head of this sitting, and nowhere else: with its members in the
 * order of its schema: `payloadText` of it is what is signed and what verifiers compare.
 */
export function ownEntry({ head, begun }: Pick<Sitting, 'head' | 'begun'>, step: Step): OwnEntry {
  const draft: Draft =
    step === 'checkpoint'
      ? { typ: 'checkpoint', by: { role: 'hall' }, at: head.seq, hash: head.hash, time: head.time }
      : step;
  const place = { v: OWN_VERSION, seq: head.seq + 1, prev: head.hash };
  return OwnEntry.parse({ sitting: begun?.sitting, ...draft, ...place });
}
