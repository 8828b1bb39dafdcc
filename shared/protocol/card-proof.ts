import { fromHex } from '../belenios/hex.ts';

/** What a card's one-time message says (`ntag424.ts`), read without a cipher: whoever holds no card's key can do no more. */

const PROOF = /^https:\/\/[^\s?#]+\?u=([0-9A-F]{14})&n=([0-9A-F]{6})&m=([0-9A-F]{16})$/;

/** The highest counter a card can reach (24 bits). */
export const MOST_TAPS = 0xffffff;

/** What a one-time message says, not yet believed. */
export interface CardProof {
  /** 14 upper-case hexadecimal digits. */
  readonly uid: string;
  readonly counter: number;
  readonly mac: Uint8Array;
}

/** Takes a one-time message apart; null for any other text. */
export function readProof(text: string): CardProof | null {
  const [, uid, counter, mac] = PROOF.exec(text) ?? [];
  const bytes = mac === undefined ? null : fromHex(mac);
  if (uid === undefined || counter === undefined || bytes === null) return null;
  return { uid, counter: Number.parseInt(counter, 16), mac: bytes };
}
