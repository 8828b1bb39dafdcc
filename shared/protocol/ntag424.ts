import { cmac } from '@noble/ciphers/aes.js';
import { readProof } from './card-proof.ts';

/**
 * The one-time message of an NTAG 424 DNA card (NXP AN12196, Secure Dynamic Messaging) and the card's own keys (NXP
 * AN10922); what the message says is read in `card-proof.ts`. At every reading the card fills its UID, a counter that only rises, and a MAC over both into the URL
 * of its NDEF file:
 *
 *     https://<anything>?u=<UID, 14 hex>&n=<counter, 6 hex>&m=<MAC, 16 hex>
 *
 * UID and counter are mirrored in plain. SDMMACInputOffset equals SDMMACOffset, so the MAC's input is empty: it
 * binds UID and counter through its session key, and nothing else in the URL matters.
 */

/** Cards have five keys; the MAC of the one-time message is made with this one. */
export const KEY_NUMBERS = [0, 1, 2, 3, 4] as const;
export const SDM_KEY = 1;

const NOTHING = new Uint8Array();
/** AN12196 §3.3: SV2 = 3C C3 00 01 00 80 ‖ UID ‖ counter, low byte first. */
const SV2 = [0x3c, 0xc3, 0x00, 0x01, 0x00, 0x80];
/** AN10922 §2.2: the constant before the input of an AES-128 key. */
const DIVERSIFY = 0x01;
/** AN10922's system identifier: other systems with the same master key get other keys. */
const SYSTEM = new TextEncoder().encode('hallvote');

const concat = (...parts: readonly (readonly number[] | Uint8Array)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]));

/** Upper-case hexadecimal. */
export const toHex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join('');

/** The bytes of hexadecimal text; null where it is none. */
export function fromHex(text: string): Uint8Array | null {
  if (!/^([0-9A-Fa-f]{2})*$/.test(text)) return null;
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** Whether `a` and `b` are equal, in a time that does not tell where they differ. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i += 1) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return difference === 0;
}

/** AES-CMAC cut to 8 bytes, as the card does: every second byte (AN12196 §2.4, MACt). */
export function shortMac(key: Uint8Array, message: Uint8Array): Uint8Array {
  return cmac(message, key).filter((_, i) => i % 2 === 1);
}

/** KSesSDMFileReadMAC: the key of one tap's MAC (AN12196 §3.3). `uid`: 7 bytes. */
export function sdmSessionMacKey(key: Uint8Array, uid: Uint8Array, counter: number): Uint8Array {
  const low = [counter & 0xff, (counter >> 8) & 0xff, (counter >> 16) & 0xff];
  return cmac(concat(SV2, uid, low), key);
}

/** SDMMAC over `input` (AN12196 §3.4.4); 8 bytes. */
export function sdmMac(key: Uint8Array, uid: Uint8Array, counter: number, input = NOTHING): Uint8Array {
  return shortMac(sdmSessionMacKey(key, uid, counter), input);
}

/**
 * A key of 16 bytes made from a master key (AN10922 §2.2). `input`: 16 to 31 bytes, for which AN10922's own padding
 * is that of CMAC.
 */
export function diversify(master: Uint8Array, input: Uint8Array): Uint8Array {
  if (input.length < 16 || input.length > 31) throw new RangeError('AN10922: 16 to 31 bytes of input');
  return cmac(concat([DIVERSIFY], input), master);
}

/** The key `number` of the card with this UID (7 bytes): diversified by UID ‖ number ‖ "hallvote". */
export function cardKey(master: Uint8Array, uid: Uint8Array, number: number): Uint8Array {
  if (uid.length !== 7) throw new RangeError('an NTAG 424 DNA has a UID of 7 bytes');
  return diversify(master, concat(uid, [number], SYSTEM));
}

/** The one-time message a card writes at a reading; `base` is its URL up to the question mark. */
export function writeProof(base: string, key: Uint8Array, uid: Uint8Array, counter: number): string {
  const n = counter.toString(16).padStart(6, '0').toUpperCase();
  return `${base}?u=${toHex(uid)}&n=${n}&m=${toHex(sdmMac(key, uid, counter))}`;
}

export type ProofCheck =
  | { readonly ok: true; readonly uid: string; readonly counter: number }
  | { readonly ok: false; readonly reason: 'unreadable' | 'wrong-mac' };

/** Whether a one-time message was made by the card it names. Whether it came before is for the caller to know. */
export function checkProof(text: string, master: Uint8Array): ProofCheck {
  const proof = readProof(text);
  const uid = proof && fromHex(proof.uid);
  if (!proof || !uid) return { ok: false, reason: 'unreadable' };
  const expected = sdmMac(cardKey(master, uid, SDM_KEY), uid, proof.counter);
  if (!sameBytes(expected, proof.mac)) return { ok: false, reason: 'wrong-mac' };
  return { ok: true, uid: proof.uid, counter: proof.counter };
}
