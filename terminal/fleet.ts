import { join } from 'node:path';
import type { Logger } from 'pino';
import type { SeatHardware } from '../hardware/capabilities.ts';
import { nodeSigner } from '../shared/ed25519-node.ts';
import type { RandomBytes } from '../shared/ids.ts';
import { naclSigner } from '../shared/jws.ts';
import type { Receipt, Refusal } from '../shared/messages.ts';
import type { SeatDetails } from '../shared/seat-details.ts';
import type { Random } from './backoff.ts';
import { type Clock, every } from './clock.ts';
import { diskCredentials, memoryCredentials } from './credential.ts';
import { Disk } from './disk.ts';
import type { FleetSeat } from './fleet-files.ts';
import { memoryIdentity, numbered } from './identity.ts';
import { diskOutbox, memoryOutbox } from './outbox.ts';
import { seededRandom } from './random.ts';
import { type Manner, ScriptedDeputy } from './scripted-deputy.ts';
import { deputyOf, type SeatState } from './seat-state.ts';
import { Terminal } from './terminal.ts';

/** Somebody in front of a seat: presses its keys, looks at its screen. */
export interface Deputy extends SeatHardware {
  look(state: SeatState): void;
  /** Hears what became of message `id`, where the deputy keeps a record. */
  settled?(id: string, answer: Receipt | Refusal): void;
}

export interface FleetParts {
  readonly url: string;
  readonly hall: string;
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

  constructor(parts: FleetParts) {
    this.#clock = parts.clock;
    const spreadMs = parts.seats.length * CONNECT_MS[parts.signer];
    this.#terminals = parts.seats.map((seat, index) => seatTerminal(parts, seat, index, spreadMs));
  }

  async start(): Promise<void> {
    await Promise.all(this.#terminals.map((terminal) => terminal.start()));
  }

  async stop(): Promise<void> {
    await Promise.all(this.#terminals.map((terminal) => terminal.stop()));
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

function seatTerminal(parts: FleetParts, seat: FleetSeat, index: number, spreadMs: number): Terminal {
  const { clock, log, data } = parts;
  const will = seededRandom(parts.seed * 1_000_003 + index);
  const random = seededRandom(parts.seed * 1_000_003 + index + 500_009);
  const manner = { ...parts.manner, card: seat.card };
  const deputy: Deputy =
    parts.deputy?.(manner, clock, random) ?? new ScriptedDeputy(manner, clock, will, random);
  const disk = data === undefined ? null : new Disk(join(data, seat.terminal));
  const report = (file: string, why: string) => log.warn({ file, why }, 'set aside');
  return new Terminal({
    id: seat.terminal,
    hall: parts.hall,
    coordinator: { url: parts.url, key: parts.key },
    identity: disk ? numbered(seat.key, disk) : memoryIdentity(seat.key, parts.from),
    credentials: disk ? diskCredentials(disk, parts.randomBytes) : memoryCredentials(parts.randomBytes),
    outbox: disk ? diskOutbox(disk, seat.key, report) : memoryOutbox(),
    ...(disk ? { disk } : {}),
    hardware: deputy,
    details: async () => SIMULATED,
    wallClock: parts.wallClock,
    onState: (state) => deputy.look(state),
    onSettled: (id, answer) => deputy.settled?.(id, answer),
    version: parts.version,
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
