import { z } from 'zod';
import {
  type BallotProblem,
  checkBallot,
  type Election,
  readElection,
} from '../../shared/belenios/ballot.ts';
import { sumOfBallots } from '../../shared/belenios/sum.ts';
import { tallyText } from '../../shared/belenios/tally-text.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import type { Value } from '../../shared/protocol/value.ts';

/** The heavy arithmetic of secret votes, wherever it is done: on this thread or on others. */
export interface Proofs {
  /** Says that ballots of an election are to come: whoever does the work may get ready. */
  prepare(election: string): void;
  /** What is wrong with each ballot of an election; null where nothing is. `election`: `election.json`. */
  check(election: string, ballots: readonly string[]): Promise<readonly (BallotProblem | null)[]>;
  /** `encrypted_tally.json` of checked ballots, one a credential. `shape`: answers of each question. */
  sum(ballots: readonly string[], shape: readonly number[]): Promise<string>;
}

/** A piece of work, as it crosses to another thread. */
export const Job = z.discriminatedUnion('do', [
  z.object({ do: z.literal('check'), election: z.string(), ballots: z.array(z.string()) }),
  z.object({ do: z.literal('sum'), ballots: z.array(z.string()), shape: z.array(z.number()) }),
]);
export type Job = Value<typeof Job>;

export type Done = { readonly check: (BallotProblem | null)[] } | { readonly sum: string };

let lastRead: { text: string; election: Election | null } | null = null;

function electionOf(text: string): Election | null {
  if (lastRead?.text !== text) lastRead = { text, election: readElection(text) };
  return lastRead.election;
}

/** Does a piece of work here and now. */
export function work(job: Job): Done {
  if (job.do === 'sum') return { sum: tallyText(sumOfBallots(job.ballots, job.shape)) };
  const election = electionOf(job.election);
  return {
    check: job.ballots.map((ballot) => {
      if (!election) return 'another-election';
      // Whatever a ballot does to the check, it must not keep the vote from closing.
      try {
        const checked = checkBallot(election, ballot);
        return checked.ok ? null : checked.problem;
      } catch {
        return 'malformed';
      }
    }),
  };
}

/** Has a piece of work done by `proofs`. */
export async function handOut(proofs: Proofs, job: Job): Promise<Done> {
  if (job.do === 'sum') return { sum: await proofs.sum(job.ballots, job.shape) };
  return { check: [...(await proofs.check(job.election, job.ballots))] };
}

/** A sealed ballot's problem as the terminal is told of it. */
export function reasonOf(problem: BallotProblem): Reason {
  switch (problem) {
    case 'malformed':
    case 'wrong-shape':
      return 'sealed-malformed';
    case 'another-election':
      return 'sealed-for-another-vote';
    case 'bad-point':
    case 'wrong-choice-proof':
    case 'wrong-sum-proof':
    case 'wrong-signature':
      return 'sealed-without-proof';
  }
}
