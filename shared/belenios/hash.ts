import { toHex } from './hex.ts';
import { mod } from './scalar.ts';
import { sodium } from './sodium.ts';

/** Hashes of texts as Belenios writes them, the same in Node and in a browser. */

/** SHA-256 of a text as 64 lower-case hexadecimal digits. */
export const sha256Hex = (data: string | Uint8Array): string => toHex(sodium.sha256(data));

/** SHA-256 of a text in standard base64 without `=`: 43 characters, as Belenios writes hashes inside ballots. */
export const base64Hash = (text: string): string =>
  btoa(String.fromCharCode(...sodium.sha256(text))).replace(/=+$/, '');

/** The SHA-256 of a text as a big-endian number modulo q. */
export function hashToScalar(text: string): bigint {
  return mod(BigInt(`0x${sha256Hex(text)}`));
}
