import { backoffMs } from '../shared/backoff.ts';
import { listNamed } from '../shared/kinds/motion-list.ts';
import { readList } from '../shared/projects/read-list.ts';
import { type Signer, signJws } from '../shared/protocol/jws.ts';
import {
  type FromTerminal,
  type Hello,
  MESSAGE_VERSION,
  type SittingState,
  type ToSeat,
} from '../shared/protocol/messages.ts';
import type { Goodbye } from '../shared/protocol/seat-details.ts';
import { Courier } from './delivery/courier.ts';
import { CredentialOffer } from './delivery/credential-offer.ts';
import { Link } from './delivery/link.ts';
import { ListFetch } from './delivery/list-fetch.ts';
import type { Clock } from './machine/clock.ts';
import type { Happening } from './seat/seat-state.ts';
import type { TerminalParts } from './terminal-parts.ts';

/** How long to wait for the seat's state before asking again. */
const ASK = { firstMs: 5_000, mostMs: 30_000 };

/** What the line is told by, and tells, the seat. */
interface Inside {
  readonly signer: Signer;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly happen: (event: Happening) => void;
  /** Whether the vote in hand is held. */
  readonly isHeld: () => boolean;
}

/**
 * What stands between a seat and its hall: the link, the courier with the outbox, and what a message that comes means to the
 * seat. Every connection begins with a hello, until the seat's state comes.
 */
export class SeatLine {
  readonly #parts: TerminalParts;
  readonly #inside: Inside;
  readonly #courier: Courier;
  readonly #link: Link;
  readonly #offer: CredentialOffer;
  readonly #lists: ListFetch;
  #isWelcome = false;
  #stopAsking = () => {};
  #askedAt: number | null = null;
  #roundTrip: number | null = null;

  constructor(parts: TerminalParts, inside: Inside) {
    const { id, hall, identity, coordinator, outbox, random, log } = parts;
    const { signer, clock, newId, happen } = inside;
    this.#parts = parts;
    this.#inside = inside;
    this.#link = new Link(
      {
        url: coordinator.url,
        wire: coordinator.wire,
        coordinator: coordinator.key,
        hall,
        terminal: id,
        self: identity.key,
        signer,
        nextConnection: (step) => identity.nextConnection(step),
        spreadMs: parts.spreadMs,
        clock,
        random,
        log,
      },
      {
        up: () => this.#connected(),
        down: () => this.#disconnected(),
        silent: (isSilent) => this.#silent(isSilent),
        refused: () => happen({ type: 'link', link: 'refused' }),
        message: (message) => this.#received(message),
        list: (hash, text) => this.#listed(hash, text),
      },
    );
    this.#lists = new ListFetch({ clock, random, ask: (hash) => this.#link.fetchList(hash) });
    this.#offer = new CredentialOffer({
      terminal: id,
      hall,
      credentials: parts.credentials,
      randomBytes: parts.randomBytes,
      newId,
      send: (offer) => this.#courier.send(offer),
    });
    this.#courier = new Courier({
      outbox,
      signer,
      transmit: (jws) => {
        this.#askedAt ??= clock.now();
        this.#link.publish(jws);
      },
      clock,
      random,
    });
  }

  /** Messages that have no answer yet. */
  get waiting(): number {
    return this.#courier.waiting;
  }

  /** Whether the hall knows this terminal. */
  get isWelcome(): boolean {
    return this.#isWelcome;
  }

  /** How long the last answer took, in ms; null before the first. */
  get roundTrip(): number | null {
    return this.#roundTrip;
  }

  start(): void {
    this.#link.start();
  }

  async stop(why: Goodbye): Promise<void> {
    this.#stopAsking();
    this.#lists.linkDown();
    this.#courier.linkDown();
    await this.#link.stop(why);
  }

  /** Hands a message to the courier; gives the fault of a disk that did not take it. */
  send(message: Parameters<Courier['send']>[0]): ReturnType<Courier['send']> {
    return this.#courier.send(message);
  }

  /** Says what needs no answer, if there is a line. */
  tell(message: FromTerminal): void {
    this.#link.publish(signJws(message, this.#inside.signer));
  }

  #connected(): void {
    this.#inside.happen({ type: 'link', link: 'up' });
    this.#ask(0);
  }

  /** Asks for the seat's state, again and again until it comes. */
  #ask(attempt: number): void {
    const { id: terminal, hall, random } = this.#parts;
    const { clock, newId } = this.#inside;
    const hello: Hello = { typ: 'hello', v: MESSAGE_VERSION, id: newId(), hall, terminal };
    this.#askedAt = clock.now();
    this.tell(hello);
    this.#stopAsking = clock.after(backoffMs(attempt, ASK, random), () => this.#ask(attempt + 1));
  }

  /** The first word of this connection: an enrolled terminal may send what it holds, another one waits. */
  #welcomed(enrolled: boolean): void {
    this.#stopAsking();
    if (enrolled === this.#isWelcome) return;
    this.#isWelcome = enrolled;
    if (enrolled) this.#courier.linkUp();
    else this.#courier.linkDown();
  }

  #disconnected(): void {
    this.#stopAsking();
    this.#askedAt = null;
    this.#isWelcome = false;
    this.#offer.forget();
    this.#lists.linkDown();
    this.#courier.linkDown();
    this.#inside.happen({ type: 'link', link: 'down' });
  }

  /** The line stands and carries nothing: the seat is offline for its deputy. What has no answer goes out again when it carries. */
  #silent(isSilent: boolean): void {
    this.#inside.happen({ type: 'link', link: isSilent ? 'down' : 'up' });
    if (!isSilent) this.#courier.again();
  }

  #received(message: ToSeat): void {
    if (message.typ === 'seat' || message.typ === 'receipt' || message.typ === 'refusal') this.#measure();
    if (message.typ === 'sitting') this.#named(message);
    const event = this.#meant(message);
    const wasHeld = this.#inside.isHeld();
    if (event) this.#inside.happen(event);
    if (wasHeld && !this.#inside.isHeld()) this.#courier.again();
    if (message.typ === 'seat') this.#welcomed(message.enrolled);
  }

  #named({ lists = [], round }: SittingState): void {
    this.#lists.wanted(lists, round?.phase === 'open' ? listNamed(round.motion) : null);
  }

  /** A list that has its hash, and is one: kept until the seat is switched off. */
  #listed(hash: string, text: string): void {
    const list = readList(text);
    if (!list) return;
    this.#lists.got(hash);
    this.#inside.happen({ type: 'list', hash, list });
  }

  /** What a verified message means to the seat; null for an answer to nothing that waits. */
  #meant(message: ToSeat): Happening | null {
    switch (message.typ) {
      case 'sitting':
        return { type: 'sitting', sitting: message };
      case 'seat':
        return { type: 'seat', seat: message, credential: this.#offer.of(message) };
      case 'receipt': {
        const id = this.#courier.settle(message);
        if (id !== null) this.#parts.onSettled?.(id, message);
        return id === null ? null : { type: 'receipt', id };
      }
      case 'refusal': {
        this.#parts.log.warn({ terminal: this.#parts.id, reason: message.reason }, 'refused');
        if (message.reason === 'on-hold') {
          // Of a hold that is over, or not heard of yet, the next try comes by itself.
          if (this.#inside.isHeld()) this.#courier.wait(message);
          return null;
        }
        const id = this.#courier.settle(message);
        if (id !== null) this.#parts.onSettled?.(id, message);
        return id === null ? null : { type: 'refusal', id, reason: message.reason };
      }
      case 'command':
        if (message.act === 'identify') return { type: 'identify' };
        return { type: 'self-test', on: message.act === 'self-test' };
      case 'update':
        this.#parts.updates?.command(message);
        return null;
    }
  }

  /** The first answer after something was sent gives the round trip. */
  #measure(): void {
    if (this.#askedAt === null) return;
    this.#roundTrip = Math.round(this.#inside.clock.now() - this.#askedAt);
    this.#askedAt = null;
  }
}
