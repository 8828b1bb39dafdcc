import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { SeatHardware } from '../../hardware/capabilities.ts';
import type { Random } from '../../shared/backoff.ts';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import type { RandomBytes } from '../../shared/protocol/ids.ts';
import { naclSigner } from '../../shared/protocol/jws.ts';
import type { Receipt, Refusal } from '../../shared/protocol/messages.ts';
import type { SeatDetails } from '../../shared/protocol/seat-details.ts';
import { diskCredentials, memoryCredentials } from '../delivery/credential.ts';
import { diskOutbox, memoryOutbox } from '../delivery/outbox.ts';
import { SeatWire } from '../delivery/seat-wire.ts';
import { wireFetch } from '../delivery/wire-fetch.ts';
import { type Clock, every } from '../machine/clock.ts';
import { Disk } from '../machine/disk.ts';
import { memoryIdentity, numbered } from '../machine/identity.ts';
import { seededRandom } from '../machine/random.ts';
import { deputyOf, type SeatState } from '../seat/seat-state.ts';
import { Terminal } from '../terminal.ts';
import { sourceHashes } from '../update/fetch.ts';
import { SimulatedUpdates } from '../update/simulated-updates.ts';
import type { FleetSeat } from './fleet-files.ts';
import { type Manner, ScriptedDeputy } from './scripted-deputy.ts';

/** Somebody in front of a seat: presses its keys, looks at its screen. */
export interface Deputy extends SeatHardware {
  look(state: SeatState): void;
  /** Hears what became of message `id`, where the deputy keeps a record. */
  settled?(id: string, answer: Receipt | Refusal): void;
}

export interface FleetParts {
  readonly url: string;
  readonly hall: string;
  /** PEM of the hall's CA, with TLS. */
  readonly ca?: Uint8Array | undefined;
  /** The coordinator's public key. */
  readonly key: string;
  readonly seats: readonly FleetSeat[];
  readonly manner: Omit<Manner, 'card'>;
  /** Who sits at each seat; a {@link ScriptedDeputy} unless told otherwise. */
  readonly deputy?: (manner: Manner, clock: Clock, random: Random) => Deputy;
  /** tweetnacl as real terminals, or node:crypto where one machine plays thousands. */
  readonly signer: 'tweetnacl' | 'node';
  /** Outboxes and numbers are kept here; in memory without. */
  readonly data?: string | undefined;
  /** Seats take new versions that are signed with this key, and begin with the program at `factory`; only with `data`. */
  readonly updates?: { readonly releaseKey: KeyObject; readonly factory: string } | undefined;
  readonly seed: number;
  /** Where connection and press numbers start without `data`: must rise from run to run. */
  readonly from: number;
  readonly healthEverySeconds: number;
  readonly version: string;
  readonly clock: Clock;
  /** ms since 1970. */
  readonly wallClock: () => number;
  readonly randomBytes: RandomBytes;
  readonly log: Logger;
}

export interface Progress {
  readonly seats: number;
  readonly connected: number;
  readonly checkedIn: number;
  /** The round in hand, and how many of these seats hold a receipt for it. */
  readonly round: string | null;
  readonly counted: number;
}

/** What one connection's signatures cost: proof, last will, hello. */
const CONNECT_MS = { tweetnacl: 16, node: 2 } as const;
const TICK_MS = 500;

/** What a simulated seat can say in honesty: all of it is simulated, and nothing is known of a card, a start, a screen. */
const SIMULATED: SeatDetails = {
  image: 'simulated',
  uptime: null,
  boot: null,
  ended: null,
  wasUndervoltage: null,
  isClockSynchronised: null,
  reader: 'simulated',
  screen: null,
};

/** Many seats in one process: each a real {@link Terminal} with its own key and connection. */
export class Fleet {
  #terminals: Terminal[];
  #clock: Clock;
  #updates: SimulatedUpdates[] = [];
  #isStopped = false;
  /** All begin with the same program: its files are looked at once. */
  #sourceHash: ReturnType<typeof sourceHashes> | null = null;

  constructor(parts: FleetParts) {
    this.#clock = parts.clock;
    const spreadMs = parts.seats.length * CONNECT_MS[parts.signer];
    this.#terminals = parts.seats.map((seat, index) => {
      const updates = this.#updatesOf(parts, seat, index);
      if (updates) this.#updates[index] = updates;
      return seatTerminal(parts, seat, index, spreadMs, updates);
    });
  }

  async start(): Promise<void> {
    await Promise.all(this.#terminals.map((terminal) => terminal.start()));
    await Promise.all(this.#updates.map(({ agent }) => agent.start()));
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const { agent } of this.#updates) agent.stop();
    await Promise.all(this.#terminals.map((terminal) => terminal.stop()));
  }

  #updatesOf(parts: FleetParts, seat: FleetSeat, index: number): SimulatedUpdates | null {
    const { updates, data, clock, url, log } = parts;
    if (!updates || data === undefined) return null;
    this.#sourceHash ??= sourceHashes(updates.factory);
    const wire = wireOf(parts, seat);
    return new SimulatedUpdates({
      ...updates,
      data: join(data, seat.terminal),
      coordinator: url,
      fetch: wire && wireFetch(wire),
      sourceHash: this.#sourceHash,
      restart: () => void this.#restart(parts, seat, index),
      tell: () => this.#terminals[index]?.reportHealth(),
      clock,
      random: seededRandom(parts.seed * 1_000_003 + index + 700_001),
      report: (what, error) => log.error({ err: error }, `${what} failed`),
    });
  }

  /** As systemd starts a seat anew whose program has ended. */
  async #restart(parts: FleetParts, seat: FleetSeat, index: number): Promise<void> {
    const updates = this.#updates[index];
    updates?.agent.stop();
    await this.#terminals[index]?.stop();
    if (this.#isStopped || !updates) return;
    updates.begin();
    const terminal = seatTerminal(parts, seat, index, 0, updates);
    this.#terminals[index] = terminal;
    await terminal.start();
    await updates.agent.start();
  }

  progress(): Progress {
    const states = this.#terminals.map((terminal) => terminal.state);
    const round = states.find((state) => state.sitting?.round)?.sitting?.round?.id ?? null;
    return {
      seats: states.length,
      connected: states.filter((state) => state.link === 'up').length,
      checkedIn: states.filter((state) => deputyOf(state) !== null).length,
      round,
      counted: states.filter((state) => state.vote?.round.id === round && state.vote.counted).length,
    };
  }

  /** Calls `report` when the progress has changed, at most every `ms`; the returned function ends that. */
  watch(ms: number, report: (progress: Progress) => void): () => void {
    let last = '';
    return every(this.#clock, ms, () => {
      const progress = this.progress();
      const text = JSON.stringify(progress);
      if (text !== last) report(progress);
      last = text;
    });
  }
}

/** A seat's side of TLS; undefined where the hall speaks without. */
function wireOf({ ca, data, clock, randomBytes }: FleetParts, { terminal, key }: FleetSeat) {
  if (!ca) return undefined;
  const disk = data === undefined ? undefined : new Disk(join(data, terminal));
  return new SeatWire({ terminal, key, ca, disk, clock, random: randomBytes });
}

function seatTerminal(
  parts: FleetParts,
  seat: FleetSeat,
  index: number,
  spreadMs: number,
  updates: SimulatedUpdates | null,
): Terminal {
  const { clock, log, data } = parts;
  const will = seededRandom(parts.seed * 1_000_003 + index);
  const random = seededRandom(parts.seed * 1_000_003 + index + 500_009);
  const manner = { ...parts.manner, card: seat.card };
  const deputy: Deputy =
    parts.deputy?.(manner, clock, random) ?? new ScriptedDeputy(manner, clock, will, random);
  const disk = data === undefined ? null : new Disk(join(data, seat.terminal));
  const wire = wireOf(parts, seat);
  const report = (file: string, why: string) => log.warn({ file, why }, 'set aside');
  return new Terminal({
    id: seat.terminal,
    hall: parts.hall,
    coordinator: { url: parts.url, key: parts.key, wire },
    identity: disk ? numbered(seat.key, disk) : memoryIdentity(seat.key, parts.from),
    credentials: disk ? diskCredentials(disk, parts.randomBytes) : memoryCredentials(parts.randomBytes),
    outbox: disk ? diskOutbox(disk, seat.key, report) : memoryOutbox(),
    ...(disk ? { disk } : {}),
    hardware: deputy,
    details: async () => SIMULATED,
    wallClock: parts.wallClock,
    onState: (state, waiting) => {
      deputy.look(state);
      updates?.seatIs(state, waiting);
    },
    ...(updates && { updates: updates.agent }),
    onSettled: (id, answer) => deputy.settled?.(id, answer),
    version: updates?.version ?? parts.version,
    healthEverySeconds: parts.healthEverySeconds,
    tickMs: TICK_MS,
    spreadMs,
    clock,
    random,
    randomBytes: parts.randomBytes,
    log,
    signer: parts.signer === 'node' ? nodeSigner(seat.key) : naclSigner(seat.key),
  });
}
