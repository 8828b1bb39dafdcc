import { cbc } from '@noble/ciphers/aes.js';
import { fromHex, sameBytes, sdmMac, toHex } from '../../shared/protocol/ntag424.ts';
import type { CardLink } from '../card-link.ts';
import {
  bytes,
  keyCrc,
  rotated,
  type SessionSecrets,
  sessionCipher,
  sessionKeys,
  sessionMac,
  unpadded,
} from './ev2.ts';

/** The card was lifted off the reader. */
export class CardGone extends Error {
  constructor() {
    super('the card has gone');
  }
}

const OK = fromHexOr('9100');
const ISO_OK = fromHexOr('9000');
const MORE = fromHexOr('91AF');
const WRONG_KEY = fromHexOr('91AE');
const INTEGRITY = fromHexOr('911E');
const DENIED = fromHexOr('919D');
const ISO_DENIED = fromHexOr('6982');
const UNKNOWN = fromHexOr('911C');
const ISO_NOT_FOUND = fromHexOr('6A82');

function fromHexOr(text: string): Uint8Array {
  return fromHex(text) ?? new Uint8Array();
}

const APPLICATION = 'D2760000850101';
const NDEF = 'E104';
const FREE = 0xe;
const low = (from: Uint8Array, at: number) =>
  (from[at] ?? 0) + (from[at + 1] ?? 0) * 0x100 + (from[at + 2] ?? 0) * 0x10000;

/**
 * An NTAG 424 DNA as it comes from the factory, the card's side of what `personalise.ts` and readers say: one
 * application, the NDEF file, five keys, EV2 sessions and the one-time message. `pullAfter` makes it go away.
 */
export class SimulatedNtag424 implements CardLink {
  readonly uid: string;
  readonly keys = Array.from({ length: 5 }, () => ({ key: new Uint8Array(16), version: 0 }));
  /** How often the card's message was read: the counter in it. */
  taps = 0;
  readonly #file = new Uint8Array(256);
  /** FileOption, access rights, then those of SDM: as GetFileSettings tells them. */
  #settings = Uint8Array.of(0x00, 0xe0, 0xee);
  readonly #random: () => Uint8Array;
  #left = Number.POSITIVE_INFINITY;
  #selected: 'nothing' | 'application' | 'file' = 'nothing';
  #isCounted = false;
  #started: { number: number; rndB: Uint8Array } | null = null;
  #session: { number: number; counter: number; secrets: SessionSecrets } | null = null;

  /** `random`: 16 random bytes a call. */
  constructor(uid: string, random: () => Uint8Array) {
    this.uid = uid;
    this.#random = random;
  }

  /** The card is pulled away after `commands` more commands: the last of them is carried out, its answer is lost. */
  pullAfter(commands: number): void {
    this.#left = commands;
  }

  /** The card is laid on the reader again. */
  layDown(): void {
    this.#left = Number.POSITIVE_INFINITY;
    this.#selected = 'nothing';
    this.#started = null;
    this.#session = null;
  }

  /** For a simulated reader: what answers from here on, as the card is activated anew. */
  readonly activate = (): ((apdu: Uint8Array) => Uint8Array) => {
    this.layDown();
    return (apdu) => this.#answer(apdu);
  };

  readonly transceive = async (apdu: Uint8Array): Promise<Uint8Array> => {
    if (this.#left <= 0) throw new CardGone();
    this.#left -= 1;
    const answer = this.#answer(apdu);
    if (this.#left <= 0) throw new CardGone();
    return answer;
  };

  #answer(apdu: Uint8Array): Uint8Array {
    const [cla, ins = 0, p1 = 0, p2 = 0, length = 0] = apdu;
    const data = apdu.subarray(5, 5 + length);
    if (cla === 0x00) return this.#iso(ins, p1 * 256 + p2, length, data);
    if (this.#selected === 'nothing') return DENIED;
    switch (ins) {
      case 0xf5:
        return bytes(0, this.#settings.subarray(0, 3), [0, 1, 0], this.#settings.subarray(3), OK);
      case 0x64:
        return bytes(this.keys[data[0] ?? 0]?.version ?? 0, OK);
      case 0x71:
        return this.#begin(data[0] ?? 0);
      case 0xaf:
        return this.#prove(data);
      case 0x5f:
      case 0xc4:
        return this.#secured(ins, data);
      default:
        return UNKNOWN;
    }
  }

  #iso(ins: number, p: number, length: number, data: Uint8Array): Uint8Array {
    if (ins === 0xa4) return this.#select(toHex(data));
    if (this.#selected !== 'file') return ISO_DENIED;
    if (ins === 0xb0) return bytes(this.#read().subarray(p, p + length), ISO_OK);
    const write = (this.#settings[2] ?? 0) & 0x0f;
    if (ins !== 0xd6 || write !== FREE) return ISO_DENIED;
    this.#file.set(data, p);
    return ISO_OK;
  }

  #select(name: string): Uint8Array {
    if (name !== APPLICATION && (name !== NDEF || this.#selected === 'nothing')) return ISO_NOT_FOUND;
    this.#selected = name === NDEF ? 'file' : 'application';
    this.#isCounted = false;
    if (name === APPLICATION) this.#session = null;
    return ISO_OK;
  }

  /** The file with the one-time message filled in; reading on in pieces is the same tap. */
  #read(): Uint8Array {
    const settings = this.#settings;
    if (((settings[0] ?? 0) & 0x40) === 0) return this.#file;
    if (!this.#isCounted) this.taps += 1;
    this.#isCounted = true;
    const uid = fromHexOr(this.uid);
    const key = this.keys[(settings[5] ?? 0) & 0x0f]?.key ?? new Uint8Array(16);
    const [uidAt, counterAt, inputAt, macAt] = [6, 9, 12, 15].map((at) => low(settings, at));
    const file = this.#file.slice();
    const put = (text: string, at = 0) => file.set(new TextEncoder().encode(text), at);
    put(this.uid, uidAt);
    put(this.taps.toString(16).padStart(6, '0').toUpperCase(), counterAt);
    put(toHex(sdmMac(key, uid, this.taps, file.slice(inputAt, macAt))), macAt);
    return file;
  }

  #begin(number: number): Uint8Array {
    const key = this.keys[number]?.key;
    if (!key) return UNKNOWN;
    this.#session = null;
    this.#started = { number, rndB: this.#random() };
    return bytes(cipher(key).encrypt(this.#started.rndB), MORE);
  }

  #prove(data: Uint8Array): Uint8Array {
    const { number, rndB } = this.#started ?? { number: 0, rndB: this.#random() };
    const isStarted = this.#started !== null;
    this.#started = null;
    const key = this.keys[number]?.key ?? new Uint8Array(16);
    const plain = data.length === 32 ? cipher(key).decrypt(data) : new Uint8Array(32);
    const rndA = plain.slice(0, 16);
    if (!isStarted || !sameBytes(plain.subarray(16), rotated(rndB))) return WRONG_KEY;
    const ti = this.#random().slice(0, 4);
    this.#session = { number, counter: 0, secrets: { ...sessionKeys(key, rndA, rndB), ti } };
    return bytes(cipher(key).encrypt(bytes(ti, rotated(rndA), new Uint8Array(12))), OK);
  }

  /** A command in CommMode.Full; anything wrong with it ends the session. */
  #secured(command: number, data: Uint8Array): Uint8Array {
    const session = this.#session;
    this.#session = null;
    if (session?.number !== 0) return WRONG_KEY;
    const { secrets, counter } = session;
    const body = data.subarray(0, -8);
    if (!sameBytes(sessionMac(secrets, command, counter, body), data.subarray(-8))) return INTEGRITY;
    const plain = unpadded(sessionCipher(secrets, 'command', counter).decrypt(body.subarray(1)));
    const target = body[0] ?? 0;
    if (!plain) return INTEGRITY;
    const refused = command === 0x5f ? this.#changeSettings(target, plain) : this.#changeKey(target, plain);
    if (refused) return refused;
    if (command === 0xc4 && target === 0) return OK;
    this.#session = { ...session, counter: counter + 1 };
    return bytes(sessionMac(secrets, 0, counter + 1, new Uint8Array()), OK);
  }

  #changeSettings(file: number, settings: Uint8Array): Uint8Array | null {
    if (file !== 2) return DENIED;
    this.#settings = settings.slice();
    return null;
  }

  #changeKey(number: number, data: Uint8Array): Uint8Array | null {
    const slot = this.keys[number];
    if (!slot || data.length !== (number === 0 ? 17 : 21)) return INTEGRITY;
    const key =
      number === 0 ? data.slice(0, 16) : data.slice(0, 16).map((byte, i) => byte ^ (slot.key[i] ?? 0));
    if (number !== 0 && !sameBytes(keyCrc(key), data.subarray(17))) return INTEGRITY;
    slot.key = key;
    slot.version = data[16] ?? 0;
    return null;
  }
}

const cipher = (key: Uint8Array) => cbc(key, new Uint8Array(16), { disablePadding: true });
