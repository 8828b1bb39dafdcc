import { type ChildProcess, fork } from 'node:child_process';
import { z } from 'zod';
import { builtProgram } from '../../../shared/package-root.ts';
import { type After, machineTimer } from '../../process/clock.ts';
import type { Paper } from './documents.ts';
import { set } from './layout/set.ts';
import type { Typeset } from './layout/typeset.ts';
import type { PaperRefusal } from './refusals.ts';

const PROCESS = builtProgram('coordinator/papers/paper-process.js');

/** The largest booklet takes seconds, on a slow machine as well. */
const LIMIT_MS = 60_000;

/** More than this in line, and whoever asks is told to come again. */
export const MOST_WAITING = 200;

const Answer = z.strictObject({
  pdf: z.custom<Uint8Array>((bytes) => bytes instanceof Uint8Array).nullable(),
});
/** What the process gives back; null where the document could not be made. */
export type Answer = z.infer<typeof Answer>;

/** A document as PDF, or why there is none. */
export type Rendered = { readonly pdf: Uint8Array } | { readonly refusal: PaperRefusal };

interface Job {
  readonly typeset: Typeset;
  readonly done: (rendered: Rendered) => void;
}

interface Options {
  readonly startProcess?: () => ChildProcess;
  readonly after?: After;
}

/**
 * Makes documents, one after another, in a process of its own. The engine is native and what it sets are strangers' words:
 * should it hang or end over one of them, that one is refused, and the next has a new process. In a thread, native code
 * could not be stopped, and its end would be the end of the whole program.
 */
export class PaperPress {
  readonly #options: Required<Options>;
  readonly #waiting: Job[] = [];
  #process: ChildProcess | null = null;
  /** The job in hand, and what ends it. */
  #atWork: { readonly end: (rendered: Rendered) => void } | null = null;
  #isClosed = false;

  constructor({ startProcess = startPress, after = machineTimer }: Options = {}) {
    this.#options = { startProcess, after };
  }

  /** The document as PDF: the same bytes for the same document, on every machine with the same version. */
  renderPaper(paper: Paper): Promise<Rendered> {
    if (this.#isClosed) return Promise.resolve({ refusal: 'closed' });
    if (this.#waiting.length >= MOST_WAITING) return Promise.resolve({ refusal: 'busy' });
    const typeset = settable(paper);
    if (!typeset) return Promise.resolve({ refusal: 'failed' });
    return new Promise((done) => {
      this.#waiting.push({ typeset, done });
      this.#next();
    });
  }

  /** Ends the process; what has no answer yet is refused. */
  close(): void {
    this.#isClosed = true;
    for (const { done } of this.#waiting.splice(0)) done({ refusal: 'closed' });
    this.#drop('closed');
  }

  #next(): void {
    if (this.#atWork) return;
    const job = this.#waiting.shift();
    if (!job) return;
    const callOff = this.#options.after(LIMIT_MS, () => this.#drop('too-slow'));
    this.#atWork = {
      end: (rendered) => {
        callOff();
        this.#atWork = null;
        job.done(rendered);
        this.#next();
      },
    };
    this.#process ??= this.#started();
    const process = this.#process;
    process.send(job.typeset, (error) => {
      if (error && this.#process === process) this.#drop('failed');
    });
  }

  #started(): ChildProcess {
    const process = this.#options.startProcess();
    const isOurs = () => this.#process === process;
    process.on('message', (message: unknown) => {
      if (!isOurs()) return;
      const answer = Answer.safeParse(message);
      if (!answer.success) return this.#drop('failed');
      const { pdf } = answer.data;
      this.#atWork?.end(pdf ? { pdf } : { refusal: 'failed' });
    });
    // An error is followed by no exit where the process could not be started.
    const gone = () => {
      if (isOurs()) this.#drop('failed');
    };
    process.on('error', gone);
    process.on('exit', gone);
    return process;
  }

  /** The process is given up, with what it has in hand. */
  #drop(refusal: PaperRefusal): void {
    const process = this.#process;
    this.#process = null;
    process?.kill('SIGKILL');
    this.#atWork?.end({ refusal });
  }
}

/** What the process is given; null where a document speaks of what is not there, or its address fits no QR code. */
function settable(paper: Paper): Typeset | null {
  try {
    return set(paper);
  } catch {
    return null;
  }
}

/** It inherits neither settings nor secrets of the program, and prints nothing: what it would say may hold somebody's words. */
export const startPress = (): ChildProcess =>
  fork(PROCESS, [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'], env: {} });
