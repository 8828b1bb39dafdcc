import { createHmac } from 'node:crypto';
import type { z } from 'zod';
import type { RandomBytes } from '../../../shared/protocol/ids.ts';
import { Proposer, VoiceWords, Wording } from '../model/wording.ts';

const SALT_BYTES = 32;

/** A value with the salt without which nobody can tell what its hash stands for. */
export interface Salted {
  /** What stands in the ledger, in hexadecimal. */
  readonly hash: string;
  /** What stands beside it, 32 bytes. */
  readonly salt: Uint8Array;
}

/** What each hash is of, so that none is ever taken for one of the other kind. */
const KINDS = { words: Wording, proposer: Proposer, voice: VoiceWords } as const;
type Kind = keyof typeof KINDS;
type Of<K extends Kind> = z.output<(typeof KINDS)[K]>;

/**
 * The hash that the ledger has of a wording, a proposer, or what somebody says at a site: HMAC-SHA-256, keyed with the salt,
 * of one line that names the kind and one of JSON, its members in the order of the schema and its texts in NFC.
 */
export function saltedHash<K extends Kind>(kind: K, value: Of<K>, salt: Uint8Array): string {
  return hashOfRead(kind, KINDS[kind].parse(value), salt);
}

/** The same of what its schema has read: members that stand in its order. */
export function hashOfRead(kind: Kind, read: Of<Kind>, salt: Uint8Array): string {
  const text = JSON.stringify(read, (_, each) => (typeof each === 'string' ? each.normalize('NFC') : each));
  return createHmac('sha256', salt).update(`hallvote-${kind} 1\n${text}\n`).digest('hex');
}

/** A value under a new salt. */
export function salted<K extends Kind>(kind: K, value: Of<K>, random: RandomBytes): Salted {
  const salt = random(SALT_BYTES);
  return { hash: saltedHash(kind, value, salt), salt };
}
