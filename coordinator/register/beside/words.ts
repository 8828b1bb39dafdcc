import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { RandomBytes } from '../../../shared/protocol/ids.ts';
import { words } from '../../../shared/protocol/ids.ts';
import type { Value } from '../../../shared/protocol/value.ts';

/** Where something is asked for: by its name, or as a point of the plan, in thousandths of its width and height. */
export const Place = z.union([
  z.strictObject({ name: words(1, 200) }),
  z.strictObject({
    x: z.number().int().min(0).max(1000),
    y: z.number().int().min(0).max(1000),
  }),
]);
export type Place = Value<typeof Place>;

/** A proposal as it was sent. */
export const Wording = z.strictObject({
  title: words(1, 200),
  text: words(1, 4000),
  place: Place.nullable(),
});
export type Wording = Value<typeof Wording>;

/** Who sent it, as far as they said. */
export const Proposer = z
  .strictObject({
    name: words(1, 60).nullable(),
    telephone: words(1, 40).nullable(),
    address: words(1, 200).nullable(),
  })
  .refine((one) => Object.values(one).some((said) => said !== null), 'says nothing');
export type Proposer = Value<typeof Proposer>;

const SALT_BYTES = 32;

/** A value with the salt without which nobody can tell what its hash stands for. */
export interface Salted {
  /** What stands in the ledger, in hexadecimal. */
  readonly hash: string;
  /** What stands beside it, 32 bytes. */
  readonly salt: Uint8Array;
}

/** What each hash is of, so that none is ever taken for one of the other kind. */
const KINDS = { words: Wording, proposer: Proposer } as const;
type Kind = keyof typeof KINDS;

/**
 * The hash that the ledger has of a wording or a proposer: HMAC-SHA-256, keyed with the salt, of one line that names the
 * kind and one of JSON, its members in the order of the schema and its texts in NFC.
 */
export function saltedHash<K extends Kind>(
  kind: K,
  value: K extends 'words' ? Wording : Proposer,
  salt: Uint8Array,
): string {
  const text = JSON.stringify(KINDS[kind].parse(value), (_, each) =>
    typeof each === 'string' ? each.normalize('NFC') : each,
  );
  return createHmac('sha256', salt).update(`hallvote-${kind} 1\n${text}\n`).digest('hex');
}

/** A wording or a proposer under a new salt. */
export function salted<K extends Kind>(
  kind: K,
  value: K extends 'words' ? Wording : Proposer,
  random: RandomBytes,
): Salted {
  const salt = random(SALT_BYTES);
  return { hash: saltedHash(kind, value, salt), salt };
}
