import { z } from 'zod';
import { importPublicKey, verifyJws } from '../../../shared/protocol/ed25519-node.ts';
import { HashHex, Id, PublicKey } from '../../../shared/protocol/ids.ts';
import { parseJwsOfAnyLength, type Signer, signJws } from '../../../shared/protocol/jws.ts';
import { thumbprint } from '../../../shared/protocol/keys.ts';
import type { Value } from '../../../shared/protocol/value.ts';
import { REGISTER_LEDGER } from '../model/book.ts';
import type { Register } from '../model/state.ts';

/**
 * Where a register's feed ends, signed: two of these with one `seq` that differ prove that the register shows two histories.
 */
export const SignedHead = z.strictObject({
  typ: z.literal('feed-head'),
  v: z.literal(1),
  register: Id,
  key: PublicKey,
  seq: z.number().int().positive(),
  hash: HashHex,
  digest: HashHex,
});
export type SignedHead = Value<typeof SignedHead>;

/** `feed/head.jws` of a register; null before it has begun. The same head has the same bytes. */
export function signedHead(
  { begun, feed: { shown } }: Pick<Register, 'begun' | 'feed'>,
  signer: Signer,
): string | null {
  if (!begun) return null;
  const { register, key } = begun;
  const head: SignedHead = { typ: 'feed-head', v: 1, register, key, ...shown };
  return signJws(head, signer, REGISTER_LEDGER.typ);
}

/** What a `feed/head.jws` says, where it is signed with the very key it names; null where it is none. */
export function readHead(jws: string): SignedHead | null {
  const parsed = parseJwsOfAnyLength(jws, REGISTER_LEDGER.typ);
  const head = SignedHead.safeParse(parsed?.payload);
  if (!parsed || !head.success || parsed.kid !== thumbprint(head.data.key)) return null;
  const key = importPublicKey(head.data.key);
  return key && verifyJws(parsed, key) ? head.data : null;
}
