import type { Logger } from 'pino';
import { type Secret, wipe } from '../../../shared/belenios/secret.ts';
import { decryptPartially } from '../../../shared/belenios/tally.ts';
import { shareText } from '../../../shared/belenios/tally-text.ts';
import { shapeOf } from '../../../shared/kinds/counting.ts';
import type { RandomBytes } from '../../../shared/protocol/ids.ts';
import type { After } from '../../process/clock.ts';
import type { Proofs } from '../../proofs/proofs.ts';
import type { Chronicle } from '../../sitting/chronicle.ts';
import { decideOwn, type OwnAct } from '../../sitting/decide-secret.ts';
import type { Round } from '../../sitting/state.ts';

export interface TellerParts {
  readonly chronicle: Chronicle;
  readonly proofs: Proofs;
  /** The election key, where the coordinator holds it; else null. */
  readonly key: () => Secret | null;
  readonly random: RandomBytes;
  readonly after: After;
  readonly log: Logger;
}

const AGAIN_MS = 1000;

/**
 * Adds up the sealed ballots of a closed vote, and decrypts the sum where the coordinator holds the key: at once after
 * the close, or after a restart in between.
 */
export class Teller {
  readonly #parts: TellerParts;
  #isCounting = false;
  #isStopped = false;
  /** Calls off the next try; null where none is due. */
  #again: (() => void) | null = null;

  constructor(parts: TellerParts) {
    this.#parts = parts;
  }

  /** Looks whether there is something to count. */
  look(): void {
    if (this.#isCounting || this.#again || this.#isStopped) return;
    this.#isCounting = true;
    this.#count()
      .catch((error) => this.#tryAgain(error))
      .finally(() => {
        this.#isCounting = false;
      });
  }

  /** Writes nothing from now on: a count under way comes to nothing, and is made again after the next start. */
  stop(): void {
    this.#isStopped = true;
    this.#again?.();
  }

  #tryAgain(error: unknown): void {
    if (this.#isStopped) return;
    const { log, after } = this.#parts;
    log.error({ error: String(error) }, 'a vote could not be counted; trying again');
    this.#again = after(AGAIN_MS, () => {
      this.#again = null;
      this.look();
    });
  }

  async #count(): Promise<void> {
    const { chronicle, proofs, key, random } = this.#parts;
    const round = dueRound(chronicle);
    if (!round?.sealed) return;
    if (!round.sealed.tally) {
      const last = [...round.ballots.values()].flatMap(({ choice }) =>
        choice.kind === 'sealed' ? choice.ballot : [],
      );
      const tally = await proofs.sum(last, shapeOf(round.motion));
      this.#do({ act: 'tally', round: round.id, tally });
    }
    const secret = key();
    const { sealed } = dueRound(chronicle) ?? {};
    if (!secret || !sealed?.tally) return;
    const share = decryptPartially(sealed.election.hash, secret, sealed.tally.sum, random);
    wipe(secret);
    this.#do({ act: 'own-share', round: round.id, share: shareText(share) });
  }

  #do(act: OwnAct): void {
    if (this.#isStopped) throw new Error('the hall has stopped');
    const decision = this.#parts.chronicle.enact((state) => decideOwn(state, act));
    if (!decision.ok) throw new Error(`${act.act}: ${decision.reason}`);
  }
}

/** The closed secret vote without a result. */
function dueRound({ state }: Chronicle): Round | null {
  const round = state.current;
  return round?.phase === 'closed' && round.sealed && !round.result ? round : null;
}
