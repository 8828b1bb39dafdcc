import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readElection, sealBallot } from './ballot.ts';
import { type ElectionRecord, electionArchive, setupArchive } from './election-archive.ts';
import { type Held, holdElection, makeTrustees, type Plan } from './held-election.ts';
import { fixture, REFERENCE } from './reference.ts';
import { randomSecret } from './secret.ts';
import { sumOfBallots } from './sum.ts';
import { decryptPartially } from './tally.ts';
import { readTally, resultText, shareText, tallyText } from './tally-text.ts';
import { verifyElection } from './verify-archive.ts';

/** The election of a record, as ours and as belenios-tool judge it. */
const judged = (record: ElectionRecord) => verifyElection(electionArchive(record));
const problem = (record: ElectionRecord) => {
  const found = judged(record);
  return 'problem' in found ? found.problem : null;
};

const SELECTION: Plan = {
  questions: [{ answers: 4, min: 0, max: 2 }],
  trustees: { size: 3, threshold: 2 },
  voters: 4,
  votes: [
    { voter: 0, vote: [[1, 1, 0, 0]] },
    { voter: 1, vote: [[0, 0, 0, 0]] },
    { voter: 2, vote: [[1, 0, 0, 1]] },
    { voter: 0, vote: [[0, 1, 0, 0]] },
  ],
};

describe('the reference elections', () => {
  it.each(REFERENCE)('%s holds from its setup to its result', (name) => {
    const found = verifyElection(fixture(`${name}.bel`));
    expect(found).not.toHaveProperty('problem');
    expect('result' in found && found.result).toBeTruthy();
  });

  it('but not the one that was stuffed', () => {
    expect(verifyElection(fixture('stuffed.bel'))).toMatchObject({ problem: 'wrong-choice-proof' });
  });
});

describe('elections held here', () => {
  it('come to what plain counting comes to, whatever is asked and chosen', () => {
    const plan = fc
      .record({
        questions: fc.array(
          fc.record({ answers: fc.integer({ min: 1, max: 4 }), max: fc.integer({ min: 0, max: 4 }) }),
          { minLength: 1, maxLength: 3 },
        ),
        trustees: fc.constantFrom(null, { size: 2, threshold: 2 }, { size: 3, threshold: 2 }),
        casts: fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.infiniteStream(fc.boolean())), {
          minLength: 1,
          maxLength: 6,
        }),
      })
      .map(({ questions, trustees, casts }): Plan => {
        const asked = questions.map(({ answers, max }) => ({ answers, min: 0, max: Math.min(max, answers) }));
        const votes = casts.map(([voter, bits]) => ({
          voter,
          vote: asked.map(({ answers, max }) => {
            let left = max;
            return Array.from({ length: answers }, () => {
              const one = left > 0 && bits.next().value === true;
              if (one) left -= 1;
              return one ? 1 : 0;
            });
          }),
        }));
        return { questions: asked, trustees, voters: 4, votes };
      });
    fc.assert(
      fc.property(plan, (each) => {
        const { record, result } = holdElection(each);
        const last = [...new Map(each.votes.map(({ voter, vote }) => [voter, vote])).values()];
        const plain = each.questions.map(({ answers }, i) =>
          Array.from({ length: answers }, (_, j) => last.reduce((all, vote) => all + (vote[i]?.[j] ?? 0), 0)),
        );
        expect(result).toEqual(plain);
        expect(judged(record)).toMatchObject({ result: plain, counted: last.length });
      }),
      { numRuns: 10 },
    );
  });

  it('are refused with anything false in them, the chain made anew around it', () => {
    const held = holdElection(SELECTION);
    const { record } = held;
    const election = readElection(record.election);
    const [first = '', second = '', third = '', fourth = ''] = record.ballots;
    if (!election) throw new Error('no election');
    expect(problem(record)).toBeNull();
    const withBallots = (ballots: string[]) => ({ ...record, ballots });
    const stranger = sealBallot(election, randomSecret(randomBytes), [[1, 0, 0, 0]], randomBytes);
    const other = holdElection(SELECTION);
    const choices = (ballot: string) => /"choices":\[.*?\]/.exec(ballot)?.[0] ?? '';
    const cases: [string, ElectionRecord, string][] = [
      ['a ballot dropped', withBallots([first, second, third]), 'wrong-tally'],
      ['a ballot twice', withBallots([first, second, third, fourth, fourth]), 'ballot-twice'],
      [
        'another order, so that an earlier vote counts',
        withBallots([fourth, second, third, first]),
        'wrong-tally',
      ],
      ['a ballot of nobody’s', withBallots([...record.ballots, stranger]), 'unknown-credential'],
      [
        'a ballot of another election',
        withBallots([...record.ballots, other.record.ballots[0] ?? '']),
        'another-election',
      ],
      [
        'somebody’s choices copied',
        withBallots([first.replace(choices(first), choices(third)), second, third, fourth]),
        'wrong-choice-proof',
      ],
      [
        'a credential left out',
        { ...record, credentials: record.credentials.filter((each) => !first.includes(each)) },
        'unknown-credential',
      ],
      [
        'a credential twice',
        { ...record, credentials: [...record.credentials, record.credentials[0] ?? ''] },
        'wrong-setup',
      ],
      ['other trustees', { ...record, trustees: makeTrustees(3, 2).text }, 'wrong-setup'],
      [
        'another sum',
        { ...record, tally: { ballots: 3, text: other.record.tally?.text ?? '' } },
        'wrong-tally',
      ],
      ['another number', { ...record, tally: { ballots: 4, text: record.tally?.text ?? '' } }, 'wrong-tally'],
      ['shares of another tally', { ...record, shares: other.record.shares }, 'wrong-share'],
      [
        'a share given twice',
        { ...record, shares: [record.shares[0], record.shares[0]].flatMap((s) => s ?? []) },
        'wrong-share',
      ],
      [
        'a share under another name',
        { ...record, shares: record.shares.map(({ owner, text }) => ({ owner: 3 - owner, text })) },
        'wrong-share',
      ],
      ['too few shares', { ...record, shares: record.shares.slice(1) }, 'wrong-result'],
      ['another result', { ...record, result: resultText([[2, 2, 0, 1]]) }, 'wrong-result'],
    ];
    for (const [what, changed, expected] of cases) {
      const found = problem(changed);
      expect(found, what).not.toBeNull();
      if (!what.startsWith('somebody')) expect(found, what).toBe(expected);
    }
  });

  it('cannot be opened by fewer scrutineers than agreed, nor one ballot by a share of the sum', () => {
    const { record, keys } = holdElection(SELECTION);
    const election = readElection(record.election);
    const alone = sumOfBallots(record.ballots.slice(3), [4]);
    const tally = readTally(tallyText(alone));
    if (!election || !tally) throw new Error('no election');
    const [key = new Uint8Array(32)] = keys;
    const share = { owner: 1, text: shareText(decryptPartially(election.hash, key, tally, randomBytes)) };
    // The share holds for that ballot alone, and one of two says nothing of it: see tally.test.ts.
    expect(problem({ ...record, shares: [share, ...record.shares.slice(1)] })).toBe('wrong-share');
  });
});

const TOOL = process.env.HALLVOTE_BELENIOS_TOOL ?? 'belenios-tool';
const hasTool = spawnSync(TOOL, ['--version']).status === 0;
if (!hasTool)
  console.warn('belenios-tool is not here: that it verifies our elections is NOT tested in this run');

const DECISION: Plan = {
  questions: [{ answers: 3, min: 1, max: 1 }],
  trustees: null,
  voters: 3,
  votes: [
    { voter: 2, vote: [[0, 0, 1]] },
    { voter: 0, vote: [[1, 0, 0]] },
    { voter: 2, vote: [[1, 0, 0]] },
  ],
};
const APPRAISAL: Plan = {
  questions: Array.from({ length: 3 }, () => ({ answers: 4, min: 0, max: 1 })),
  trustees: { size: 3, threshold: 2 },
  voters: 2,
  votes: [
    {
      voter: 0,
      vote: [
        [1, 0, 0, 0],
        [0, 0, 0, 0],
        [0, 0, 0, 1],
      ],
    },
    {
      voter: 1,
      vote: [
        [0, 1, 0, 0],
        [0, 0, 1, 0],
        [1, 0, 0, 0],
      ],
    },
  ],
};

describe.skipIf(!hasTool)('belenios-tool', () => {
  const inFolder = <T>({ record }: Held, work: (folder: string) => T): T => {
    const folder = mkdtempSync(join(tmpdir(), 'hallvote-belenios-'));
    try {
      const { uuid } = readElection(record.election) ?? { uuid: 'x' };
      writeFileSync(join(folder, `${uuid}.bel`), electionArchive(record));
      return work(folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  it.each([
    ['a decision under one key', DECISION],
    ['a selection under 2 of 3, with a re-vote', SELECTION],
    ['an appraisal under 2 of 3', APPRAISAL],
  ])('verifies %s, ballot by ballot and as a whole, and no other result', (_, plan) => {
    const held = holdElection(plan);
    inFolder(held, (folder) => {
      const run = (...args: string[]) => spawnSync(TOOL, ['election', ...args, '--dir', folder]).status;
      expect(run('verify')).toBe(0);
      const { uuid } = readElection(held.record.election) ?? { uuid: 'x' };
      writeFileSync(join(folder, `${uuid}.bel`), setupArchive(held.record));
      for (const ballot of held.record.ballots) {
        writeFileSync(join(folder, 'ballot.json'), ballot);
        expect(run('verify-ballot', '--ballot', join(folder, 'ballot.json'))).toBe(0);
      }
    });
    const other = held.result.map((counts) => counts.map((count, i) => (i === 0 ? count + 1 : count)));
    const forged = { ...held, record: { ...held.record, result: resultText(other) } };
    inFolder(forged, (folder) =>
      expect(spawnSync(TOOL, ['election', 'verify', '--dir', folder]).status).not.toBe(0),
    );
    expect(problem(forged.record)).toBe('wrong-result');
  });
});
