import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { importPublicKey, verifyJws } from '../../../shared/protocol/ed25519-node.ts';
import { HashHex, Id, Millis, PublicKey } from '../../../shared/protocol/ids.ts';
import { parseJwsOfAnyLength, payloadText } from '../../../shared/protocol/jws.ts';
import { thumbprint } from '../../../shared/protocol/keys.ts';
import { GENESIS, type LedgerRow, ledgerHash } from '../../../shared/protocol/ledger-hash.ts';
import type { Value } from '../../../shared/protocol/value.ts';
import type { EntryOf } from '../../chronicle/chronicle.ts';
import { REGISTER_LEDGER } from '../model/book.ts';
import { RegisterEntry } from '../model/entries.ts';
import { feedDigest } from '../model/feed-state.ts';
import { type FeedFault, type FeedProblem, feedFault } from './faults.ts';
import { isPublic, readFeedLine } from './lines.ts';

/** How far a feed was read: whose it is, and the last public entry. Whoever keeps it can read on, and sees a fork. */
export const FeedPosition = z.strictObject({
  register: Id,
  key: PublicKey,
  seq: z.number().int().positive(),
  hash: HashHex,
  digest: HashHex,
  time: Millis,
});
export type FeedPosition = Value<typeof FeedPosition>;

/** What a line gave: a public entry, null for one that is redacted or was read before; or what is wrong. */
export type Taken =
  | { readonly ok: true; readonly entry: EntryOf<RegisterEntry> | null }
  | { readonly ok: false; readonly fault: FeedFault };

export interface ReadOptions {
  /** Where reading goes on; null: from the first entry. Lines up to there may come again: the last one is compared. */
  readonly from?: FeedPosition | null;
  /** The register's public key, as it is known from elsewhere. */
  readonly key?: string;
}

/**
 * Reads a feed line by line and believes none: number, chain, hash, signature, place and digest of every entry. A redacted
 * line is believed when the next public one, which was signed with the digest of all before it, says so. Nothing behind
 * something wrong is read.
 */
export class FeedReader {
  readonly #from: FeedPosition | null;
  readonly #expected: string | undefined;
  #key: { readonly x: string; readonly kid: string; readonly key: KeyObject } | null = null;
  #register: string | null = null;
  #seq: number;
  #hash: string;
  #digest: string;
  #time: number;
  #signed: FeedPosition | null;
  #fault: FeedFault | null = null;

  constructor({ from = null, key }: ReadOptions = {}) {
    this.#from = from;
    this.#expected = key;
    this.#signed = from;
    this.#seq = from?.seq ?? 0;
    this.#hash = from?.hash ?? GENESIS;
    this.#digest = from?.digest ?? GENESIS;
    this.#time = from?.time ?? 0;
    if (!from) return;
    this.#register = from.register;
    this.#setKey(from.key);
  }

  /** The last public entry that was read, or where reading began; null before the first. */
  get position(): FeedPosition | null {
    return this.#signed;
  }

  /** Takes the next line, without its end. After something wrong it says the same of every line. */
  take(line: string): Taken {
    if (this.#fault) return { ok: false, fault: this.#fault };
    const taken = this.#take(line);
    if (!taken.ok) this.#fault = taken.fault;
    return taken;
  }

  /** What is wrong where the feed ends here; null: nothing. Every feed ends with a public entry. */
  end(): FeedFault | null {
    if (this.#fault) return this.#fault;
    if (!this.#signed) return feedFault('empty', 1);
    return this.#seq === this.#signed.seq ? null : feedFault('unfinished', this.#seq);
  }

  #take(text: string): Taken {
    const next = this.#seq + 1;
    const line = readFeedLine(text);
    if (!line) return no('unreadable', next);
    const { seq, hash } = line.is === 'public' ? line.row : line;
    const from = this.#from;
    // Pieces are read whole: what was read before comes once more.
    if (from && seq <= from.seq && this.#seq === from.seq) {
      if (seq < from.seq || hash === from.hash) return SEEN;
      // Signed, it is the register's second history; else somebody has changed the line on its way.
      const says = line.is === 'public' ? this.#signedBy(line.row) : 'unreadable';
      return no(typeof says === 'string' ? says : 'forked', seq);
    }
    if (seq !== next) return no(this.#seq === 0 ? 'not-begun' : 'sequence', seq);
    if (line.is === 'redacted') {
      if (seq === 1) return no('not-begun', 1);
      this.#advance(seq, hash, 'redacted');
      return SEEN;
    }
    return this.#entry(line.row);
  }

  #entry(row: LedgerRow): Taken {
    const { seq, hash, time } = row;
    const says = this.#signedBy(row);
    if (typeof says === 'string') return no(says, seq);
    const key = this.#key;
    if (!key) return no('signature', seq);
    // Right behind what was seen before, nobody else can have left out or changed anything.
    const isRightBehind = this.#from !== null && seq === this.#from.seq + 1;
    if (row.prev !== this.#hash) return no(isRightBehind ? 'forked' : 'chain', seq);
    if (says.feed !== this.#digest) return no(isRightBehind ? 'forked' : 'withheld', seq);
    if (time < this.#time) return no('time', seq);
    this.#time = time;
    this.#advance(seq, hash, 'public');
    this.#signed = { register: says.register, key: key.x, seq, hash, digest: this.#digest, time };
    return { ok: true, entry: { row, says } };
  }

  /** What the register has signed for this place, or what is wrong with the row in itself. */
  #signedBy(row: LedgerRow): RegisterEntry | FeedProblem {
    const { seq, prev, type, hash } = row;
    if (!isPublic(type)) return 'not-public';
    if (hash !== ledgerHash(row)) return 'hash';
    const jws = parseJwsOfAnyLength(row.body, REGISTER_LEDGER.typ);
    const read = RegisterEntry.safeParse(jws?.payload);
    if (!jws || !read.success) return 'body-unreadable';
    const says = read.data;
    if (says.typ !== type) return 'another-type';
    if ((says.typ === 'begun') !== (seq === 1)) return 'not-begun';
    if (says.typ === 'begun' && !this.#begin(says)) return 'another-key';
    if (jws.kid !== this.#key?.kid) return 'another-key';
    if (!verifyJws(jws, this.#key.key)) return 'signature';
    if (jws.signingInput.split('.')[1] !== Buffer.from(payloadText(says)).toString('base64url'))
      return 'not-canonical';
    if (says.register !== this.#register) return 'another-register';
    return says.seq === seq && says.prev === prev ? says : 'another-place';
  }

  /** Takes the register's name and key from its first entry; false where it is not the key that was expected. */
  #begin({ register, key }: Extract<RegisterEntry, { typ: 'begun' }>): boolean {
    if (this.#expected !== undefined && key !== this.#expected) return false;
    if (this.#from) return key === this.#from.key;
    this.#register = register;
    this.#setKey(key);
    return true;
  }

  #advance(seq: number, hash: string, visibility: 'public' | 'redacted'): void {
    this.#seq = seq;
    this.#hash = hash;
    this.#digest = feedDigest(this.#digest, visibility, hash);
  }

  #setKey(x: string): void {
    const key = importPublicKey(x);
    this.#key = key && { x, kid: thumbprint(x), key };
  }
}

const SEEN: Taken = { ok: true, entry: null };
const no = (problem: FeedProblem, seq: number): Taken => ({ ok: false, fault: feedFault(problem, seq) });
