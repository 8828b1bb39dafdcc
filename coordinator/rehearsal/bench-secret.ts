import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkBallot, readElection, sealBallot } from '../../shared/belenios/ballot.ts';
import { electionArchive } from '../../shared/belenios/election-archive.ts';
import { holdElection, type Plan } from '../../shared/belenios/held-election.ts';
import { randomSecret } from '../../shared/belenios/secret.ts';
import { combine, decryptPartially } from '../../shared/belenios/tally.ts';
import { readTally } from '../../shared/belenios/tally-text.ts';
import { readTrustees } from '../../shared/belenios/trustees.ts';
import { ProofPool } from '../proofs/proof-pool.ts';

/** `hallvote bench secret`: what secret votes cost, and what belenios-tool takes for the same in the same run. */

type Shape = Pick<Plan, 'questions'> & { readonly name: string; readonly vote: number[][] };

const DECISION: Shape = {
  name: '表决 3 项 decision, 3 answers',
  questions: [{ answers: 3, min: 1, max: 1 }],
  vote: [[1, 0, 0]],
};
const SELECTION: Shape = {
  name: '差额 12 选 10 selection, 10 of 12',
  questions: [{ answers: 12, min: 0, max: 10 }],
  vote: [[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0]],
};
const APPRAISAL: Shape = {
  name: '测评 10 项 appraisal, 10 × 3',
  questions: Array.from({ length: 10 }, () => ({ answers: 3, min: 0, max: 1 })),
  vote: Array.from({ length: 10 }, () => [0, 1, 0]),
};
const ITEMISED: Shape = {
  name: '逐项 20 项 itemised, 20 × 3',
  questions: Array.from({ length: 20 }, () => ({ answers: 3, min: 0, max: 1 })),
  vote: Array.from({ length: 20 }, () => [1, 0, 0]),
};

export interface ShapeFigures {
  readonly shape: string;
  readonly ballotBytes: number;
  readonly sealMs: number;
  readonly checkMs: number;
  /** Per ballot, process and setup included, start of an empty process taken off; null where it is not there. */
  readonly beleniosMs: number | null;
}

const TOOL = process.env.HALLVOTE_BELENIOS_TOOL ?? 'belenios-tool';

/** The median time of `work`, run so often. */
function median(times: number, work: () => void): number {
  const all = Array.from({ length: times }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  return all[Math.floor(all.length / 2)] ?? 0;
}

/** What belenios-tool takes to verify an archive's ballots: that of many ballots less that of one, per ballot. */
function beleniosTime(plan: Plan): number | null {
  if (spawnSync(TOOL, ['--version']).status !== 0) return null;
  const timeOf = (votes: Plan['votes']): number => {
    const { record } = holdElection({ ...plan, votes });
    const { uuid } = readElection(record.election) ?? { uuid: 'x' };
    const folder = mkdtempSync(join(tmpdir(), 'hallvote-bench-'));
    writeFileSync(join(folder, `${uuid}.bel`), electionArchive(record));
    const time = median(3, () => {
      if (spawnSync(TOOL, ['election', 'verify', '--dir', folder]).status !== 0)
        throw new Error('belenios-tool refuses');
    });
    rmSync(folder, { recursive: true });
    return time;
  };
  const [few, many] = [plan.votes.slice(0, 1), plan.votes];
  return (timeOf(many) - timeOf(few)) / (many.length - few.length);
}

function shapeFigures({ name: shape, questions, vote }: Shape, say: (line: string) => void): ShapeFigures {
  say(shape);
  const trustees = { size: 3, threshold: 2 };
  const votes = Array.from({ length: 40 }, (_, voter) => ({ voter, vote }));
  const plan = { questions, trustees, voters: votes.length, votes };
  const { record } = holdElection({ ...plan, votes: votes.slice(0, 8) });
  const election = readElection(record.election);
  if (!election) throw new Error('no election');
  const credential = randomSecret(randomBytes);
  const ballots = record.ballots;
  for (const ballot of ballots) checkBallot(election, ballot);
  const sealMs = median(15, () => void sealBallot(election, credential, vote, randomBytes));
  let i = 0;
  const checkMs = median(25, () => {
    if (!checkBallot(election, ballots[i++ % ballots.length] ?? '').ok) throw new Error('refused');
  });
  return {
    shape,
    ballotBytes: ballots[0]?.length ?? 0,
    sealMs,
    checkMs,
    beleniosMs: beleniosTime(plan),
  };
}

export interface CloseFigures {
  readonly ballots: number;
  /** Judging all ballots of a burst on all threads. */
  readonly judgeMs: number;
  /** From the close to the result: adding up, two shares, combination. */
  readonly resultMs: number;
}

/** Judges and counts so many ballots on the pool, as the coordinator does. Ballots are made few and used again. */
async function closeFigures(
  pool: ProofPool,
  { questions, vote }: Shape,
  count: number,
): Promise<CloseFigures> {
  const made = Array.from({ length: Math.min(count, 60) }, (_, voter) => ({ voter, vote }));
  const plan = { questions, trustees: { size: 3, threshold: 2 }, voters: made.length, votes: made };
  const { record, keys } = holdElection(plan);
  const election = readElection(record.election);
  const trustees = readTrustees(record.trustees);
  if (!election || !trustees) throw new Error('no election');
  const ballots = Array.from({ length: count }, (_, i) => record.ballots[i % record.ballots.length] ?? '');
  await pool.check(record.election, ballots.slice(0, 4));
  const start = performance.now();
  const problems = await Promise.all(ballots.map((ballot) => pool.check(record.election, [ballot])));
  if (problems.flat().some((problem) => problem !== null)) throw new Error('refused');
  const judged = performance.now();
  const sum = readTally(
    await pool.sum(
      ballots,
      questions.map(({ answers }) => answers),
    ),
  );
  if (!sum) throw new Error('no sum');
  const shares = keys.slice(0, 2).map((key, i) => ({
    ...decryptPartially(election.hash, key, sum, randomBytes),
    owner: i + 1,
  }));
  if (!combine(sum, shares, trustees.threshold, count)) throw new Error('no result');
  return { ballots: count, judgeMs: judged - start, resultMs: performance.now() - judged };
}

/** Sealing by what is chosen: the same, if all is well. */
function sealTimes(say: (line: string) => void): Record<string, number> {
  say('sealing by choice');
  const { questions } = SELECTION;
  const { record } = holdElection({
    questions,
    trustees: null,
    voters: 1,
    votes: [{ voter: 0, vote: [[1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]] }],
  });
  const election = readElection(record.election);
  if (!election) throw new Error('no election');
  const credential = randomSecret(randomBytes);
  const chosen = [0, 1, 5, 10];
  const times = new Map<number, number[]>(chosen.map((n) => [n, []]));
  // In turns, so that the machine's moods fall on all alike.
  for (let i = 0; i < 25; i += 1)
    for (const n of chosen) {
      const vote = Array.from({ length: 12 }, (_, at) => (at < n ? 1 : 0));
      times.get(n)?.push(median(1, () => void sealBallot(election, credential, [vote], randomBytes)));
    }
  const middle = (all: number[]) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
  return Object.fromEntries([...times].map(([n, all]) => [String(n), middle(all)]));
}

const ms = (value: number) => `${value.toFixed(value < 100 ? 1 : 0)} ms`;

/** Runs everything and prints it. */
export async function benchSecret(json: boolean, say: (line: string) => void): Promise<void> {
  const pool = new ProofPool();
  try {
    const shapes = [DECISION, SELECTION, APPRAISAL, ITEMISED].map((shape) => shapeFigures(shape, say));
    const closes = [];
    for (const count of [200, 3000]) {
      say(`${count} ballots`);
      closes.push(await closeFigures(pool, SELECTION, count));
    }
    say('3376 decision ballots');
    const burst = await closeFigures(pool, DECISION, 3376);
    const byChoice = sealTimes(say);
    const figures = { threads: availableParallelism(), shapes, closes, burst, sealMsByChosen: byChoice };
    process.stdout.write(json ? `${JSON.stringify(figures)}\n` : table(figures));
  } finally {
    await pool.close();
  }
}

function table({
  threads,
  shapes,
  closes,
  burst,
  sealMsByChosen,
}: {
  threads: number;
  shapes: readonly ShapeFigures[];
  closes: readonly CloseFigures[];
  burst: CloseFigures;
  sealMsByChosen: Record<string, number>;
}): string {
  const lines = shapes.map(({ shape, ballotBytes, sealMs, checkMs, beleniosMs }) => {
    const peer =
      beleniosMs === null
        ? 'belenios-tool 未安装 not there'
        : `belenios-tool ${ms(beleniosMs)}, ${(beleniosMs / checkMs).toFixed(2)} ×`;
    return `  ${shape}\n      ${ballotBytes} B   密封 seal ${ms(sealMs)}   验证 check ${ms(checkMs)}   ${peer}`;
  });
  const counted = closes.map(
    ({ ballots, judgeMs, resultMs }) =>
      `  ${ballots} 张 ballots, 12 选 10: 验证 judged ${ms(judgeMs)}   结束到结果 close to result ${ms(resultMs)}`,
  );
  const chosen = Object.entries(sealMsByChosen).map(([n, time]) => `${n}: ${ms(time)}`);
  return `${[
    ...lines,
    `  线程 threads ${threads}`,
    ...counted,
    `  ${burst.ballots} 张 decision ballots at once: 验证 judged ${ms(burst.judgeMs)}`,
    `  密封时间按所选项数 sealing by number chosen   ${chosen.join('   ')}`,
  ].join('\n')}\n`;
}
