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
function hashOfRead(kind: Kind, read: Of<Kind>, salt: Uint8Array): string {
  const text = JSON.stringify(read, (_, each) => (typeof each === 'string' ? each.normalize('NFC') : each));
  return hashOfText(kind, text, salt);
}

const hashOfText = (kind: Kind, text: string, salt: Uint8Array): string =>
  createHmac('sha256', salt).update(`hallvote-${kind} 1\n${text}\n`).digest('hex');

/** Whether a value that is kept as JSON is the one with that hash. Most is kept just as it was hashed, and need not be read. */
export function isOfHash(kind: Kind, json: string, salt: Uint8Array, hash: string): boolean {
  if (hashOfText(kind, json.normalize('NFC'), salt) === hash) return true;
  const read = KINDS[kind].safeParse(parsed(json));
  return read.success && hashOfRead(kind, read.data, salt) === hash;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** A value under a new salt. */
export function salted<K extends Kind>(kind: K, value: Of<K>, random: RandomBytes): Salted {
  const salt = random(SALT_BYTES);
  return { hash: saltedHash(kind, value, salt), salt };
}
