import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { FleetWord } from './fleet-words.ts';
import { HALL, type HallUnderAttack } from './hall.ts';

const PROGRAM = `${process.cwd()}/test/built/test/attack/fleet-program.js`;

/** A ballot an honest seat cast, and what it got for it so far. */
export interface Cast {
  readonly id: string;
  readonly round: string;
  /** ms since 1970. */
  readonly at: number;
  receipt: { readonly seq: number; readonly hash: string; readonly at: number; readonly ms: number } | null;
  refusal: string | null;
}

/** The honest seats of a hall, a process of their own, and the record of all they cast. */
export class HonestFleet {
  readonly casts = new Map<string, Cast>();
  progress = { seats: 0, connected: 0, checkedIn: 0, round: null as string | null, counted: 0 };
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;

  constructor(hall: HallUnderAttack, { speed, seed, data }: { speed: number; seed: number; data?: string }) {
    const job = {
      url: hall.ready.mqtt.replace('localhost', '127.0.0.1'),
      hall: HALL,
      key: hall.ready.key,
      terminals: hall.at('terminals.csv'),
      keys: hall.at('keys'),
      roll: hall.at('roll.csv'),
      skip: hall.rogues.map(({ terminal }) => terminal),
      speed,
      seed,
      data: data ?? null,
    };
    const child = spawn(process.execPath, [PROGRAM, JSON.stringify(job)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child = child;
    this.#ended = once(child, 'exit');
    createInterface({ input: child.stdout }).on('line', (line) =>
      this.#hear(FleetWord.parse(JSON.parse(line))),
    );
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** Ballots that have neither a receipt nor a refusal. */
  get waiting(): Cast[] {
    return [...this.casts.values()].filter(({ receipt, refusal }) => receipt === null && refusal === null);
  }

  #hear(word: FleetWord): void {
    if (word.is === 'progress') this.progress = word;
    else if (word.is === 'cast') this.casts.set(word.id, { ...word, receipt: null, refusal: null });
    else {
      const cast = this.casts.get(word.id);
      if (!cast) throw new Error(`an answer for a ballot nobody cast: ${word.id}`);
      if (word.is === 'receipt') cast.receipt = word;
      else cast.refusal = word.reason;
    }
  }

  async stop(): Promise<void> {
    if (!this.hasEnded) this.#child.kill('SIGTERM');
    await this.#ended;
  }
}
