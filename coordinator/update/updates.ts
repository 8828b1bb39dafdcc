import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { toBase64url } from '../../shared/protocol/bytes.ts';
import type { RandomBytes } from '../../shared/protocol/ids.ts';
import type { ToTerminal } from '../../shared/protocol/messages.ts';
import type { UpdateHealth } from '../../shared/update/messages.ts';
import type { ActRefusal } from '../contract/acts.ts';
import type { UpdateDocument } from '../contract/update.ts';
import type { LiveTerminal } from '../hall/broker/live-terminals.ts';
import type { Done } from '../hall/staff-acts.ts';
import type { After } from '../process/clock.ts';
import { no, yes } from '../sitting/decided.ts';
import type { TerminalOrder } from '../sitting/terminal-order.ts';
import { isOver, type Rollout, type SeatUpdate, stepOf, turn } from './rollout.ts';
import type { UpdateStore } from './store.ts';

const LOOK_MS = 500;
/** How often it is looked whether another package was added. */
const STORE_EVERY = 4;

export type UpdateAct = Extract<TerminalOrder, { act: 'update' | 'stop-update' }>;

export interface UpdateParts {
  readonly store: UpdateStore;
  /** Where it is written down what was ordered and what came of it. */
  readonly folder: string;
  readonly isVoting: () => boolean;
  readonly enrolled: () => Iterable<string>;
  readonly live: () => ReadonlyMap<string, LiveTerminal>;
  readonly tell: (terminal: string, message: ToTerminal) => void;
  /** The port of the pages. */
  readonly port: () => number;
  /** The document has changed. */
  readonly onChange: () => void;
  readonly now: () => number;
  readonly random: RandomBytes;
  readonly after: After;
  readonly log: { info(what: object, message: string): void; error(what: object, message: string): void };
}

/**
 * Updates of seats: carries out what the operator orders, a few seats at a time, and writes down what came of it. Who ordered it
 * stands in the ledger; what came of it at which seat is not the sitting's business, no ballot depends on it: that is in `updates.log`.
 */
export class Updates {
  readonly #parts: UpdateParts;
  #rollout: Rollout | null = null;
  /** Seats whose end was written down. */
  #noted = new Set<string>();
  #looks = 0;
  #cancel = () => {};

  constructor(parts: UpdateParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#parts.store.look();
    this.#again();
  }

  stop(): void {
    this.#cancel();
    this.#cancel = () => {};
  }

  /** Why an act makes no sense now; null where {@link act} would do it. */
  whyNot(act: UpdateAct): ActRefusal | null {
    const { store, isVoting, enrolled } = this.#parts;
    if (act.act === 'stop-update') return this.#rollout ? null : 'no-rollout';
    store.look();
    if (store.offered.release?.hash !== act.manifest) return 'no-update';
    if (isVoting()) return 'vote-open';
    const isKnown = act.terminal === null || [...enrolled()].includes(act.terminal);
    return isKnown ? null : 'unknown-terminal';
  }

  act(act: UpdateAct): Done {
    const refusal = this.whyNot(act);
    if (refusal) return no(refusal);
    if (act.act === 'stop-update') this.#stopAll();
    else this.#begin(act);
    return yes();
  }

  #begin(act: Extract<UpdateAct, { act: 'update' }>): void {
    const wanted = act.terminal === null ? [...this.#parts.enrolled()] : [act.terminal];
    const going = this.#rollout?.manifest === act.manifest && !this.#rollout.stopped ? this.#rollout : null;
    const told = new Map(
      [...(going?.told ?? [])].filter(([terminal]) => !wanted.includes(terminal) || !this.#isOver(terminal)),
    );
    for (const terminal of wanted) this.#noted.delete(terminal);
    this.#rollout = {
      manifest: act.manifest,
      wanted: new Set([...(going?.wanted ?? []), ...wanted]),
      told,
      stopped: null,
    };
    const { version, order } = this.#parts.store.offered.release?.manifest ?? {};
    this.#note({ act: 'update', terminal: act.terminal, version, order, manifest: act.manifest });
    this.#turn();
  }

  /** What the operator's page shows. */
  document(): UpdateDocument {
    const { release, problem } = this.#parts.store.offered;
    const rollout = this.#rollout;
    return {
      offered: release && {
        manifest: release.hash,
        version: release.manifest.version,
        order: release.manifest.order,
        note: release.manifest.note,
        files: release.manifest.files.length,
        bytes: release.manifest.files.reduce((sum, { size }) => sum + size, 0),
      },
      problem,
      rollout: rollout && {
        manifest: rollout.manifest,
        wanted: [...rollout.wanted],
        stopped: rollout.stopped,
      },
    };
  }

  #isOver(terminal: string): boolean {
    return this.#rollout !== null && isOver(stepOf(this.#seats().get(terminal), this.#rollout.manifest));
  }

  #again(): void {
    this.#cancel = this.#parts.after(LOOK_MS, () => {
      this.#again();
      this.#looks += 1;
      if (this.#looks % STORE_EVERY === 0 && this.#parts.store.look()) this.#parts.onChange();
      this.#turn();
    });
  }

  #turn(): void {
    const { isVoting, now } = this.#parts;
    if (!this.#rollout || isVoting()) return;
    const seats = this.#seats();
    const before = this.#rollout;
    const { rollout, tell } = turn(before, seats, now());
    this.#rollout = rollout;
    for (const terminal of tell) this.#say(terminal, 'take', rollout.manifest);
    this.#noteEnds(rollout, seats);
    if (rollout !== before) this.#parts.onChange();
    if (rollout.stopped && !before.stopped) this.#note({ act: 'stopped', why: rollout.stopped });
  }

  #stopAll(): void {
    const rollout = this.#rollout;
    if (!rollout) return;
    this.#rollout = { ...rollout, stopped: rollout.stopped ?? 'operator' };
    for (const terminal of rollout.told.keys()) this.#say(terminal, 'stop', rollout.manifest);
    this.#note({ act: 'stop-update', manifest: rollout.manifest });
    this.#parts.onChange();
  }

  #say(terminal: string, act: 'take' | 'stop', manifest: string): void {
    const { tell, port, random } = this.#parts;
    const id = toBase64url(random(16));
    tell(terminal, { typ: 'update', v: 1, id, terminal, act, manifest, port: port() });
  }

  #seats(): ReadonlyMap<string, SeatUpdate> {
    const seats = new Map<string, SeatUpdate>();
    for (const [terminal, { connected, health }] of this.#parts.live())
      seats.set(terminal, { connected, update: health?.update ?? null });
    return seats;
  }

  #noteEnds({ told, manifest }: Rollout, seats: ReadonlyMap<string, SeatUpdate>): void {
    for (const terminal of told.keys()) {
      const step: UpdateHealth['step'] | null = stepOf(seats.get(terminal), manifest);
      if (!step || !isOver(step) || this.#noted.has(terminal)) continue;
      this.#noted.add(terminal);
      this.#note({ terminal, manifest, ...step });
    }
  }

  /** A log that cannot be written stops nothing. */
  #note(what: object): void {
    const { folder, log } = this.#parts;
    log.info(what, 'update');
    const line = JSON.stringify({ time: new Date().toISOString(), ...what });
    try {
      appendFileSync(join(folder, 'updates.log'), `${line}\n`, { mode: 0o600 });
    } catch (error) {
      log.error({ error: String(error) }, 'updates.log cannot be written');
    }
  }
}
