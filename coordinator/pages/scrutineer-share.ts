import { z } from 'zod';
import { checkSum, makeShare, type Self, type SumProblem } from '../scrutineer/desk.ts';
import type { DecryptionDocument, SecrecyDocument } from '../views/documents.ts';
import { api } from './api.ts';
import { browserRandom, type Kept } from './scrutineer-store.ts';

/** A share of the decryption, made only of the sum of all ballots; else why there is none. */
export type Share =
  | { readonly is: 'share'; readonly uuid: string; readonly tally: string; readonly share: string }
  | { readonly is: 'problem'; readonly problem: SumProblem };

const Named = z.object({ uuid: z.string() });

/** Downloads all sealed ballots, adds them up again, and decrypts what is left to no doubt. */
export async function shareOf(
  decryption: NonNullable<DecryptionDocument>,
  secrecy: SecrecyDocument,
  self: Self,
  { decrypted }: Kept,
): Promise<Share> {
  const { uuid } = Named.parse(JSON.parse(decryption.election));
  const archive = await api.election(uuid);
  if (!archive) return { is: 'problem', problem: 'archive' };
  const sum = checkSum(decryption, secrecy, archive, decrypted[uuid] ?? null);
  if (typeof sum === 'string') return { is: 'problem', problem: sum };
  const share = makeShare(sum, secrecy, self, browserRandom);
  return share ? { is: 'share', uuid, tally: sum.tally, share } : { is: 'problem', problem: 'key' };
}
