import { randomBytes } from 'node:crypto';
import { sealBallot } from '../../shared/belenios/ballot.ts';
import { randomSecret } from '../../shared/belenios/secret.ts';
import { votesOf } from '../../shared/kinds/counting.ts';
import { offerCredential } from '../../shared/protocol/credential.ts';
import type { RandomBytes } from '../../shared/protocol/ids.ts';
import type { Credential } from '../../shared/protocol/messages.ts';
import { HALL, SITTING } from './open-hall.ts';
import { ballot, HandSeat, newId } from './seat-messages.ts';

/** A terminal played by hand in secret votes. */
export class SecretSeat extends HandSeat {
  readonly secret = randomSecret(randomBytes);
  #press = 0;

  credential(change: Partial<Credential> = {}): Credential {
    const owner = { sitting: SITTING, terminal: this.seat.terminal, deputy: this.seat.deputy.id };
    return {
      typ: 'credential',
      v: 1,
      id: newId(),
      hall: HALL,
      ...owner,
      ...offerCredential(this.secret, owner, randomBytes),
      ...change,
    };
  }

  override async checkIn(): Promise<void> {
    await super.checkIn();
    const offer = this.credential();
    this.tell(offer);
    await this.receipt(offer.id);
  }

  /** A sealed ballot that chooses these candidates in the open round. */
  seal(chosen: string[], secret = this.secret, random: RandomBytes = randomBytes): string {
    const round = this.open.chronicle.state.current;
    if (!round?.sealed) throw new Error('no secret vote is open');
    const votes = votesOf(round.motion, { kind: 'selection', chosen });
    return sealBallot(round.sealed.election, secret, votes, random);
  }

  /** The message that casts a sealed ballot. */
  casting(sealed: string) {
    this.#press += 1;
    return ballot(this.open, this.seat, { choice: { kind: 'sealed', ballot: sealed }, press: this.#press });
  }

  async vote(chosen: string[]): Promise<void> {
    const message = this.casting(this.seal(chosen));
    this.tell(message);
    await this.receipt(message.id);
  }
}
