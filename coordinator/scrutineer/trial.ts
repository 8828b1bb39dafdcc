import { encode, isSame, secretBasePower } from '../../shared/belenios/group.ts';
import { decryptionKey } from '../../shared/belenios/pedersen-trustee.ts';
import { wipe } from '../../shared/belenios/secret.ts';
import { readTrustees } from '../../shared/belenios/trustees.ts';
import type { SecrecyDocument } from '../contract/documents.ts';
import type { Self } from './desk.ts';

/** Whether the key on this device decrypts: had again from its seed, it is the one that shares are verified with. */
export function tryKey(document: SecrecyDocument, { owner, seed }: Self): boolean {
  const { secrecy, trustees, publicKey } = document;
  const read = trustees === null ? null : readTrustees(trustees);
  if (secrecy?.holder !== 'scrutineers' || !read || encode(read.publicKey) !== publicKey) return false;
  const given = (texts: readonly (string | null)[]) => texts.flatMap((text) => text ?? []);
  const place = { size: secrecy.scrutineers.length, threshold: secrecy.threshold, index: owner };
  const key = decryptionKey(seed, place, given(document.certificate), given(document.polynomial));
  if ('what' in key) return false;
  const verification = read.verificationKeys[owner - 1];
  const fits = verification !== undefined && isSame(verification, secretBasePower(key));
  wipe(key);
  return fits;
}
