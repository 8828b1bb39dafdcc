import { readElection } from '../../../shared/belenios/ballot.ts';
import type { DecryptionDocument, SecrecyDocument } from '../../contract/documents.ts';
import { checkSum, type Self } from '../../scrutineer/desk.ts';
import type { MemoryStore } from '../../scrutineer/memory.ts';
import { type ShareProblem, shareOnce } from '../../scrutineer/share.ts';
import { api } from '../parts/api.ts';
import { browserRandom } from './scrutineer-store.ts';

/** Why a page makes no share; `download`: the sealed ballots could not be had. */
export type NoShare = ShareProblem | 'download';

/** Downloads all sealed ballots, adds them up again, and decrypts what is left to no doubt. */
export async function shareOf(
  decryption: NonNullable<DecryptionDocument>,
  secrecy: SecrecyDocument,
  sitting: string,
  self: Self,
  store: MemoryStore,
): Promise<{ readonly share: string } | NoShare> {
  const archive = await api.election(readElection(decryption.election)?.uuid ?? '');
  if (!archive) return 'download';
  const sum = checkSum(decryption, secrecy, archive);
  return typeof sum === 'string' ? sum : shareOnce(sum, secrecy, sitting, self, store, browserRandom);
}
