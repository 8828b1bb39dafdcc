import type { Reason } from '../../../shared/protocol/reasons.ts';
import { type Proofs, reasonOf } from '../../proofs/proofs.ts';
import type { Chronicle } from '../../sitting/chronicle.ts';
import { BY_HALL } from '../../sitting/decided.ts';
import { type Round, sealedBallots } from '../../sitting/state.ts';

/** Nobody can say now whether a ballot's proofs hold: no fault of the ballot, and to be tried again. */
export class ProofsUnavailable extends Error {}

/**
 * Where recorded sealed ballots are judged: nobody hears that a ballot counts, and no vote closes, before that. A ballot
 * that proves false is entered as rejected.
 */
export class ProofDesk {
  readonly #chronicle: Chronicle;
  readonly #proofs: Proofs;
  /** Entry of a ballot → what became or will become of it, for the round in hand. */
  readonly #verdicts = new Map<number, Promise<Reason | null>>();
  readonly #unjudged = new Set<Promise<Reason | null>>();
  #round = '';

  constructor(chronicle: Chronicle, proofs: Proofs) {
    this.#chronicle = chronicle;
    this.#proofs = proofs;
  }

  /** Judges again what was recorded before the coordinator was started: no verdict but a rejection is in the ledger. */
  resume(): void {
    const round = this.#chronicle.state.current;
    if (round?.phase !== 'open') return;
    for (const { seq, text } of sealedBallots(round)) this.judge(round, seq, text).catch(() => {});
  }

  /** A vote has been opened: where it is secret, the first ballot is not to wait until threads are started. */
  prepare(): void {
    const election = this.#chronicle.state.current?.sealed?.electionText;
    if (election !== undefined) this.#proofs.prepare(election);
  }

  /** Why the sealed ballot of entry `seq` does not count; null where it does. Rejects where that cannot be found out now ({@link ProofsUnavailable}). */
  judge(round: Round, seq: number, text: string): Promise<Reason | null> {
    if (round.id !== this.#round) this.#verdicts.clear();
    this.#round = round.id;
    const known = this.#verdicts.get(seq);
    if (known) return known;
    const verdict = this.#judge(round, seq, text);
    this.#verdicts.set(seq, verdict);
    this.#unjudged.add(verdict);
    verdict.then(
      () => this.#unjudged.delete(verdict),
      () => {
        // Judged anew when the terminal asks again, or before the vote closes.
        this.#verdicts.delete(seq);
        this.#unjudged.delete(verdict);
      },
    );
    return verdict;
  }

  /** Resolves when every sealed ballot of the round in hand is judged. */
  async settled(): Promise<void> {
    const round = this.#chronicle.state.current;
    if (!round?.sealed) return;
    await Promise.all(sealedBallots(round).map(({ seq, text }) => this.judge(round, seq, text)));
    await Promise.all(this.#unjudged);
  }

  async #judge(round: Round, seq: number, text: string): Promise<Reason | null> {
    const [problem] = await this.#proofs.check(round.sealed?.electionText ?? '', [text]).catch((error) => {
      throw new ProofsUnavailable(`a ballot's proofs cannot be checked: ${error}`, { cause: error });
    });
    if (problem === null) return null;
    const reason = reasonOf(problem ?? 'malformed');
    this.#chronicle.commit((writer) =>
      writer.own(
        [{ typ: 'ballot-rejected', ...BY_HALL, round: round.id, ballot: seq, reason }],
        this.#chronicle.now(),
      ),
    );
    return reason;
  }
}
