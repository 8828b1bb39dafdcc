import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { checkBallot, readElection } from '../../shared/belenios/ballot.ts';
import { basePower, encode } from '../../shared/belenios/group.ts';
import { isOpening } from '../../shared/belenios/opening.ts';
import { electionText } from '../../shared/protocol/secret-election.ts';
import { manualClock } from '../machine/clock.ts';
import { round, selection } from '../testing/fixtures.ts';
import { memoryCredentials } from './credential.ts';
import { Sealer } from './sealer.ts';

const SITTING = { zh: '第一次会议' };
const election = { uuid: '3eFVEuVaq6maBEHpe1Zsq4', key: encode(basePower(77n)) };
const motion = { ...selection(), voting: 'secret' as const };
const inHand = { ...round(motion), election };
const choice = { kind: 'selection', chosen: ['p1', 'p4'] } as const;

const clock = manualClock();
const make = (pause: () => Promise<void>) =>
  new Sealer({ random: randomBytes, pause, clock, withinMs: 20_000 });

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
  const sealer = make(async () => {
    pauses += 1;
  });
  const made = await sealed(sealer);
  const read = readElection(electionText(election, SITTING, motion));
  if (!read) throw new Error('not sealed');
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
  const sealer = make(async () => {});
  await sealed(sealer);
  sealer.forget();
  expect(sealer.open()).toBeNull();
});

test('sealing that never ends is given up in time; what comes after all is let go', async () => {
  const stuck: (() => void)[] = [];
  const sealer = make(() => new Promise((resolve) => stuck.push(resolve)));
  const late = sealed(sealer);
  clock.advance(20_000);
  await expect(late).rejects.toThrow('not sealed in 20000 ms');
  const again = sealed(sealer);
  // Both go on now, the one that was given up first.
  for (let step = 0; step < 100; step += 1) {
    for (const go of stuck.splice(0)) go();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { ballot } = await again;
  const read = readElection(electionText(election, SITTING, motion));
  const opening = sealer.open();
  if (!read || !opening) throw new Error('not kept');
  expect(isOpening(read, ballot, opening)).toBe(true);
});

test('a round that is no election, and randomness that fails, are said so', async () => {
  const credential = memoryCredentials(randomBytes).of('D1');
  const open = { ...choice, chosen: [...choice.chosen] };
  const seal = (sealer: Sealer, of = inHand) => sealer.seal(of, SITTING, open, credential);
  const none = { ...inHand, election: { ...election, key: 'f'.repeat(64) } };
  await expect(
    seal(
      make(async () => {}),
      none,
    ),
  ).rejects.toThrow('no election');
  const random = () => {
    throw new Error('no randomness');
  };
  const broken = new Sealer({ random, pause: async () => {}, clock, withinMs: 20_000 });
  await expect(seal(broken)).rejects.toThrow('no randomness');
});
