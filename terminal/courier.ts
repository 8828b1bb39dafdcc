import { sha256Base64url } from '../shared/bytes.ts';
import { type Signer, signJws } from '../shared/jws.ts';
import type { Ballot, CheckIn } from '../shared/messages.ts';
import { backoffMs, type Random } from './backoff.ts';
import type { Clock } from './clock.ts';
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
 * Brings ballots and check-ins to the coordinator: signed once, kept, and sent again until the receipt or the
 * refusal arrives; a PUBACK is not enough. Ballots go through the outbox first.
 */
export class Courier {
  #parts: CourierParts;
  #onTheWay = new Map<string, OnItsWay>();
  #checkIn: string | null = null;
  #up = false;

  constructor(parts: CourierParts) {
    this.#parts = parts;
    for (const { ballot, jws } of parts.outbox.all()) this.#enter(ballot.id, jws);
  }

  /** Ballots and check-ins without an answer. */
  get waiting(): number {
    return this.#onTheWay.size;
  }

  /** Signs and sends `message`. A ballot is in the outbox when this returns. */
  send(message: Ballot | CheckIn): void {
    const jws = signJws(message, this.#parts.signer);
    if (message.typ === 'ballot') {
      this.#parts.outbox.put({ ballot: message, jws });
      this.#enter(message.id, jws);
      this.#dropSuperseded();
    } else {
      // Whoever taps another card no longer means the first.
      if (this.#checkIn !== null) this.#drop(this.#checkIn);
      this.#checkIn = message.id;
      this.#enter(message.id, jws);
    }
    const entry = this.#onTheWay.get(message.id);
    if (entry && this.#up) this.#transmit(entry);
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
    if (this.#checkIn === id) this.#checkIn = null;
  }

  #dropSuperseded(): void {
    const kept = new Set(this.#parts.outbox.all().map(({ ballot }) => ballot.id));
    for (const { id } of [...this.#onTheWay.values()]) {
      if (id !== this.#checkIn && !kept.has(id)) this.#drop(id);
    }
  }
}
