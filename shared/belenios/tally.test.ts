import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkBallot, type Election, sealBallot } from './ballot.ts';
import { basePower, decode, type Point, secretBasePower, times } from './group.ts';
import { REFERENCE, type Reference, reference } from './reference.ts';
import { mod, scalarNumber } from './scalar.ts';
import { randomSecret, secretOf } from './secret.ts';
import {
  combine,
  decryptPartially,
  encryptedTally,
  type SealedVote,
  type Share,
  verifyShare,
} from './tally.ts';

const shape = ({ questions }: Election) => questions.map(({ answers }) => answers.length);

function sealed(election: Election, ballots: readonly string[]): SealedVote[] {
  return ballots.map((ballot) => {
    const checked = checkBallot(election, ballot);
    if (!checked.ok) throw new Error(checked.problem);
    return checked;
  });
}

const point = z.string().transform((text): Point => decode(text) ?? Buffer.alloc(32));
const proof = z.object({ challenge: z.coerce.bigint(), response: z.coerce.bigint() });
const key = z.object({ public_key: point });
const Trustees = z.array(
  z.union([
    z.tuple([z.literal('Single'), key]),
    z.tuple([z.literal('Pedersen'), z.object({ threshold: z.number(), verification_keys: z.array(key) })]),
  ]),
);
const Shares = z.object({
  decryption_factors: z.array(z.array(point)),
  decryption_proofs: z.array(z.array(proof)),
});

/** What the archive says of its trustees, their shares, and the result. */
function decryption({ archive: { events, data } }: Reference) {
  const json = (hash: string): unknown => JSON.parse(data.get(hash) ?? 'null');
  const payloads = (type: string) =>
    events.filter((event) => event.type === type).map(({ payload = '' }) => json(payload));
  const setup = z.object({ trustees: z.string() }).parse(payloads('Setup')[0]);
  const [trustee] = Trustees.parse(json(setup.trustees));
  const pedersen = trustee?.[0] === 'Pedersen' ? trustee[1] : null;
  const keys = pedersen ? pedersen.verification_keys : trustee?.[0] === 'Single' ? [trustee[1]] : [];
  const shares = payloads('PartialDecryption').map((payload): Share => {
    const { owner, payload: hash } = z.object({ owner: z.number(), payload: z.string() }).parse(payload);
    const { decryption_factors, decryption_proofs } = Shares.parse(json(hash));
    return { owner, factors: decryption_factors, proofs: decryption_proofs };
  });
  const { result } = z.object({ result: z.array(z.array(z.number())) }).parse(payloads('Result')[0]);
  return {
    threshold: pedersen?.threshold ?? null,
    keys: keys.map(({ public_key }) => public_key),
    shares,
    result,
  };
}

describe.each(REFERENCE)('the reference election %s', (name) => {
  const held = reference(name);
  const { election, ballots } = held;
  const tally = encryptedTally(sealed(election, ballots), shape(election));
  const { threshold, keys, shares, result } = decryption(held);
  const keyOf = ({ owner }: Share) => keys[owner - 1] ?? Buffer.alloc(32);

  it('is decrypted by its trustees’ shares to its result', () => {
    for (const share of shares) expect(verifyShare(election.hash, keyOf(share), tally, share)).toBe(true);
    expect(combine(tally, shares, threshold, ballots.length)).toEqual(result);
  });

  it('takes no share for another tally, of another trustee, or with a factor changed', () => {
    const [share] = shares;
    if (!share) throw new Error('no shares');
    const fewer = encryptedTally(sealed(election, ballots.slice(0, 3)), shape(election));
    expect(verifyShare(election.hash, keyOf(share), fewer, share)).toBe(false);
    expect(verifyShare(election.hash, basePower(5n), tally, share)).toBe(false);
    expect(verifyShare('x', keyOf(share), tally, share)).toBe(false);
    const [[first = Buffer.alloc(0), ...rest] = [], ...others] = share.factors;
    const forged = { ...share, factors: [[times(first, basePower(1n)), ...rest], ...others] };
    expect(verifyShare(election.hash, keyOf(share), tally, forged)).toBe(false);
    if (threshold !== null) expect(combine(tally, shares.slice(0, 1), null, ballots.length)).toBeNull();
  });
});

describe('an election held here', () => {
  const x = randomSecret(randomBytes);
  const questions = [{ answers: ['a', 'b', 'c'], min: 0, max: 2 }];
  const election = { uuid: 'u', publicKey: secretBasePower(x), questions, hash: 'h'.repeat(43) };

  it('counts as plain counting does, of each voter the last ballot', () => {
    const vote = fc.constantFrom([0, 0, 0], [1, 0, 0], [0, 1, 0], [1, 0, 1], [0, 1, 1]);
    const cast = fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), vote), { maxLength: 7 });
    fc.assert(
      fc.property(cast, (votes) => {
        const ballots = votes.map(([voter, choice]) =>
          sealBallot(election, secretOf(BigInt(voter)), [choice], randomBytes),
        );
        const tally = encryptedTally(sealed(election, ballots), [3]);
        const share = decryptPartially(election.hash, x, tally, randomBytes);
        expect(verifyShare(election.hash, secretBasePower(x), tally, share)).toBe(true);
        const plain = [0, 1, 2].map((i) =>
          [...new Map(votes).values()].reduce((all, choice) => all + (choice[i] ?? 0), 0),
        );
        expect(combine(tally, [{ ...share, owner: 1 }], null, votes.length)).toEqual([plain]);
      }),
      { numRuns: 12 },
    );
  });

  it('needs as many shares of a threshold as were agreed, whichever', () => {
    // x as a polynomial of degree 1: any two of three shares give it.
    const slope = scalarNumber(randomSecret(randomBytes));
    const exponents = [1n, 2n, 3n].map((i) => mod(scalarNumber(x) + slope * i));
    const tally = encryptedTally(
      sealed(election, [sealBallot(election, secretOf(9n), [[1, 1, 0]], randomBytes)]),
      [3],
    );
    const shares = exponents.map((exponent, i) => ({
      ...decryptPartially(election.hash, secretOf(exponent), tally, randomBytes),
      owner: i + 1,
    }));
    for (const out of [0, 1, 2]) {
      const two = shares.filter((_, i) => i !== out);
      expect(combine(tally, two, 2, 1)).toEqual([[1, 1, 0]]);
      expect(combine(tally, two.slice(1), 1, 1)).toBeNull();
    }
  });
});
