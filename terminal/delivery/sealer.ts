import { forget, readElection, type SealedBallot, sealing } from '../../shared/belenios/ballot.ts';
import { secretText } from '../../shared/belenios/secret.ts';
import { votesOf } from '../../shared/kinds/counting.ts';
import type { Choice } from '../../shared/kinds/kinds.ts';
import type { RandomBytes, Text } from '../../shared/protocol/ids.ts';
import type { Audit } from '../../shared/protocol/messages.ts';
import { receiptCode } from '../../shared/protocol/receipt-code.ts';
import { electionText } from '../../shared/protocol/secret-election.ts';
import type { Clock } from '../machine/clock.ts';
import type { Round } from '../seat/seat-state.ts';
import type { SeatCredential } from './credential.ts';

export interface SealerParts {
  readonly random: RandomBytes;
  /** Lets other work go on between two steps: keys and lamps do not wait for a long ballot. */
  readonly pause: () => Promise<void>;
  readonly clock: Clock;
  /** A ballot that is not sealed by then never will be. */
  readonly withinMs: number;
}

interface Sealed {
  readonly ballot: string;
  readonly code: string;
}

/** Seals choices, and keeps how the last one was sealed until it is cast or opened: in memory alone, wiped afterwards. */
export class Sealer {
  readonly #parts: SealerParts;
  /** Counts what was begun and given up: only the last is kept. */
  #begun = 0;
  #held: { readonly sealed: SealedBallot; readonly votes: (0 | 1)[][] } | null = null;

  constructor(parts: SealerParts) {
    this.#parts = parts;
  }

  /**
   * The sealed ballot with its receipt code.
   * @throws where the round is no election, where it takes too long, or where it was given up meanwhile.
   */
  seal(round: Round, sitting: Text, choice: Choice, credential: SeatCredential): Promise<Sealed> {
    const { clock, withinMs } = this.#parts;
    this.forget();
    return new Promise((resolve, reject) => {
      const cancel = clock.after(withinMs, () => {
        this.forget();
        reject(new Error(`a ballot was not sealed in ${withinMs} ms`));
      });
      this.#seal(this.#begun, round, sitting, choice, credential).then(resolve, reject).finally(cancel);
    });
  }

  async #seal(
    begun: number,
    round: Round,
    sitting: Text,
    choice: Choice,
    { secret }: SeatCredential,
  ): Promise<Sealed> {
    const election = round.election && readElection(electionText(round.election, sitting, round.motion));
    if (!election) throw new Error('the round is no election');
    const votes = votesOf(round.motion, choice);
    const steps = sealing(election, secret, votes, this.#parts.random);
    let step = steps.next();
    while (!step.done) {
      await this.#parts.pause();
      step = steps.next();
    }
    if (begun !== this.#begun) {
      forget(step.value);
      throw new Error('sealing was given up');
    }
    this.#held = { sealed: step.value, votes: votes.map((each) => each.map((vote) => (vote === 1 ? 1 : 0))) };
    const { ballot } = step.value;
    return { ballot, code: receiptCode(ballot) };
  }

  /** What shows how the last ballot was sealed; it is forgotten here. */
  open(): Pick<Audit, 'votes' | 'randomness'> | null {
    const held = this.#held;
    if (!held) return null;
    const opening = {
      votes: held.votes.map((question) => [...question]),
      randomness: held.sealed.randomness.map((question) => question.map(secretText)),
    };
    this.forget();
    return opening;
  }

  /** Forgets what was sealed last, and gives up what is being sealed. */
  forget(): void {
    this.#begun += 1;
    if (!this.#held) return;
    forget(this.#held.sealed);
    for (const question of this.#held.votes) question.fill(0);
    this.#held = null;
  }
}
