import type { Choice } from '../shared/ballot.ts';
import { toBase64url } from '../shared/bytes.ts';
import { offerCredential } from '../shared/credential.ts';
import { naclSigner, type Signer, signJws } from '../shared/jws.ts';
import {
  type Hello,
  type MachineHealth,
  MESSAGE_VERSION,
  type Seat,
  type ToTerminal,
} from '../shared/messages.ts';
import { backoffMs } from './backoff.ts';
import { isUncast } from './casting.ts';
import { every } from './clock.ts';
import { Courier } from './courier.ts';
import { healthOf } from './health.ts';
import { Link } from './link.ts';
import { Sealer } from './sealer.ts';
import { lampsOf, step } from './seat.ts';
import { initialSeat, type Round, type SeatEvent, type SeatState } from './seat-state.ts';
import type { TerminalParts } from './terminal-parts.ts';

/** How long to wait for the seat's state before asking again. */
const ASK = { firstMs: 5_000, mostMs: 30_000 };

/** An event as its source knows it: when it happened and the id it may use are added here. */
type Happening = SeatEvent extends infer E ? (E extends SeatEvent ? Omit<E, 'at'> : never) : never;

/** One seat: wires panel, state machine, outbox and link. Decides nothing itself. */
export class Terminal {
  #parts: TerminalParts;
  #signer: Signer;
  #courier: Courier;
  #sealer: Sealer;
  #link: Link;
  #state: SeatState;
  #cancels: (() => void)[] = [];
  #isWelcome = false;
  /** The credential that the coordinator was last told of. */
  #offered: string | null = null;
  #stopAsking = () => {};
  #askedAt: number | null = null;
  #roundTrip: number | null = null;

  constructor(parts: TerminalParts) {
    const { id, hall, identity, coordinator, outbox, clock, random, log } = parts;
    this.#parts = parts;
    this.#signer = parts.signer ?? naclSigner(identity.key);
    this.#link = new Link(
      {
        url: coordinator.url,
        ca: coordinator.ca,
        coordinator: coordinator.key,
        hall,
        terminal: id,
        self: identity.key,
        signer: this.#signer,
        nextConnection: () => identity.nextConnection(),
        spreadMs: parts.spreadMs,
        clock,
        random,
        log,
      },
      {
        up: () => this.#connected(),
        down: () => this.#disconnected(),
        message: (message) => this.#received(message),
      },
    );
    this.#sealer = new Sealer(parts.randomBytes, () => new Promise((resolve) => setImmediate(resolve)));
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
    this.#state = initialSeat({ hall, terminal: id, press: identity.press }, afloat, clock.now());
  }

  get state(): SeatState {
    return this.#state;
  }

  async start(): Promise<void> {
    const { hardware, clock, random, tickMs, healthEverySeconds } = this.#parts;
    const { panel, reader } = hardware;
    reader.onTap((tap) => this.#happen({ type: 'card', tap, id: this.#newId() }));
    reader.onStatus((status) => this.#happen({ type: 'reader', reader: status }));
    panel.onPress((key) => this.#happen({ type: 'key', key, id: this.#newId() }));
    panel.onStatus((status) => this.#happen({ type: 'panel', panel: status }));
    await panel.start();
    await reader.start();
    panel.show(lampsOf(this.#state));
    this.#cancels.push(every(clock, tickMs, () => this.#happen({ type: 'tick' }), random() * tickMs));
    if (healthEverySeconds > 0) {
      const ms = healthEverySeconds * 1000;
      this.#cancels.push(every(clock, ms, () => this.#reportHealth(), random() * ms));
    }
    this.#link.start();
  }

  async stop(): Promise<void> {
    for (const cancel of this.#cancels.splice(0)) cancel();
    this.#stopAsking();
    this.#courier.linkDown();
    await this.#link.stop();
    await this.#parts.hardware.reader.stop();
    await this.#parts.hardware.panel.stop();
  }

  #happen(event: Happening): void {
    const { clock, identity, hardware, onState } = this.#parts;
    const { panel } = hardware;
    const { state, effects } = step(this.#state, { ...event, at: clock.now() });
    const changed = state !== this.#state;
    let isReportDue = false;
    this.#state = state;
    for (const effect of effects) {
      switch (effect.type) {
        case 'lamps':
          panel.show(effect.lamps);
          break;
        case 'send':
          if (effect.message.typ === 'ballot') identity.usePress(effect.message.press);
          this.#courier.send(effect.message);
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
    if (changed) onState?.(state);
    if (isReportDue) this.#reportHealth();
  }

  #seal(round: Round, choice: Choice): void {
    const { credentials, log } = this.#parts;
    const { vote, sitting } = this.#state;
    if (!vote || !sitting) return;
    this.#sealer.seal(round, sitting.title, choice, credentials.of(vote.deputy)).then(
      (sealed) => sealed && this.#happen({ type: 'sealed', round: round.id, ...sealed }),
      (error) => log.error({ error: String(error) }, 'a ballot could not be sealed'),
    );
  }

  /** The credential of the deputy who sits here, which the coordinator is told of where it does not know it. */
  #credentialFor({ deputy, sitting, credential }: Seat): string | null {
    if (!deputy) {
      // Whoever sits down next is offered anew: an offer on its way may be refused because nobody sits here.
      this.#offered = null;
      return null;
    }
    const { id: terminal, hall, credentials, randomBytes } = this.#parts;
    const own = credentials.of(deputy.id);
    if (credential !== own.public && this.#offered !== own.public) {
      this.#offered = own.public;
      const owner = { sitting, terminal, deputy: deputy.id };
      const offer = offerCredential(own.secret, owner, randomBytes);
      this.#courier.send({
        typ: 'credential',
        v: MESSAGE_VERSION,
        id: this.#newId(),
        hall,
        ...owner,
        ...offer,
      });
    }
    return own.public;
  }

  #connected(): void {
    this.#happen({ type: 'link', link: 'up' });
    this.#ask(0);
  }

  /** Asks for the seat's state, again and again until it comes. */
  #ask(attempt: number): void {
    const { id: terminal, hall, clock, random } = this.#parts;
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
    this.#offered = null;
    this.#courier.linkDown();
    this.#happen({ type: 'link', link: 'down' });
  }

  #received(message: ToTerminal): void {
    if (message.typ === 'seat' || message.typ === 'receipt' || message.typ === 'refusal') this.#measure();
    const event = this.#meant(message);
    if (event) this.#happen(event);
    if (message.typ === 'seat') this.#welcomed(message.enrolled);
  }

  /** What a verified message means to the seat; null for an answer to nothing that waits. */
  #meant(message: ToTerminal): Happening | null {
    switch (message.typ) {
      case 'sitting':
        return { type: 'sitting', sitting: message };
      case 'seat':
        return { type: 'seat', seat: message, credential: this.#credentialFor(message) };
      case 'receipt': {
        const id = this.#courier.settle(message);
        return id === null ? null : { type: 'receipt', id };
      }
      case 'refusal': {
        this.#parts.log.warn({ terminal: this.#parts.id, reason: message.reason }, 'refused');
        const id = this.#courier.settle(message);
        return id === null ? null : { type: 'refusal', id, reason: message.reason };
      }
      case 'command':
        if (message.act === 'identify') return { type: 'identify' };
        return { type: 'self-test', on: message.act === 'self-test' };
    }
  }

  /** The first answer after something was sent gives the round trip. */
  #measure(): void {
    if (this.#askedAt === null) return;
    this.#roundTrip = Math.round(this.#parts.clock.now() - this.#askedAt);
    this.#askedAt = null;
  }

  /** Looks at the computer, then tells the operator how the seat is: now and then, and when something matters. */
  #reportHealth(): void {
    const { machine, log, healthEverySeconds } = this.#parts;
    if (healthEverySeconds === 0) return;
    (machine?.() ?? Promise.resolve(null)).then(
      (found) => {
        if (found) this.#happen({ type: 'machine', machine: found });
        if (this.#isWelcome) this.#publishHealth(found);
      },
      (error) => log.warn({ error: String(error) }, 'the computer’s health cannot be read'),
    );
  }

  #publishHealth(machine: MachineHealth | null): void {
    const { id: terminal, hall, version, wallClock, hardware } = this.#parts;
    const found = { time: wallClock(), firmware: hardware.panel.firmware, machine };
    const line = { waiting: this.#courier.waiting, roundTrip: this.#roundTrip };
    const from = { id: this.#newId(), hall, terminal, version };
    this.#link.publish(signJws(healthOf(this.#state, { ...from, ...found, ...line }), this.#signer));
  }

  #newId(): string {
    return toBase64url(this.#parts.randomBytes(16));
  }
}
