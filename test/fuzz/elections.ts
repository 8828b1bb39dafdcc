import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { ElectionRecord } from '../../shared/belenios/election-archive.ts';
import { holdElection, type Plan } from '../../shared/belenios/held-election.ts';
import { type Secret, secretOf, secretText } from '../../shared/belenios/secret.ts';
import { FIXTURES } from './engine/corpus.ts';
import { once } from './once.ts';

/** Elections held once and kept: inputs found in one run must mean the same in the next. */

const PLANS = {
  /** Two questions, two trustees. */
  ballots: {
    questions: [
      { answers: 2, min: 1, max: 1 },
      { answers: 3, min: 0, max: 2 },
    ],
    trustees: { size: 2, threshold: 2 },
    votes: [
      {
        voter: 0,
        vote: [
          [1, 0],
          [1, 1, 0],
        ],
      },
      {
        voter: 1,
        vote: [
          [0, 1],
          [0, 0, 0],
        ],
      },
    ],
    voters: 2,
  },
  /** One question, one key, a ballot replaced. */
  archive: {
    questions: [{ answers: 2, min: 0, max: 1 }],
    trustees: null,
    votes: [
      { voter: 0, vote: [[1, 0]] },
      { voter: 1, vote: [[0, 0]] },
      { voter: 0, vote: [[0, 1]] },
    ],
    voters: 2,
  },
} satisfies Record<string, Plan>;

const Kept = z.object({
  record: z.object({
    timestamp: z.number(),
    election: z.string(),
    trustees: z.string(),
    credentials: z.array(z.string()),
    ballots: z.array(z.string()),
    tally: z.object({ ballots: z.number(), text: z.string() }),
    shares: z.array(z.object({ owner: z.number(), text: z.string() })),
    result: z.string(),
  }),
  secrets: z.array(z.string()),
});

const PATH = join(FIXTURES, 'elections.json');

export interface KeptElection {
  readonly record: ElectionRecord & z.infer<typeof Kept>['record'];
  /** The voters' credentials. */
  readonly secrets: readonly Secret[];
}

const kept = once(() => z.record(z.string(), Kept).parse(JSON.parse(readFileSync(PATH, 'utf8'))));

export function keptElection(name: keyof typeof PLANS): KeptElection {
  const found = kept()[name];
  if (!found) throw new Error(`${PATH} lacks ${name}`);
  return { record: found.record, secrets: found.secrets.map((text) => secretOf(BigInt(text))) };
}

/** The file's text, held anew; null where there is one. */
export function electionsFile(): { readonly path: string; readonly text: string } | null {
  if (existsSync(PATH)) return null;
  const all = Object.entries(PLANS).map(([name, plan]) => {
    const { record, credentials } = holdElection(plan);
    return [name, { record, secrets: credentials.map(secretText) }];
  });
  return { path: PATH, text: `${JSON.stringify(Object.fromEntries(all), null, 1)}\n` };
}
