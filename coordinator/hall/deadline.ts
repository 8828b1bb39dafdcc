import type { Logger } from 'pino';
import type { After } from '../process/clock.ts';
import type { Chronicle } from '../sitting/chronicle.ts';
import { decideTimeout } from '../sitting/decide.ts';
import { timeLeft } from '../sitting/state.ts';
import type { Intake } from './broker/intake.ts';

/** A vote whose time is up and that could not be closed is tried again after so long. */
const AGAIN_MS = 1000;
/** The longest that a timer can wait. */
const MOST_MS = 2 ** 31 - 1;

export interface DeadlineParts {
  readonly chronicle: Chronicle;
  readonly intake: Pick<Intake, 'still'>;
  readonly after: After;
  readonly log: Pick<Logger, 'error'>;
}

/** Closes the open vote when its time is up. It wakes by a timer; the decision itself is taken on ledger time. */
export class Deadline {
  readonly #parts: DeadlineParts;
  #callOff = () => {};
  #isStopped = false;

  constructor(parts: DeadlineParts) {
    this.#parts = parts;
  }

  /** Waits for the end of the round that is open now and not on hold, and for nothing else. */
  arm(): void {
    this.#callOff();
    const { chronicle, log, after } = this.#parts;
    const round = chronicle.state.current;
    if (this.#isStopped || round?.phase !== 'open' || round.hold) return;
    const left = timeLeft(round, chronicle.now());
    if (left === null) return;
    const wait = Math.max(1, Math.min(left, MOST_MS));
    this.#callOff = after(wait, () => {
      this.#timeUp().catch((error) => {
        if (this.#isStopped) return;
        log.error({ error: String(error) }, 'a vote could not be closed; trying again');
        this.#callOff = after(AGAIN_MS, () => this.arm());
      });
    });
  }

  stop(): void {
    this.#isStopped = true;
    this.#callOff();
  }

  async #timeUp(): Promise<void> {
    await this.#parts.intake.still(() => {
      if (this.#isStopped) return;
      const { steps } = this.#parts.chronicle.enact((state, now) => ({
        ok: true,
        steps: decideTimeout(state, now),
      }));
      if (steps.length === 0) this.arm();
    });
  }
}
