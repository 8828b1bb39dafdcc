import { backoffMs, type Random } from '../../shared/backoff.ts';
import { sha256Base64url } from '../../shared/protocol/bytes.ts';
import { type Signer, signJws } from '../../shared/protocol/jws.ts';
import type { Audit, Ballot, CheckIn, Credential } from '../../shared/protocol/messages.ts';
import type { DiskFault } from '../../shared/protocol/seat-faults.ts';
import type { Clock } from '../machine/clock.ts';
import type { Outbox } from './outbox.ts';

export interface CourierParts {
  readonly outbox: Outbox;
  readonly signer: Signer;
  /** Hands a signed message to the link. */
  readonly transmit: (jws: string) => void;
  readonly clock: Clock;
  readonly random: Random;
}

/** What an answer says it answers; `for` is null where the message could not be read. */
export interface Answered {
  readonly for: string | null;
  readonly digest: string;
}

interface OnItsWay {
  readonly id: string;
  readonly jws: string;
  readonly digest: string;
  attempt: number;
  cancel: () => void;
}

const RESEND = { firstMs: 2_000, mostMs: 30_000 };

/**
 * Brings ballots, check-ins and what belongs to them to the coordinator: signed once, kept, and sent again until the receipt or the
 * refusal arrives; a PUBACK is not enough. Ballots go through the outbox first.
 */
export class Courier {
  #parts: CourierParts;
  #onTheWay = new Map<string, OnItsWay>();
  /** The last message of its kind that is worth an answer: a later one takes its place. */
  #last = new Map<'check-in' | 'credential', string>();
  /** What is on its way without being in the outbox. */
  #aside = new Set<string>();
  #up = false;

  constructor(parts: CourierParts) {
    this.#parts = parts;
    for (const { ballot, jws } of parts.outbox.all()) this.#enter(ballot.id, jws);
  }

  /** Messages without an answer. */
  get waiting(): number {
    return this.#onTheWay.size;
  }

  /** Signs and sends `message`. A ballot is in the outbox when this gives null; it is not sent where this gives a fault. */
  send(message: Ballot | CheckIn | Credential | Audit): DiskFault | null {
    const jws = signJws(message, this.#parts.signer);
    if (message.typ === 'ballot') {
      const fault = this.#parts.outbox.put({ ballot: message, jws });
      if (fault !== null) return fault;
      this.#enter(message.id, jws);
      this.#dropSuperseded();
    } else {
      // Whoever taps another card no longer means the first.
      if (message.typ !== 'audit') {
        const before = this.#last.get(message.typ);
        if (before !== undefined) this.#drop(before);
        this.#last.set(message.typ, message.id);
      }
      this.#enter(message.id, jws);
      this.#aside.add(message.id);
    }
    const entry = this.#onTheWay.get(message.id);
    if (entry && this.#up) this.#transmit(entry);
    return null;
  }

  /** The id of the message that `answer` settles, which is then forgotten; null where it settles none. */
  settle(answer: Answered): string | null {
    for (const { id, digest } of this.#onTheWay.values()) {
      if (digest !== answer.digest || (answer.for !== null && answer.for !== id)) continue;
      this.#drop(id);
      this.#parts.outbox.remove(id);
      return id;
    }
    return null;
  }

  /** The message that `answer` is about is not to come now: it is kept, and sent again when {@link again} says so. */
  wait({ digest }: Answered): void {
    for (const entry of this.#onTheWay.values()) if (entry.digest === digest) entry.cancel();
  }

  /** Sends everything without an answer again at once, where the link is up. */
  again(): void {
    if (this.#up) this.linkUp();
  }

  /** The link is up: everything without an answer is sent again at once. */
  linkUp(): void {
    this.#up = true;
    for (const entry of this.#onTheWay.values()) {
      entry.attempt = 0;
      this.#transmit(entry);
    }
  }

  linkDown(): void {
    this.#up = false;
    for (const entry of this.#onTheWay.values()) entry.cancel();
  }

  #enter(id: string, jws: string): void {
    this.#onTheWay.set(id, { id, jws, digest: sha256Base64url(jws), attempt: 0, cancel: () => {} });
  }

  #transmit(entry: OnItsWay): void {
    const { clock, random, transmit } = this.#parts;
    entry.cancel();
    entry.cancel = clock.after(backoffMs(entry.attempt, RESEND, random), () => {
      entry.attempt += 1;
      this.#transmit(entry);
    });
    transmit(entry.jws);
  }

  #drop(id: string): void {
    this.#onTheWay.get(id)?.cancel();
    this.#onTheWay.delete(id);
    this.#aside.delete(id);
  }

  #dropSuperseded(): void {
    const kept = new Set(this.#parts.outbox.all().map(({ ballot }) => ballot.id));
    for (const { id } of [...this.#onTheWay.values()]) {
      if (!this.#aside.has(id) && !kept.has(id)) this.#drop(id);
    }
  }
}
