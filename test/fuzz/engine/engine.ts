import { performance } from 'node:perf_hooks';
import { seededRandom } from '../../../terminal/machine/random.ts';
import type { Target } from '../target.ts';
import { eachFeature, forgetCounters, wordsOfCode } from './coverage.ts';
import { mutated } from './mutate.ts';
import { below, type Mutator, oneOf, type Random } from './mutator.ts';

/** The loop: change an input, run it, keep it where it did what none did before. */

const MOST_BYTES = 4096;
const TIME = { base: 50, perKib: 2 };
/** How often a slow input runs again, so that a busy machine is not taken for a slow reader. */
const AGAIN = 5;
const CLASSES = 34;

export interface Finding {
  /** The same for all inputs that show the same mistake. */
  readonly key: string;
  readonly what: string;
  readonly input: Uint8Array;
}

export interface Tally {
  executions: number;
  /** Milliseconds spent. */
  ms: number;
  /** Branches that ran. */
  readonly branches: Set<number>;
  /** Inputs found that did something new. */
  fresh: number;
  slowest: { ms: number; bytes: number };
}

export interface EngineParts {
  readonly target: Target;
  readonly seed: number;
  /** Hears of every input before it runs: what ends the process is known by it. */
  readonly about: (input: Uint8Array) => void;
  readonly kept: (input: Uint8Array) => void;
  readonly found: (finding: Finding) => void;
}

/** Lets timers run: whoever watches must hear that this process goes on. */
const breath = () => new Promise((resolve) => setImmediate(resolve));

export class Engine {
  readonly tally: Tally = {
    executions: 0,
    ms: 0,
    branches: new Set(),
    fresh: 0,
    slowest: { ms: 0, bytes: 0 },
  };
  readonly #parts: EngineParts;
  readonly #random: Random;
  readonly #most: number;
  readonly #corpus: Uint8Array[] = [];
  /** Branches and how often they ran, in one number. */
  readonly #features = new Set<number>();
  readonly #known = new Set<string>();

  constructor(parts: EngineParts) {
    this.#parts = parts;
    this.#random = seededRandom(parts.seed);
    this.#most = parts.target.most ?? MOST_BYTES;
  }

  /** Runs the inputs to begin with; each is kept. */
  async begin(inputs: readonly Uint8Array[]): Promise<void> {
    for (const input of inputs.length > 0 ? inputs : [new Uint8Array()]) {
      await this.#try(input);
      this.#corpus.push(input);
      await breath();
    }
    this.tally.fresh = 0;
  }

  /** Fuzzes until `ms` have passed, giving way to other work from time to time. */
  async fuzz(ms: number): Promise<void> {
    const mutator: Mutator = {
      random: this.#random,
      words: [...(this.#parts.target.words ?? []), ...wordsOfCode()],
      most: this.#most,
    };
    const end = performance.now() + ms;
    const began = performance.now();
    while (performance.now() < end) {
      const pause = Math.min(end, performance.now() + 100);
      while (performance.now() < pause) {
        const input = mutated(this.#pick(), this.#pick(), mutator);
        if (await this.#try(input)) this.#keep(input);
      }
      await breath();
    }
    this.tally.ms += performance.now() - began;
  }

  #keep(input: Uint8Array): void {
    // A copy: what is kept must not change with what it was made from.
    const own = Uint8Array.from(input);
    this.#corpus.push(own);
    this.tally.fresh += 1;
    this.#parts.kept(own);
  }

  /** Half the time one of the newest: what has just opened a door leads further. */
  #pick(): Uint8Array {
    const { length } = this.#corpus;
    const newest = Math.max(8, length >> 3);
    const from = this.#random() < 0.5 ? Math.max(0, length - newest) : 0;
    return (
      this.#corpus[from + below(this.#random, length - from)] ??
      oneOf(this.#random, this.#corpus) ??
      new Uint8Array()
    );
  }

  /** Runs `input`; whether it did something that no input did before. */
  async #try(input: Uint8Array): Promise<boolean> {
    const { about, found } = this.#parts;
    about(input);
    forgetCounters();
    const failure = await this.#run(input);
    let isNew = false;
    eachFeature((branch, times) => {
      this.tally.branches.add(branch);
      const feature = branch * CLASSES + times;
      if (this.#features.has(feature)) return;
      this.#features.add(feature);
      isNew = true;
    });
    if (failure === null || this.#known.has(failure.key)) return isNew;
    this.#known.add(failure.key);
    found({ ...failure, input: await this.#minimised(input, failure.key) });
    return isNew;
  }

  async #run(input: Uint8Array): Promise<Omit<Finding, 'input'> | null> {
    this.tally.executions += 1;
    const began = performance.now();
    const failure = await outcome(this.#parts.target, input);
    const ms = performance.now() - began;
    if (failure) return failure;
    if (ms > this.tally.slowest.ms || ms > this.#allowed(input)) return this.#timed(input, ms);
    return null;
  }

  #allowed({ length }: Uint8Array): number {
    const { base, perKib } = this.#parts.target.time ?? TIME;
    return base + (perKib * length) / 1024;
  }

  /** How long `input` really takes: the processor's time, the least of several times. */
  async #timed(input: Uint8Array, first: number): Promise<Omit<Finding, 'input'> | null> {
    let least = first;
    for (let again = 0; again < AGAIN && least > this.tally.slowest.ms; again += 1) {
      const began = process.cpuUsage();
      await outcome(this.#parts.target, input);
      const { user, system } = process.cpuUsage(began);
      least = Math.min(least, (user + system) / 1000);
    }
    if (least > this.tally.slowest.ms) this.tally.slowest = { ms: least, bytes: input.length };
    if (least <= this.#allowed(input)) return null;
    return { key: 'slow', what: `${input.length} bytes take ${Math.round(least)} ms` };
  }

  /** A shorter input that shows the same. */
  async #minimised(input: Uint8Array, key: string): Promise<Uint8Array> {
    let best = Uint8Array.from(input);
    const end = performance.now() + 3_000;
    for (let size = best.length >> 1; size > 0 && performance.now() < end; size >>= 1)
      for (let at = 0; at < best.length && performance.now() < end; ) {
        const shorter = Buffer.concat([best.subarray(0, at), best.subarray(at + size)]);
        const failure = await this.#run(shorter);
        if (failure?.key === key) best = Uint8Array.from(shorter);
        else at += size;
      }
    return best;
  }
}

/** What a target says of an input; null where all holds. */
export async function outcome(target: Target, input: Uint8Array): Promise<Omit<Finding, 'input'> | null> {
  try {
    const running = target.run(input);
    if (running) await running;
    return null;
  } catch (error) {
    const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    const place = stack.split('\n').find((line) => /^\s+at /.test(line) && !line.includes('target.')) ?? '';
    const key = `${name}: ${message.replace(/\d+/g, 'n').slice(0, 80)} ${place.trim()}`;
    return { key, what: `${name}: ${message}\n${stack.split('\n').slice(1, 8).join('\n')}` };
  }
}
