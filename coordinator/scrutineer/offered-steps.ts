import type { ActAnswer } from '../contract/acts.ts';

/** How a step that was offered to the coordinator ended. `failed`: it never got there, or nobody knows. */
export type Outcome = 'done' | 'failed' | 'refused';

/** Refusals that say the step is done: by another tab, or by a message whose answer was lost. */
const DONE_ALREADY = ['share-not-needed', 'share-given', 'signed-already', 'contributed-already'];
const NOT_HEARD = ['offline', 'unavailable', 'signed-out'];

/** How an act ended, by the coordinator's answer to it. */
export function outcomeOf(answer: ActAnswer): Outcome {
  if (answer.ok || DONE_ALREADY.includes(answer.reason)) return 'done';
  return NOT_HEARD.includes(answer.reason) ? 'failed' : 'refused';
}

/**
 * The steps a device takes by itself, each one at a time. One that is done is not taken again; one that failed is, after
 * a pause; one that was refused rests until the coordinator's state is another, or somebody asks for it once more.
 */
export class Attempts {
  readonly #pause: (then: () => void) => void;
  readonly #done = new Set<string>();
  readonly #running = new Set<string>();
  readonly #pausing = new Set<string>();
  /** Step → the state it was refused in. */
  readonly #refused = new Map<string, string>();

  /** @param pause calls `then` after a while, and has the steps looked at once more. */
  constructor(pause: (then: () => void) => void) {
    this.#pause = pause;
  }

  /** Whether a step is to be taken in this state of the coordinator. */
  isOpen(step: string, state: string): boolean {
    const isResting = this.#done.has(step) || this.#running.has(step) || this.#pausing.has(step);
    return !isResting && this.#refused.get(step) !== state;
  }

  /** Takes a step where it is open. What `work` throws counts as failed, and is thrown on. */
  async take(step: string, state: string, work: () => Promise<Outcome>): Promise<void> {
    if (!this.isOpen(step, state)) return;
    this.#running.add(step);
    let outcome: Outcome = 'failed';
    try {
      outcome = await work();
    } finally {
      this.#running.delete(step);
      this.#end(step, state, outcome);
    }
  }

  #end(step: string, state: string, outcome: Outcome): void {
    if (outcome === 'done') this.#done.add(step);
    if (outcome === 'refused') this.#refused.set(step, state);
    if (outcome !== 'failed') return;
    this.#pausing.add(step);
    this.#pause(() => this.#pausing.delete(step));
  }

  /** Somebody asks for what was refused or has failed, without waiting. */
  again(): void {
    this.#refused.clear();
    this.#pausing.clear();
  }
}
