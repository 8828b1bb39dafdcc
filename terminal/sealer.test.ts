import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { checkBallot, readElection } from '../shared/belenios/ballot.ts';
import { basePower, encode } from '../shared/belenios/group.ts';
import { isOpening } from '../shared/belenios/opening.ts';
import { electionText } from '../shared/secret-election.ts';
import { memoryCredentials } from './credential.ts';
import { Sealer } from './sealer.ts';
import { round, selection } from './testing/fixtures.ts';

const SITTING = { zh: '第一次会议' };
const election = { uuid: '3eFVEuVaq6maBEHpe1Zsq4', key: encode(basePower(77n)) };
const motion = { ...selection(), voting: 'secret' as const };
const inHand = { ...round(motion), election };
const choice = { kind: 'selection', chosen: ['p1', 'p4'] } as const;

function sealed(sealer: Sealer) {
  return sealer.seal(
    inHand,
    SITTING,
    { ...choice, chosen: [...choice.chosen] },
    memoryCredentials(randomBytes).of('D1'),
  );
}

test('a sealed ballot checks, and opens to the choice once and no more', async () => {
  let pauses = 0;
  const sealer = new Sealer(randomBytes, async () => {
    pauses += 1;
  });
  const made = await sealed(sealer);
  const read = readElection(electionText(election, SITTING, motion));
  if (!made || !read) throw new Error('not sealed');
  expect(checkBallot(read, made.ballot)).toMatchObject({ ok: true, tracker: made.code });
  // One for every answer and one for the whole: other work goes on between them.
  expect(pauses).toBe(motion.kind === 'selection' ? motion.candidates.length + 1 : 0);
  const opening = sealer.open();
  if (!opening) throw new Error('not kept');
  expect(opening.votes[0]?.slice(0, 5)).toEqual([1, 0, 0, 1, 0]);
  expect(isOpening(read, made.ballot, opening)).toBe(true);
  const lie = { ...opening, votes: [[0, 1, 0, 1, ...Array.from({ length: 8 }, () => 0)]] };
  expect(isOpening(read, made.ballot, lie)).toBe(false);
  expect(sealer.open()).toBeNull();
});

test('a ballot that was cast can be opened by nobody', async () => {
  const sealer = new Sealer(randomBytes, async () => {});
  await sealed(sealer);
  sealer.forget();
  expect(sealer.open()).toBeNull();
});
