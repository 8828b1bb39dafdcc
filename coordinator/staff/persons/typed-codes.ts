import { timingSafeEqual } from 'node:crypto';
import { sha256Hex } from '../../../shared/protocol/bytes.ts';
import type { RandomBytes } from '../../../shared/protocol/ids.ts';

/** Letters and digits that nobody takes for another, 32 of them (Crockford's): five bits each. */
export const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** What is read for another all the same. */
const MISREAD: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' };

/** A code of so many characters, for people to read and type. */
export function makeCode(length: number, random: RandomBytes): string {
  return [...random(length)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
}

/** A code as it is printed, in groups of four. */
export function inGroups(code: string): string {
  return code.replace(/.{4}(?=.)/g, '$&-');
}

/** What was meant by a code as somebody typed it: any case, spaces and dashes, O for 0, I and L for 1, full width. */
export function meantBy(typed: string): string {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/[OIL]/g, (letter) => MISREAD[letter] ?? letter);
}

/** Eighty bits: nobody finds one by trying, not even with the file of hashes in hand. */
const RECOVERY_LENGTH = 16;
const RECOVERY_CODES = 10;

export interface RecoveryCodes {
  /** To be shown once and written down. */
  readonly codes: readonly string[];
  /** To be kept. */
  readonly hashes: readonly string[];
}

/** Ten codes, each good once in place of the authenticator’s. */
export function makeRecoveryCodes(random: RandomBytes): RecoveryCodes {
  const codes = Array.from({ length: RECOVERY_CODES }, () => makeCode(RECOVERY_LENGTH, random));
  return { codes: codes.map(inGroups), hashes: codes.map((code) => sha256Hex(code)) };
}

/** The hashes left after the code that was typed; null where it is none of them. All are looked at, whichever it is. */
export function withoutRecoveryCode(hashes: readonly string[], typed: string): readonly string[] | null {
  const hash = Buffer.from(sha256Hex(meantBy(typed)));
  const left = hashes.filter((each) => !timingSafeEqual(Buffer.from(each), hash));
  return left.length === hashes.length ? null : left;
}
