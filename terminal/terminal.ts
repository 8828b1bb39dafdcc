import type { DeviceStatus, Key, LampRow, Tap } from '../hardware/capabilities.ts';
import type { Choice } from '../shared/kinds/kinds.ts';
import { toBase64url } from '../shared/protocol/bytes.ts';
import { guarded, type Report } from '../shared/protocol/guarded.ts';
import { naclSigner, type Signer, signJws } from '../shared/protocol/jws.ts';
import { type Hello, type MachineHealth, MESSAGE_VERSION, type ToSeat } from '../shared/protocol/messages.ts';
import type { Goodbye, SeatDetails } from '../shared/protocol/seat-details.ts';
import type { DiskFault } from '../shared/protocol/seat-faults.ts';
import { backoffMs } from './delivery/backoff.ts';
import { Courier } from './delivery/courier.ts';
import { CredentialOffer } from './delivery/credential-offer.ts';
import { Link } from './delivery/link.ts';
import { Sealer } from './delivery/sealer.ts';
import { type Clock, every, guardedClock } from './machine/clock.ts';
import { healthOf } from './machine/health.ts';
import { isUncast } from './seat/casting.ts';
import { isHeld, lampsOf, step } from './seat/seat.ts';
import {
  type Happening,
  initialSeat,
  type Round,
  type SeatEffect,
  type SeatState,
} from './seat/seat-state.ts';
import type { TerminalParts } from './terminal-parts.ts';

/** How long to wait for the seat's state before asking again. */
const ASK = { firstMs: 5_000, mostMs: 30_000 };

/** How often a disk that has failed is tried again. */
const TRY_DISK_MS = 3_000;
/** The largest motion takes a slow seat a few seconds. */
const SEAL_WITHIN_MS = 20_000;

/**
 * One seat: wires panel, state machine, outbox and link. Decides nothing itself. Whatever reaches it, from devices, timers
 * or the line, comes through a guard: where something throws, the seat is as it was before.
 */
export class Terminal {
  #parts: TerminalParts;
  #report: Report;
  #clock: Clock;
  #signer: Signer;
  #courier: Courier;
  #sealer: Sealer;
  #link: Link;
  #state: SeatState;
  /** What has happened and is not dealt with yet: what one event leads to waits until that one is done. */
  #happenings: Happening[] = [];
  #cancels: (() => void)[] = [];
  #isWelcome = false;
  #offer: CredentialOffer;
  #stopAsking = () => {};
  #askedAt: number | null = null;
  #roundTrip: number | null = null;

  constructor(parts: TerminalParts) {
    const { id, hall, identity, coordinator, outbox, random, log } = parts;
    this.#parts = parts;
    this.#report = (what, error) => log.error({ terminal: id, err: error }, `${what} failed`);
    const clock = guardedClock(parts.clock, 'a timer', this.#report);
    this.#clock = clock;
    this.#signer = parts.signer ?? naclSigner(identity.key);
    this.#link = new Link(
      {
        url: coordinator.url,
        wire: coordinator.wire,
        coordinator: coordinator.key,
        hall,
        terminal: id,
        self: identity.key,
        signer: this.#signer,
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
        refused: () => this.#happen({ type: 'link', link: 'refused' }),
        message: (message) => this.#received(message),
      },
    );
    this.#sealer = new Sealer({
      random: parts.randomBytes,
      pause: () => new Promise((resolve) => setImmediate(resolve)),
      clock,
      withinMs: parts.sealWithinMs ?? SEAL_WITHIN_MS,
    });
    this.#offer = new CredentialOffer({
      terminal: id,
      hall,
      credentials: parts.credentials,
      randomBytes: parts.randomBytes,
      newId: () => this.#newId(),
      send: (offer) => this.#courier.send(offer),
    });
    this.#courier = new Courier({
      outbox,
      signer: this.#signer,
      transmit: (jws) => {
        this.#askedAt ??= clock.now();
        this.#link.publish(jws);
      },
      clock,
      random,
    });
    const afloat = outbox
      .all()
      .map(({ ballot: { id, round, deputy } }) => ({ id, round, deputy, title: null }));
    const press = Math.max(0, ...outbox.all().map(({ ballot }) => ballot.press));
    this.#state = initialSeat({ hall, terminal: id, press }, afloat, clock.now());
  }

  get state(): SeatState {
    return this.#state;
  }

  async start(): Promise<void> {
    const { hardware, disk, random, tickMs, healthEverySeconds } = this.#parts;
    const { panel, reader } = hardware;
    const clock = this.#clock;
    const happen = <A extends readonly unknown[]>(what: string, event: (...args: A) => Happening) =>
      guarded(what, this.#report, (...args: A) => this.#happen(event(...args)));
    reader.onTap(happen('a card', (tap: Tap) => ({ type: 'card', tap, id: this.#newId() })));
    reader.onStatus(happen('the reader', (status: DeviceStatus) => ({ type: 'reader', reader: status })));
    panel.onPress(happen('a key', (key: Key) => ({ type: 'key', key, id: this.#newId() })));
    panel.onStatus(happen('the panel', (status: DeviceStatus) => ({ type: 'panel', panel: status })));
    disk?.onFault(happen('the disk', (fault: DiskFault | null) => ({ type: 'storage', fault })));
    await panel.start().catch((error: unknown) => {
      const what = `the panel cannot be started: ${String(error)}`;
      this.#happen({ type: 'panel', panel: { is: 'fault', what, isFinal: true } });
    });
    await reader.start().catch((error: unknown) => {
      const what = `the card reader cannot be started: ${String(error)}`;
      this.#happen({ type: 'reader', reader: { is: 'fault', what } });
    });
    this.#light(lampsOf(this.#state));
    this.#cancels.push(every(clock, tickMs, () => this.#happen({ type: 'tick' }), random() * tickMs));
    if (disk) {
      const tryAgain = () => disk.fault && disk.check();
      this.#cancels.push(every(clock, TRY_DISK_MS, tryAgain, random() * TRY_DISK_MS));
    }
    if (healthEverySeconds > 0) {
      const ms = healthEverySeconds * 1000;
      this.#cancels.push(every(clock, ms, () => this.reportHealth(), random() * ms));
    }
    this.#link.start();
  }

  async stop(why: Goodbye = 'orderly'): Promise<void> {
    for (const cancel of this.#cancels.splice(0)) cancel();
    this.#stopAsking();
    this.#courier.linkDown();
    await this.#link.stop(why);
    await this.#parts.hardware.reader.stop();
    await this.#parts.hardware.panel.stop();
  }

  #happen(event: Happening): void {
    this.#happenings.push(event);
    if (this.#happenings.length > 1) return;
    for (let next: Happening | undefined = event; next; next = this.#happenings[0]) {
      this.#take(next);
      this.#happenings.shift();
    }
  }

  #take = guarded(
    'an event',
    (what, error) => this.#report(what, error),
    (event: Happening) => {
      const before = this.#state;
      const at = this.#clock.now();
      const taken = step(before, { ...event, at });
      // What cannot be recorded was not cast: the key that would have cast it has done nothing.
      const { state, effects } = this.#isRecorded(taken.effects)
        ? taken
        : step(before, { type: 'unrecorded', at });
      const changed = state !== before;
      let isReportDue = false;
      this.#state = state;
      for (const effect of effects) {
        switch (effect.type) {
          case 'lamps':
            this.#light(effect.lamps);
            break;
          case 'send':
            if (effect.message.typ !== 'ballot') this.#courier.send(effect.message);
            break;
          case 'seal':
            this.#seal(effect.round, effect.choice);
            break;
          case 'open': {
            const opening = this.#sealer.open();
            if (opening) this.#courier.send({ ...effect.message, ...opening });
            break;
          }
          case 'report':
            isReportDue = true;
            break;
        }
      }
      if (!state.vote || !isUncast(state.vote.cast)) this.#sealer.forget();
      if (changed) this.#show(state);
      if (isReportDue) this.reportHealth();
    },
  );

  /** Hands the ballots among `effects` to the courier; false where one could not be recorded. */
  #isRecorded(effects: readonly SeatEffect[]): boolean {
    return effects.every(
      (effect) =>
        effect.type !== 'send' ||
        effect.message.typ !== 'ballot' ||
        this.#courier.send(effect.message) === null,
    );
  }

  #light = guarded(
    'lighting the lamps',
    (what, error) => this.#report(what, error),
    (lamps: LampRow) => this.#parts.hardware.panel.show(lamps),
  );

  #show = guarded(
    'showing the seat',
    (what, error) => this.#report(what, error),
    (state: SeatState) => this.#parts.onState?.(state, this.#courier.waiting),
  );

  /** Has the choice sealed. Whatever becomes of that, the seat hears of it. */
  #seal(round: Round, choice: Choice): void {
    const { credentials } = this.#parts;
    const { vote, sitting } = this.#state;
    const seal = async () => {
      if (!vote || !sitting) throw new Error('there is no vote');
      return this.#sealer.seal(round, sitting.title, choice, credentials.of(vote.deputy));
    };
    seal().then(
      (sealed) => this.#happen({ type: 'sealed', round: round.id, ...sealed }),
      (error: unknown) => {
        this.#report('sealing a ballot', error);
        this.#happen({ type: 'unsealed', round: round.id });
      },
    );
  }

  #connected(): void {
    this.#happen({ type: 'link', link: 'up' });
    this.#ask(0);
  }

  /** Asks for the seat's state, again and again until it comes. */
  #ask(attempt: number): void {
    const { id: terminal, hall, random } = this.#parts;
    const clock = this.#clock;
    const hello: Hello = { typ: 'hello', v: MESSAGE_VERSION, id: this.#newId(), hall, terminal };
    this.#askedAt = clock.now();
    this.#link.publish(signJws(hello, this.#signer));
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
    this.#courier.linkDown();
    this.#happen({ type: 'link', link: 'down' });
  }

  /** The line stands and carries nothing: the seat is offline for its deputy. What has no answer goes out again when it carries. */
  #silent(isSilent: boolean): void {
    this.#happen({ type: 'link', link: isSilent ? 'down' : 'up' });
    if (!isSilent) this.#courier.again();
  }

  #received(message: ToSeat): void {
    if (message.typ === 'seat' || message.typ === 'receipt' || message.typ === 'refusal') this.#measure();
    const event = this.#meant(message);
    const wasHeld = isHeld(this.#state);
    if (event) this.#happen(event);
    if (wasHeld && !isHeld(this.#state)) this.#courier.again();
    if (message.typ === 'seat') this.#welcomed(message.enrolled);
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
          if (isHeld(this.#state)) this.#courier.wait(message);
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
    this.#roundTrip = Math.round(this.#clock.now() - this.#askedAt);
    this.#askedAt = null;
  }

  /** Whether the seat's page is missing from its screen. */
  screenIs(isLost: boolean): void {
    this.#happen({ type: 'screen', isLost });
  }

  /** Looks at the computer, then tells the operator how the seat is: now and then, and when something matters. */
  reportHealth(): void {
    const { machine, details, disk, healthEverySeconds } = this.#parts;
    if (healthEverySeconds === 0) return;
    // A disk that has turned read-only says nothing by itself.
    disk?.look();
    const told = async () => {
      const found = (await machine?.()) ?? null;
      if (found) this.#happen({ type: 'machine', machine: found });
      if (this.#isWelcome) this.#publishHealth(found, await details?.());
    };
    told().catch((error: unknown) => this.#report('reading the computer’s health', error));
  }

  #publishHealth(machine: MachineHealth | null, details?: SeatDetails): void {
    const { id: terminal, hall, version, wallClock, hardware, updates } = this.#parts;
    const update = updates && { update: updates.health };
    const found = { time: wallClock(), firmware: hardware.panel.firmware, machine, details, ...update };
    const from = { id: this.#newId(), hall, terminal, version, waiting: this.#courier.waiting };
    const health = healthOf(this.#state, { ...from, ...found, roundTrip: this.#roundTrip });
    this.#link.publish(signJws(health, this.#signer));
  }

  #newId(): string {
    return toBase64url(this.#parts.randomBytes(16));
  }
}
