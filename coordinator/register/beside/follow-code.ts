import { sha256Hex } from '../../../shared/protocol/bytes.ts';
import type { RandomBytes } from '../../../shared/protocol/ids.ts';
import { ALPHABET, inGroups, makeCode, meantBy } from '../../staff/persons/typed-codes.ts';

/** Seventy-five bits: nobody finds one by trying, not even with the file of hashes in hand. */
const LENGTH = 15;

/** A code by which a proposal is followed, for its receipt: four groups of four, the last character checks the others. */
export function makeFollowCode(random: RandomBytes): string {
  const code = makeCode(LENGTH, random);
  return inGroups(code + checkOf(code));
}

/**
 * What is kept of the code that somebody typed; null where it cannot be one: a character is wrong or missing, or two
 * neighbours have changed places (but for two that lie sixteen apart in the alphabet). No salt: the codes are drawn by lot, and each is another.
 */
export function hashOfFollowCode(typed: string): string | null {
  const code = meantBy(typed.slice(0, MOST_TYPED));
  const body = code.slice(0, -1);
  return body.length === LENGTH && code.endsWith(checkOf(body))
    ? sha256Hex(`hallvote-follow 1\n${code}`)
    : null;
}

const MOST_TYPED = 100;

/** Weights that are odd: any one character that is another changes the sum modulo 32. */
function checkOf(code: string): string {
  const sum = [...code].reduce((all, letter, i) => all + (2 * i + 1) * ALPHABET.indexOf(letter), 0);
  return ALPHABET.charAt(((sum % ALPHABET.length) + ALPHABET.length) % ALPHABET.length);
}
