import type { BallotProblem } from '../../../shared/belenios/ballot.ts';
import { shapeOf } from '../../../shared/kinds/counting.ts';
import type { Motion } from '../../../shared/kinds/kinds.ts';
import type { Reason } from '../../../shared/protocol/reasons.ts';
import { type Done, type Job, reasonOf } from '../../proofs/proofs.ts';
import type { Entry } from '../../sitting/fold.ts';
import type { Round, Sitting } from '../../sitting/state.ts';
import { type Fault, fault, reasonWords } from './problems.ts';

/** Ballots checked between two words about progress. */
const STRIDE = 256;

interface Found {
  readonly fault: Fault;
  readonly at: { readonly seq: number; readonly type: string };
}

interface Noted {
  readonly seq: number;
  readonly text: string;
  rejected: Reason | null;
}

/** A sum of sealed ballots as an entry tells it. */
interface Sum {
  readonly seq: number;
  readonly tally: string;
  readonly motion: Motion;
  readonly last: readonly string[];
}

/** Gathers what the rules of the ledger alone cannot tell of secret votes, to be checked at the end, on many threads. */
export class SealedBallots {
  readonly #ballots = new Map<Round['id'], { readonly election: string; readonly all: Noted[] }>();
  readonly #sums: Sum[] = [];

  /** Takes note of an entry; `sitting` has been folded up to it. */
  note(sitting: Sitting, { row, says }: Entry): void {
    if (says.typ === 'ballot' && says.choice.kind === 'sealed') {
      const election = sitting.rounds.get(says.round)?.sealed?.electionText ?? '';
      const noted = this.#ballots.get(says.round) ?? { election, all: [] };
      noted.all.push({ seq: row.seq, text: says.choice.ballot, rejected: null });
      this.#ballots.set(says.round, noted);
    } else if (says.typ === 'ballot-rejected') {
      const ballot = this.#ballots.get(says.round)?.all.find(({ seq }) => seq === says.ballot);
      if (ballot) ballot.rejected = says.reason;
    } else if (says.typ === 'tallied') {
      const round = sitting.rounds.get(says.round);
      const last = [...(round?.ballots.values() ?? [])].flatMap(({ choice }) =>
        choice.kind === 'sealed' ? choice.ballot : [],
      );
      if (round) this.#sums.push({ seq: row.seq, tally: says.tally, motion: round.motion, last });
    }
  }

  /** The first entry that does not hold; null where all do. */
  *check(onProgress: (done: number, all: number) => void): Generator<Job, Found | null, Done> {
    const rounds = [...this.#ballots.values()];
    const count = rounds.reduce((all, round) => all + round.all.length, 0);
    let checked = 0;
    for (const { election, all } of rounds)
      for (let at = 0; at < all.length; at += STRIDE) {
        const some = all.slice(at, at + STRIDE);
        const done = yield { do: 'check', election, ballots: some.map(({ text }) => text) };
        const found = wrongBallot(some, 'check' in done ? done.check : []);
        if (found) return found;
        checked += some.length;
        onProgress(checked, count);
      }
    for (const { seq, tally, motion, last } of this.#sums) {
      const done = yield { do: 'sum', ballots: [...last], shape: shapeOf(motion) };
      if (!('sum' in done) || done.sum !== tally)
        return { fault: fault('wrong-sum'), at: { seq, type: 'tallied' } };
    }
    return null;
  }
}

function wrongBallot(ballots: readonly Noted[], problems: readonly (BallotProblem | null)[]): Found | null {
  for (const [i, { seq, rejected }] of ballots.entries()) {
    const found = problems[i];
    const problem = found === undefined ? 'malformed' : found;
    const at = { seq, type: 'ballot' };
    if (problem !== null && rejected === null)
      return { fault: fault('ballot-false', reasonWords(reasonOf(problem))), at };
    if (rejected !== null && (problem === null || reasonOf(problem) !== rejected))
      return { fault: fault('ballot-holds'), at };
  }
  return null;
}
