import type { StaffClient } from '../../coordinator/cli/staff-client.ts';
import type { Act, ActAnswer } from '../../coordinator/contract/acts.ts';
import type { HallUnderAttack } from './hall.ts';
import type { HonestFleet } from './honest-fleet.ts';
import { comesTrue, pause } from './waiting.ts';

/** A vote that not all have cast their ballot in after so long is closed all the same. */
const PATIENCE_MS = 30_000;

/** A chair who holds one vote after another, whatever happens to the coordinator meanwhile. */
export class Chair {
  readonly #hall: HallUnderAttack;
  readonly #fleet: HonestFleet;
  #staff: StaffClient | null = null;
  #isEnough = false;
  #isGone = false;
  #done: Promise<void> = Promise.resolve();
  /** Votes announced. */
  votes = { open: 0, secret: 0, late: 0 };

  constructor(hall: HallUnderAttack, fleet: HonestFleet) {
    this.#hall = hall;
    this.#fleet = fleet;
  }

  /** Begins to hold votes on m1, m2, … and, where those are used up, rehearsals of m1. */
  begin(motions: number): void {
    this.#done = this.#hold(motions).catch((error) => {
      if (!this.#isGone) throw error;
    });
  }

  /** Ends with the vote in hand. */
  async end(): Promise<void> {
    this.#isEnough = true;
    await this.#done;
  }

  /** Leaves in the middle of whatever is at hand. */
  abandon(): void {
    this.#isEnough = true;
    this.#isGone = true;
  }

  /** Signed in, as of before or anew. */
  async staff(): Promise<StaffClient> {
    for (;;) {
      if (this.#isGone) throw new Error('the chair has left');
      try {
        await this.#hall.running();
        this.#staff ??= await this.#hall.as('chair');
        return this.#staff;
      } catch {
        await pause(500);
      }
    }
  }

  /** The answer to an act; asked for again until there is one. */
  async #act(act: Act): Promise<ActAnswer> {
    for (;;) {
      const staff = await this.staff();
      try {
        return await staff.act(act);
      } catch {
        // Not reached, or signed out by a restart.
        this.#staff = null;
        await pause(200);
      }
    }
  }

  async #hold(motions: number): Promise<void> {
    for (let i = 0; !this.#isEnough; i += 1) {
      const rehearsal = i >= motions;
      const motion = rehearsal ? 'm1' : `m${i + 1}`;
      const round = rehearsal ? `m1/t${i - motions + 1}` : `${motion}/1`;
      const opened = await this.#act({ act: 'open', motion, rehearsal });
      // One that is open already was opened by an answer that got lost.
      if (!opened.ok && opened.reason !== 'vote-open') {
        await pause(500);
        i -= 1;
        continue;
      }
      const all = () => {
        const { progress } = this.#fleet;
        return progress.round === round && progress.checkedIn > 0 && progress.counted >= progress.checkedIn;
      };
      if (!(await comesTrue(all, PATIENCE_MS))) this.votes.late += 1;
      await this.#act({ act: 'close', round });
      // A secret vote has its result when it is decrypted.
      for (let announced = await this.#act({ act: 'announce', round }); !announced.ok; ) {
        if (announced.reason !== 'not-decrypted') break;
        await pause(100);
        announced = await this.#act({ act: 'announce', round });
      }
      this.votes[!rehearsal && i % 2 === 1 ? 'secret' : 'open'] += 1;
    }
  }
}
