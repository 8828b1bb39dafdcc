import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { addSums, emptySum } from '../../shared/belenios/sum.ts';
import type { EncryptedTally } from '../../shared/belenios/tally.ts';
import { readTally, tallyText } from '../../shared/belenios/tally-text.ts';
import { builtProgram } from '../../shared/package-root.ts';
import type { Done, Job, Proofs } from './proofs.ts';

const WORKER = builtProgram('coordinator/proofs/proof-worker.js');

/** Ballots, or pieces of work, handed to a thread at once: worth the crossing, few enough to share a burst evenly. */
const BATCH = 8;

interface Piece {
  readonly job: Job;
  readonly resolve: (done: Done) => void;
  readonly reject: (error: Error) => void;
  /** How many threads ended over it. */
  readonly losses: number;
}

/**
 * Threads for the arithmetic of secret votes, one a processor, started when first needed. Work waits in line; whoever
 * hands it in waits for it, so that no more can be in line than there are ballots without an answer. A thread that ends,
 * at work or idle, is replaced when there is work; what it had in hand is done again, unless as
 * many threads as there may be at once, and one more, ended over it: then it fails.
 */
export class ProofPool implements Proofs {
  readonly #size: number;
  readonly #startThread: () => Worker;
  readonly #waiting: Piece[] = [];
  /** Every thread that lives, and what it has in hand; null where it is idle. */
  readonly #threads = new Map<Worker, readonly Piece[] | null>();
  #isClosed = false;

  /** @param startThread makes a thread that does what `proof-worker.ts` does. */
  constructor(size = availableParallelism(), startThread = () => new Worker(WORKER)) {
    this.#size = size;
    this.#startThread = startThread;
  }

  /** Has every thread started, and the election read, before the first ballot waits for it. */
  prepare(election: string): void {
    const nothing: Job = { do: 'check', election, ballots: [] };
    // One that cannot be started now is started, or reported, when there is work.
    for (let n = 0; n < this.#size; n += 1) this.#do(nothing).catch(() => {});
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
    for (const { reject } of this.#waiting.splice(0)) reject(closed());
    await Promise.all([...this.#threads.keys()].map((thread) => thread.terminate()));
  }

  #do(job: Job): Promise<Done> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) return reject(closed());
      this.#waiting.push({ job, resolve, reject, losses: 0 });
      this.#next();
    });
  }

  /** Hands out what waits, as far as there are threads for it. */
  #next(): void {
    while (this.#waiting.length > 0) {
      const thread = this.#idleThread();
      if (!thread) return;
      const pieces = this.#waiting.splice(0, this.#together());
      this.#threads.set(thread, pieces);
      thread.postMessage(pieces.map(({ job }) => job));
    }
  }

  /** How many pieces at the front of the line go to one thread. What a thread ended over goes alone: it may be why. */
  #together(): number {
    const most = Math.min(BATCH, Math.ceil(this.#waiting.length / this.#size));
    const suspect = this.#waiting.findIndex(({ losses }, i) => losses > 0 || i === most);
    return suspect === -1 ? most : Math.max(1, suspect);
  }

  #idleThread(): Worker | null {
    for (const [thread, pieces] of this.#threads) if (!pieces) return thread;
    if (this.#threads.size >= this.#size) return null;
    try {
      return this.#start();
    } catch (error) {
      // The threads that live go on with what waits; where there is none, nobody would.
      if (this.#threads.size === 0)
        for (const { reject } of this.#waiting.splice(0))
          reject(failure('a thread cannot be started', error));
      return null;
    }
  }

  /** Listens for as long as the thread lives: one that ends while idle would else end the whole program. */
  #start(): Worker {
    const thread = this.#startThread();
    this.#threads.set(thread, null);
    thread.on('message', (done: readonly Done[]) => {
      const pieces = this.#threads.get(thread);
      if (!pieces) return;
      this.#threads.set(thread, null);
      for (const [i, { resolve, reject }] of pieces.entries()) {
        const own = done[i];
        if (own) resolve(own);
        else reject(new Error('a thread gave back less than it was given'));
      }
      this.#next();
    });
    thread.on('messageerror', (error) => {
      this.#lost(thread, error);
      void thread.terminate();
    });
    thread.on('error', (error) => this.#lost(thread, error));
    thread.on('exit', () => this.#lost(thread, 'it ended'));
    return thread;
  }

  #lost(thread: Worker, why: unknown): void {
    const pieces = this.#threads.get(thread) ?? [];
    // An error is followed by the exit.
    if (!this.#threads.delete(thread)) return;
    for (const piece of pieces.toReversed()) this.#again({ ...piece, losses: piece.losses + 1 }, why);
    this.#next();
  }

  /** Threads may have ended for reasons of their own, and each was handed the work before that was known. */
  #again(piece: Piece, why: unknown): void {
    if (this.#isClosed) piece.reject(closed());
    else if (piece.losses > this.#size)
      piece.reject(failure(`${piece.losses} threads ended over this work`, why));
    else this.#waiting.unshift(piece);
  }
}

const closed = () => new Error('the pool is closed');
const failure = (what: string, cause: unknown) => new Error(`${what}: ${cause}`, { cause });

function unreadable(): never {
  throw new Error('a part of the tally cannot be read');
}

function batches<T>(all: readonly T[], size: number): T[][] {
  const made: T[][] = [];
  for (let at = 0; at < all.length; at += size) made.push(all.slice(at, at + size));
  return made;
}
