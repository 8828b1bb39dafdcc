import type { Choice } from '../shared/ballot.ts';
import { readElection, sealBallot } from '../shared/belenios/ballot.ts';
import type { RandomBytes, Text } from '../shared/ids.ts';
import type { Audit } from '../shared/messages.ts';
import { receiptCode } from '../shared/receipt-code.ts';
import { electionText, votesOf } from '../shared/secret-election.ts';
import type { SeatCredential } from './credential.ts';
import type { Round } from './seat-state.ts';

/** How a ballot was sealed: what shows that it holds what the deputy chose. */
export type Opening = Pick<Audit, 'votes' | 'randomness'>;

/** Seals choices, and keeps how the last one was sealed until it is cast or opened. */
export class Sealer {
  readonly #random: RandomBytes;
  #opening: Opening | null = null;

  constructor(random: RandomBytes) {
    this.#random = random;
  }

  /** The sealed ballot with its receipt code; null where the round is no election. */
  async seal(
    round: Round,
    sitting: Text,
    choice: Choice,
    credential: SeatCredential,
  ): Promise<{ readonly ballot: string; readonly code: string } | null> {
    const election = round.election && readElection(electionText(round.election, sitting, round.motion));
    if (!election) return null;
    const votes = votesOf(round.motion, choice);
    const ballot = sealBallot(election, credential.secret, votes, this.#random);
    return { ballot, code: receiptCode(ballot) };
  }

  get isHolding(): boolean {
    return this.#opening !== null;
  }

  /** How the last ballot was sealed; it is forgotten here. */
  open(): Opening | null {
    const opening = this.#opening;
    this.forget();
    return opening;
  }

  forget(): void {
    this.#opening = null;
  }
}
