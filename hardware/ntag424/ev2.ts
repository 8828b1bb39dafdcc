import { cbc, cmac, ecb } from '@noble/ciphers/aes.js';
import { sameBytes, shortMac, toHex } from '../../shared/protocol/ntag424.ts';
import type { Transceive } from '../readers/tap-message.ts';

/**
 * AuthenticateEV2First and secure messaging of an NTAG 424 DNA (NXP AN12196 §5, data sheet NT4H2421Gx §9.1), the
 * reader's side, with AES. Numbers go low byte first, as the card wants them.
 */

/** The card refused a command, or its answer is not its own. `status`: its two status bytes in hexadecimal. */
export class CardRefusal extends Error {
  readonly status: string | null;
  constructor(what: string, status: string | null = null) {
    super(status === null ? what : `${what} (${status})`);
    this.status = status;
  }
}

const OK = '9100';
const MORE = '91AF';
const BLOCK = 16;
const PLAIN = { disablePadding: true };
const NOTHING = new Uint8Array();

export const bytes = (...parts: readonly (number | readonly number[] | Uint8Array)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...part])));

/** `n` in two bytes, low one first. */
export const low2 = (n: number): number[] => [n & 0xff, (n >> 8) & 0xff];
/** `n` in three bytes, low one first. */
export const low3 = (n: number): number[] => [...low2(n), (n >> 16) & 0xff];

/** Rotated to the left by a byte. */
export const rotated = (of: Uint8Array): Uint8Array => bytes(of.subarray(1), of.subarray(0, 1));

/** Padding method 2 of ISO/IEC 9797-1: 80, then zeros to a whole block. */
export function padded(data: Uint8Array): Uint8Array {
  const out = new Uint8Array(Math.ceil((data.length + 1) / BLOCK) * BLOCK);
  out.set(data);
  out[data.length] = 0x80;
  return out;
}

/** Without the padding of {@link padded}; null where there is none. */
export function unpadded(data: Uint8Array): Uint8Array | null {
  const end = data.findLastIndex((byte) => byte !== 0);
  return data[end] === 0x80 ? data.subarray(0, end) : null;
}

/** A command in the card's own format, wrapped as ISO/IEC 7816-4 APDU. */
export const wrapped = (command: number, data: Uint8Array = NOTHING): Uint8Array =>
  data.length === 0 ? bytes(0x90, command, 0, 0, 0) : bytes(0x90, command, 0, 0, data.length, data, 0);

/** An answer's data and its status in hexadecimal. */
export function parted(answer: Uint8Array): { data: Uint8Array; status: string } {
  return { data: answer.subarray(0, -2), status: toHex(answer.subarray(-2)) };
}

/** Keys of one authenticated session (AN12196 §5.6, steps 25–28). */
export function sessionKeys(key: Uint8Array, rndA: Uint8Array, rndB: Uint8Array) {
  const mixed = rndA.subarray(2, 8).map((byte, i) => byte ^ (rndB[i] ?? 0));
  const vector = (label: readonly number[]) =>
    bytes(label, [0, 1, 0, 0x80], rndA.subarray(0, 2), mixed, rndB.subarray(6), rndA.subarray(8));
  return { enc: cmac(vector([0xa5, 0x5a]), key), mac: cmac(vector([0x5a, 0xa5]), key) };
}

/** What both sides of an authenticated session know. */
export interface SessionSecrets {
  readonly enc: Uint8Array;
  readonly mac: Uint8Array;
  /** The card's transaction identifier: 4 bytes. */
  readonly ti: Uint8Array;
}

const vector = ({ enc, ti }: SessionSecrets, label: readonly number[], counter: number): Uint8Array =>
  ecb(enc, PLAIN).encrypt(bytes(label, ti, low2(counter), new Uint8Array(8)));

/** CommMode.Full of data that goes to the card (`command`) or comes from it (`answer`). */
export function sessionCipher(secrets: SessionSecrets, way: 'command' | 'answer', counter: number) {
  return cbc(secrets.enc, vector(secrets, way === 'command' ? [0xa5, 0x5a] : [0x5a, 0xa5], counter), PLAIN);
}

/** MAC of a command, or of an answer with its status byte in the command's place. */
export const sessionMac = (
  { mac, ti }: SessionSecrets,
  code: number,
  counter: number,
  data: Uint8Array,
): Uint8Array => shortMac(mac, bytes(code, low2(counter), ti, data));

/** CRC32NK of a new key (data sheet §10.6.1): IEEE 802.3 without the last inversion, low byte first. */
export function keyCrc(key: Uint8Array): Uint8Array {
  let crc = ~0;
  for (const byte of key) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return bytes(low3(crc), crc >>> 24);
}

/** A session in which the card knows us, and we it. Any refusal ends it. */
export class Session {
  readonly #transceive: Transceive;
  readonly #secrets: SessionSecrets;
  #counter = 0;

  constructor(transceive: Transceive, secrets: SessionSecrets, counter = 0) {
    this.#transceive = transceive;
    this.#secrets = secrets;
    this.#counter = counter;
  }

  /** A command in CommMode.Full: `data` is encrypted, `header` is not; both are under the MAC. @throws {CardRefusal} */
  async full(command: number, header: Uint8Array, data: Uint8Array): Promise<Uint8Array> {
    const answer = await this.#send(command, header, data);
    if (answer.length < 8) throw new CardRefusal('the card’s answer has no MAC');
    const body = answer.subarray(0, -8);
    const expected = sessionMac(this.#secrets, 0, this.#counter, body);
    if (!sameBytes(expected, answer.subarray(-8))) throw new CardRefusal('the answer is not this card’s');
    if (body.length === 0) return body;
    const plain = unpadded(sessionCipher(this.#secrets, 'answer', this.#counter).decrypt(body));
    if (!plain) throw new CardRefusal('the card’s answer cannot be read');
    return plain;
  }

  /** ChangeKey of a key other than the session's own, whose present value must be known. @throws {CardRefusal} */
  async changeKey(number: number, key: Uint8Array, old: Uint8Array, version: number): Promise<void> {
    const difference = key.map((byte, i) => byte ^ (old[i] ?? 0));
    await this.full(0xc4, bytes(number), bytes(difference, version, keyCrc(key)));
  }

  /** ChangeKey of the session's own key: ends the session, and the answer has no MAC. @throws {CardRefusal} */
  async changeOwnKey(number: number, key: Uint8Array, version: number): Promise<void> {
    await this.#send(0xc4, bytes(number), bytes(key, version));
  }

  async #send(command: number, header: Uint8Array, data: Uint8Array): Promise<Uint8Array> {
    const body = bytes(header, sessionCipher(this.#secrets, 'command', this.#counter).encrypt(padded(data)));
    const mac = sessionMac(this.#secrets, command, this.#counter, body);
    const answer = parted(await this.#transceive(wrapped(command, bytes(body, mac))));
    if (answer.status !== OK)
      throw new CardRefusal(`the card refuses ${toHex(bytes(command))}`, answer.status);
    this.#counter += 1;
    return answer.data;
  }
}

/**
 * AuthenticateEV2First with key `number` of the selected application. `rndA`: 16 random bytes.
 * @throws {CardRefusal} where the key is another (`status` 91AE), or the card does not know it.
 */
export async function authenticate(
  transceive: Transceive,
  number: number,
  key: Uint8Array,
  rndA: Uint8Array,
): Promise<Session> {
  const first = parted(await transceive(wrapped(0x71, bytes(number, 0))));
  if (first.status !== MORE || first.data.length !== BLOCK)
    throw new CardRefusal('the card does not authenticate', first.status);
  const cipher = () => cbc(key, new Uint8Array(BLOCK), PLAIN);
  const rndB = cipher().decrypt(first.data);
  const second = parted(await transceive(wrapped(0xaf, cipher().encrypt(bytes(rndA, rotated(rndB))))));
  if (second.status !== OK) throw new CardRefusal('the card has another key', second.status);
  const plain = second.data.length === 2 * BLOCK ? cipher().decrypt(second.data) : NOTHING;
  if (!sameBytes(plain.subarray(4, 20), rotated(rndA)))
    throw new CardRefusal('the card does not know its key');
  return new Session(transceive, { ...sessionKeys(key, rndA, rndB), ti: plain.slice(0, 4) });
}
