import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { addSums, emptySum } from '../../shared/belenios/sum.ts';
import type { EncryptedTally } from '../../shared/belenios/tally.ts';
import { readTally, tallyText } from '../../shared/belenios/tally-text.ts';
import type { Done, Job, Proofs } from './proofs.ts';

// Threads run what was built; from the sources, as tests do, that stands elsewhere.
const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/coordinator/secret/proof-worker.js' : './proof-worker.js',
  import.meta.url,
);

/** Ballots handed to a thread at once: enough to be worth the crossing, few enough to share a burst evenly. */
const BATCH = 8;

interface Piece {
  readonly job: Job;
  readonly resolve: (done: Done) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Threads for the arithmetic of secret votes, one a processor, started when first needed. Work waits in line; whoever
 * hands it in waits for it, so that no more can be in line than there are ballots without an answer.
 */
export class ProofPool implements Proofs {
  readonly #size: number;
  readonly #waiting: Piece[] = [];
  readonly #idle: Worker[] = [];
  readonly #all = new Set<Worker>();
  #isClosed = false;

  constructor(size = availableParallelism()) {
    this.#size = size;
  }

  async check(election: string, ballots: readonly string[]): ReturnType<Proofs['check']> {
    const done = await Promise.all(
      batches(ballots, BATCH).map((batch) => this.#do({ do: 'check', election, ballots: batch })),
    );
    return done.flatMap((each) => ('check' in each ? each.check : []));
  }

  async sum(ballots: readonly string[], shape: readonly number[]): Promise<string> {
    const share = Math.max(BATCH, Math.ceil(ballots.length / this.#size));
    const done = await Promise.all(
      batches(ballots, share).map((batch) => this.#do({ do: 'sum', ballots: batch, shape: [...shape] })),
    );
    const sums = done.map((each) => ('sum' in each ? readTally(each.sum) : null));
    return tallyText(
      sums.reduce<EncryptedTally>((all, sum) => addSums(all, sum ?? unreadable()), emptySum(shape)),
    );
  }

  /** Ends the threads; work without an answer is refused. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const { reject } of this.#waiting.splice(0)) reject(new Error('the pool is closed'));
    await Promise.all([...this.#all].map((worker) => worker.terminate()));
  }

  #do(job: Job): Promise<Done> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) return reject(new Error('the pool is closed'));
      this.#waiting.push({ job, resolve, reject });
      this.#next();
    });
  }

  #next(): void {
    if (this.#waiting.length === 0) return;
    if (this.#idle.length === 0 && this.#all.size < this.#size) this.#start();
    const worker = this.#idle.pop();
    const piece = worker && this.#waiting.shift();
    if (piece) this.#hand(worker, piece);
  }

  #start(): void {
    const worker = new Worker(WORKER);
    this.#all.add(worker);
    this.#idle.push(worker);
  }

  /** A thread that fails is replaced; whoever handed in its work hears of it. */
  #hand(worker: Worker, { job, resolve, reject }: Piece): void {
    const over = () => {
      worker.off('message', succeed).off('error', fail).off('exit', end);
      this.#next();
    };
    const succeed = (done: Done) => {
      this.#idle.push(worker);
      resolve(done);
      over();
    };
    const fail = (error: Error) => {
      this.#all.delete(worker);
      reject(error);
      over();
    };
    const end = () => fail(new Error('a thread of the pool ended'));
    worker.once('message', succeed).once('error', fail).once('exit', end);
    worker.postMessage(job);
  }
}

function unreadable(): never {
  throw new Error('a part of the tally cannot be read');
}

function batches<T>(all: readonly T[], size: number): T[][] {
  const made: T[][] = [];
  for (let at = 0; at < all.length; at += size) made.push(all.slice(at, at + size));
  return made;
}
