import type { RandomBytes } from '../../shared/protocol/ids.ts';
import type { SecrecyDocument } from '../contract/documents.ts';
import { type CheckedSum, makeShare, type Self, type SumProblem } from './desk.ts';
import { boundDuty } from './duty.ts';
import { holdsSum, type MemoryProblem, type MemoryStore, withSum } from './memory.ts';

/** Why a device makes no share. */
export type ShareProblem =
  | SumProblem
  /** This device has decrypted another sum of the same vote. */
  | 'second-sum'
  /** The key is not the one that was agreed to here. */
  | 'other-key'
  | MemoryProblem;

/**
 * This scrutineer's share of the decryption of a checked sum: only with the key that was agreed to, and of one vote one sum
 * only. The sum is remembered before the share exists, so that whatever happens then, no other of this vote is decrypted.
 */
export function shareOnce(
  sum: CheckedSum,
  document: SecrecyDocument,
  sitting: string,
  self: Self,
  store: MemoryStore,
  random: RandomBytes,
): { readonly share: string } | ShareProblem {
  let isBound = false;
  const memory = store.update((before) => {
    const { duty, learns } = boundDuty(document, sitting, self, before, random);
    isBound = duty.is === 'made' && learns === null;
    return isBound ? withSum(before, sum) : before;
  });
  if (typeof memory === 'string') return memory;
  if (!isBound) return 'other-key';
  if (!holdsSum(memory, sum)) return 'second-sum';
  const share = makeShare(sum, document, self, random);
  return share === null ? 'key' : { share };
}
