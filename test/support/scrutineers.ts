import { randomBytes } from 'node:crypto';
import { electionBytes } from '../../coordinator/bundle/export/elections.ts';
import { secretDocuments } from '../../coordinator/contract/secret-documents.ts';
import { checkSum, keyDuty, makeShare, type Self, signResult } from '../../coordinator/scrutineer/desk.ts';
import type { Secrecy } from '../../coordinator/sitting/secrecy.ts';
import { makeSeed } from '../../shared/belenios/pedersen-trustee.ts';
import { type OpenHall, SITTING } from './open-hall.ts';
import { actor } from './staff.ts';

/** `size` scrutineers, any `threshold` of whom decrypt. */
export const scrutineersOf = (size: number, threshold: number): Secrecy => ({
  holder: 'scrutineers',
  threshold,
  scrutineers: Array.from({ length: size }, (_, i) => actor(`s${i + 1}`)).map(({ id, name }) => ({
    id,
    name,
  })),
});

/** Scrutineers at their devices, without the HTTP between: what their page does with what the hall publishes. */
export class Scrutineers {
  readonly selves: readonly Self[];
  readonly #open: OpenHall;

  constructor(open: OpenHall, size: number, selves?: readonly Self[]) {
    this.#open = open;
    this.selves =
      selves ?? Array.from({ length: size }, (_, i) => ({ owner: i + 1, seed: makeSeed(randomBytes) }));
  }

  /** The same scrutineers at another coordinator. */
  at(open: OpenHall): Scrutineers {
    return new Scrutineers(open, this.selves.length, this.selves);
  }

  get #secrecy() {
    return secretDocuments.secrecy(this.#open.chronicle.state);
  }

  /** Makes the key, all agreeing to everything. */
  async makeKey(): Promise<void> {
    while (this.#secrecy.trustees === null)
      for (const self of this.selves) {
        const duty = keyDuty(this.#secrecy, self, randomBytes);
        if (duty.is !== 'contribute' && duty.is !== 'compare') continue;
        const done = await this.#open.act({ ...duty.act, owner: self.owner });
        if (!done.ok) throw new Error(done.reason);
      }
  }

  /** One scrutineer's share of the closed vote, as their page makes it. */
  share(owner: number): string {
    const { chronicle } = this.#open;
    const due = secretDocuments.decryption(chronicle.state);
    const round = chronicle.state.current;
    const self = this.selves[owner - 1];
    if (!due || !round || !self) throw new Error('nothing to decrypt');
    const sum = checkSum(due, this.#secrecy, electionBytes(round));
    if (typeof sum === 'string') throw new Error(sum);
    const share = makeShare(sum, this.#secrecy, self, randomBytes);
    if (!share) throw new Error('no share');
    return share;
  }

  /** Gives one scrutineer's share. */
  async decrypt(owner: number) {
    const round = this.#open.chronicle.state.current?.id ?? '';
    return this.#open.act({ act: 'share', round, owner, share: this.share(owner) });
  }

  async sign(owner: number) {
    const due = secretDocuments.decryption(this.#open.chronicle.state);
    const self = this.selves[owner - 1];
    const act = due && self && signResult(due, SITTING, self, randomBytes);
    if (!act) throw new Error('nothing to sign');
    return this.#open.act({ ...act, owner });
  }
}
