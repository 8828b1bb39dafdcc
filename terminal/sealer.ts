import type { Choice } from '../shared/ballot.ts';
import { forget, readElection, type SealedBallot, sealing } from '../shared/belenios/ballot.ts';
import { secretText } from '../shared/belenios/secret.ts';
import type { RandomBytes, Text } from '../shared/ids.ts';
import type { Audit } from '../shared/messages.ts';
import { receiptCode } from '../shared/receipt-code.ts';
import { electionText, votesOf } from '../shared/secret-election.ts';
import type { SeatCredential } from './credential.ts';
import type { Round } from './seat-state.ts';

/** Seals choices, and keeps how the last one was sealed until it is cast or opened: in memory alone, wiped afterwards. */
export class Sealer {
  readonly #random: RandomBytes;
  readonly #pause: () => Promise<void>;
  /** Counts the sealings begun: what is no longer the last is not kept. */
  #begun = 0;
  #held: { readonly sealed: SealedBallot; readonly votes: Audit['votes'] } | null = null;

  /** @param pause lets other work go on between two steps: keys and lamps do not wait for a long ballot. */
  constructor(random: RandomBytes, pause: () => Promise<void>) {
    this.#random = random;
    this.#pause = pause;
  }

  /**
   * The sealed ballot with its receipt code; null where the round is no election, or where it was forgotten or another was
   * begun meanwhile.
   */
  async seal(
    round: Round,
    sitting: Text,
    choice: Choice,
    { secret }: SeatCredential,
  ): Promise<{ readonly ballot: string; readonly code: string } | null> {
    this.forget();
    const begun = this.#begun;
    const election = round.election && readElection(electionText(round.election, sitting, round.motion));
    if (!election) return null;
    const votes = votesOf(round.motion, choice);
    const steps = sealing(election, secret, votes, this.#random);
    let step = steps.next();
    while (!step.done) {
      await this.#pause();
      step = steps.next();
    }
    if (begun !== this.#begun) {
      forget(step.value);
      return null;
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
