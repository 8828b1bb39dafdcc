import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { MAX_ITEMS } from '../kinds/common.ts';
import { shapeOf, votesOf } from '../kinds/counting.ts';
import { Motion } from '../kinds/kinds.ts';
import { MAX_SEALED_LENGTH } from '../protocol/ballot.ts';
import { nodeSigner } from '../protocol/ed25519-node.ts';
import { MAX_SEALED_MESSAGE_LENGTH, signJws } from '../protocol/jws.ts';
import { makeKeyPair } from '../protocol/keys.ts';
import { Audit, Ballot } from '../protocol/messages.ts';
import { electionText } from '../protocol/secret-election.ts';
import { checkBallot, readElection, sealBallot } from './ballot.ts';
import { basePower, encode } from './group.ts';
import { longestBallot } from './longest-ballot.ts';
import { REFERENCE, reference } from './reference.ts';
import { randomSecret } from './secret.ts';

describe.each(REFERENCE)('the reference election %s', (name) => {
  const { election, ballots } = reference(name);

  it('has no ballot longer than a ballot can be, and one of the longest numbers is just as long', () => {
    const longest = longestBallot(election);
    for (const ballot of ballots) {
      expect(ballot.length).toBeLessThanOrEqual(longest);
      expect(ballot.replaceAll(/"\d+"/g, `"${'9'.repeat(76)}"`)).toHaveLength(longest);
    }
  });
});

describe('a secret vote on a hundred items', () => {
  const itemId = (n: number) => `i${n}`.padEnd(64, 'x');
  const motion = Motion.parse({
    id: 'm',
    title: '任命名单',
    voting: 'secret',
    press: 'last',
    seconds: null,
    quorum: '1/2',
    basis: 'roll',
    kind: 'itemised',
    items: Array.from({ length: MAX_ITEMS }, (_, n) => ({ id: itemId(n), title: `人选${n}` })),
    threshold: '过半数',
  });
  const seal = { uuid: 'k5DWD9uCcU1SM6EPnJqCJf', key: encode(basePower(7n)) };
  const election = readElection(electionText(seal, { zh: '会议' }, motion));
  if (!election) throw new Error('no election');
  const from = {
    v: 1,
    id: 'A'.repeat(22),
    hall: itemId(1),
    sitting: itemId(2),
    terminal: itemId(3),
    deputy: itemId(4),
    round: `${itemId(5)}/t9999`,
    opening: 'a'.repeat(64),
  };
  const signer = nodeSigner(makeKeyPair(randomBytes));
  const longest = 'x'.repeat(longestBallot(election));

  it('has ballots that keep to the bounds, and so do the messages that carry them', () => {
    expect(shapeOf(motion)).toEqual(Array.from({ length: MAX_ITEMS }, () => 3));
    expect(longest.length).toBeLessThanOrEqual(MAX_SEALED_LENGTH);
    const press = Number.MAX_SAFE_INTEGER;
    const ballot = { typ: 'ballot', ...from, press, choice: { kind: 'sealed', ballot: longest } };
    const randomness = shapeOf(motion).map((n) => Array.from({ length: n }, () => '9'.repeat(76)));
    const votes = randomness.map((each) => each.map(() => 0));
    expect(signJws(Ballot.parse(ballot), signer).length).toBeLessThanOrEqual(MAX_SEALED_MESSAGE_LENGTH);
    const audit = { typ: 'audit', ...from, ballot: longest, votes, randomness };
    const sent = Audit.safeParse(audit);
    const opened = sent.success ? sent.data : audit;
    expect(signJws(opened, signer).length).toBeLessThanOrEqual(MAX_SEALED_MESSAGE_LENGTH);
  });

  it('is sealed and checked, whatever is answered or left out', () => {
    const options = ['for', 'against', 'abstain'] as const;
    const answers = Array.from({ length: MAX_ITEMS }, (_, n) => n)
      .filter((n) => n % 4 !== 3)
      .map((n) => ({ item: itemId(n), option: options[n % 3] ?? 'for' }));
    const votes = votesOf(motion, { kind: 'itemised', answers });
    expect(votes.flat().filter((vote) => vote === 1)).toHaveLength(75);
    const ballot = sealBallot(election, randomSecret(randomBytes), votes, randomBytes);
    expect(ballot.length).toBeLessThanOrEqual(longest.length);
    expect(checkBallot(election, ballot).ok).toBe(true);
  });
});
