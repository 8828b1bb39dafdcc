import type { DeviceStatus, Key, LampRow, Tap } from '../hardware/capabilities.ts';
import type { Choice } from '../shared/kinds/kinds.ts';
import { toBase64url } from '../shared/protocol/bytes.ts';
import { guarded, type Report } from '../shared/protocol/guarded.ts';
import { naclSigner } from '../shared/protocol/jws.ts';
import type { MachineHealth } from '../shared/protocol/messages.ts';
import type { Goodbye, SeatDetails } from '../shared/protocol/seat-details.ts';
import type { DiskFault } from '../shared/protocol/seat-faults.ts';
import { Sealer } from './delivery/sealer.ts';
import { type Clock, every, guardedClock } from './machine/clock.ts';
import { healthOf } from './machine/health.ts';
import { isUncast } from './seat/casting.ts';
import type { Read } from './seat/reading.ts';
import { isHeld, lampsOf, step } from './seat/seat.ts';
import {
  type Happening,
  initialSeat,
  type Round,
  type SeatEffect,
  type SeatState,
} from './seat/seat-state.ts';
import { SeatLine } from './seat-line.ts';
import type { TerminalParts } from './terminal-parts.ts';

/** How often a disk that has failed is tried again. */
const TRY_DISK_MS = 3_000;
/** The largest motion takes a slow seat a few seconds. */
const SEAL_WITHIN_MS = 20_000;

/**
 * One seat: wires panel, state machine and the line to the hall. Decides nothing itself. Whatever reaches it, from devices, timers
 * or the line, comes through a guard: where something throws, the seat is as it was before.
 */
export class Terminal {
  #parts: TerminalParts;
  #report: Report;
  #clock: Clock;
  #sealer: Sealer;
  #line: SeatLine;
  #state: SeatState;
  /** What has happened and is not dealt with yet: what one event leads to waits until that one is done. */
  #happenings: Happening[] = [];
  #cancels: (() => void)[] = [];

  constructor(parts: TerminalParts) {
    const { id, hall, identity, outbox, log } = parts;
    this.#parts = parts;
    this.#report = (what, error) => log.error({ terminal: id, err: error }, `${what} failed`);
    const clock = guardedClock(parts.clock, 'a timer', this.#report);
    this.#clock = clock;
    const signer = parts.signer ?? naclSigner(identity.key);
    this.#sealer = new Sealer({
      random: parts.randomBytes,
      pause: () => new Promise((resolve) => setImmediate(resolve)),
      clock,
      withinMs: parts.sealWithinMs ?? SEAL_WITHIN_MS,
    });
    this.#line = new SeatLine(parts, {
      signer,
      clock,
      newId: () => this.#newId(),
      happen: (event) => this.#happen(event),
      isHeld: () => isHeld(this.#state),
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
    this.#line.start();
  }

  async stop(why: Goodbye = 'orderly'): Promise<void> {
    for (const cancel of this.#cancels.splice(0)) cancel();
    await this.#line.stop(why);
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
            if (effect.message.typ !== 'ballot') this.#line.send(effect.message);
            break;
          case 'seal':
            this.#seal(effect.round, effect.choice);
            break;
          case 'open': {
            const opening = this.#sealer.open();
            if (opening) this.#line.send({ ...effect.message, ...opening });
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
        effect.type !== 'send' || effect.message.typ !== 'ballot' || this.#line.send(effect.message) === null,
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
    (state: SeatState) => this.#parts.onState?.(state, this.#line.waiting),
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

  /** Whether the seat's page is missing from its screen. */
  screenIs(isLost: boolean): void {
    this.#happen({ type: 'screen', isLost });
  }

  /** The screen was touched, to read. */
  readIs(read: Read): void {
    this.#happen({ type: 'read', read, id: this.#newId() });
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
      if (this.#line.isWelcome) this.#publishHealth(found, await details?.());
    };
    told().catch((error: unknown) => this.#report('reading the computer’s health', error));
  }

  #publishHealth(machine: MachineHealth | null, details?: SeatDetails): void {
    const { id: terminal, hall, version, wallClock, hardware, updates } = this.#parts;
    const update = updates && { update: updates.health };
    const found = { time: wallClock(), firmware: hardware.panel.firmware, machine, details, ...update };
    const from = { id: this.#newId(), hall, terminal, version, waiting: this.#line.waiting };
    const health = healthOf(this.#state, { ...from, ...found, roundTrip: this.#line.roundTrip });
    this.#line.tell(health);
  }

  #newId(): string {
    return toBase64url(this.#parts.randomBytes(16));
  }
}
