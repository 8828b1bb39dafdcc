import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sealBallot } from './ballot.ts';
import { receive } from './channel.ts';
import { encode, secretBasePower } from './group.ts';
import { assembleTrustees, type Lie } from './pedersen.ts';
import {
  decryptionKey,
  makeCertificate,
  makePolynomial,
  makeSeed,
  makeVerificationKey,
  Seed,
  signingKey,
} from './pedersen-trustee.ts';
import { fixture } from './reference.ts';
import { hashedSecret, randomSecret, type Secret, secretText } from './secret.ts';
import { isSigned, signText } from './signing.ts';
import { emptySum, sumOfBallots } from './sum.ts';
import { combine, decryptPartially, verifyShare } from './tally.ts';
import { readTrustees, singleTrustee } from './trustees.ts';

const Reference = z.object({
  certificates: z.array(z.string()),
  polynomials: z.array(z.string()),
  seeds: z.array(z.string()),
  outputs: z.array(z.string()),
  decryptionKeys: z.array(z.string()),
  trustees: z.string(),
});

function right<T>(made: T | Lie): T {
  if (typeof made === 'object' && made !== null && 'what' in made)
    throw new Error(`${made.owner} ${made.what}`);
  return made;
}

/** A whole ceremony of our own. */
function ceremony(size: number, threshold: number) {
  const seeds = Array.from({ length: size }, () => makeSeed(randomBytes));
  const place = (i: number) => ({ size, threshold, index: i + 1 });
  const certificates = seeds.map((seed, i) => makeCertificate(seed, place(i), randomBytes));
  const polynomials = seeds.map((seed, i) =>
    right(makePolynomial(seed, place(i), certificates, randomBytes)),
  );
  const keys = seeds.map((seed, i) =>
    right(makeVerificationKey(seed, place(i), certificates, polynomials, randomBytes)),
  );
  const secrets = seeds.map((seed, i) => right(decryptionKey(seed, place(i), certificates, polynomials)));
  return { seeds, place, certificates, polynomials, keys, secrets };
}

describe('the key of the reference election', () => {
  const held = Reference.parse(JSON.parse(fixture('selection-2-of-3.ceremony.json').toString()));

  it('reads as its program wrote it, and is made again from its parts', () => {
    expect(readTrustees(held.trustees)?.threshold).toBe(2);
    const keys = z.array(z.tuple([z.string(), z.object({ verification_keys: z.array(z.unknown()) })]));
    const given = keys
      .parse(JSON.parse(held.trustees))[0]?.[1]
      .verification_keys.map((key) => JSON.stringify(key));
    expect(assembleTrustees(2, held.certificates, held.polynomials, given ?? [])).toBe(held.trustees);
  });

  it('has trustees whose seeds give the keys that its program made', () => {
    const verification = readTrustees(held.trustees)?.verificationKeys.map(encode) ?? [];
    const own = z.object({ private_key: z.string() });
    for (const [i, seed] of held.seeds.entries()) {
      const index = [1, 2, 3].find((n) => {
        const key = decryptionKey(
          seed,
          { size: 3, threshold: 2, index: n },
          held.certificates,
          held.polynomials,
        );
        return !('what' in key) && encode(secretBasePower(key)) === verification[n - 1];
      });
      expect(index).toBeDefined();
      const key = right(
        decryptionKey(
          seed,
          { size: 3, threshold: 2, index: index ?? 0 },
          held.certificates,
          held.polynomials,
        ),
      );
      // Its program keeps the key encrypted to its owner.
      const output = own.parse(JSON.parse(held.outputs[i] ?? ''));
      const kept = receive(secretBasePower(signingKey(seed)), hashedSecret(`dk|${seed}`), output.private_key);
      expect(kept).toBe(JSON.stringify({ decryption_key: secretText(key) }));
    }
  });
});

describe('a key made here', () => {
  it('opens a sum with any threshold of its trustees, and with no fewer', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 1, max: 4 }), (size, wanted) => {
        const threshold = Math.min(size, wanted);
        const made = ceremony(size, threshold);
        const text = right(assembleTrustees(threshold, made.certificates, made.polynomials, made.keys));
        const trustees = readTrustees(text);
        if (!trustees) throw new Error('not in order');
        const questions = [{ answers: ['a', 'b'], min: 0, max: 2 }];
        const election = { uuid: 'u', publicKey: trustees.publicKey, questions, hash: 'h'.repeat(43) };
        const ballots = [
          [1, 0],
          [1, 1],
          [0, 0],
        ].map((vote) => sealBallot(election, randomSecret(randomBytes), [vote], randomBytes));
        const tally = sumOfBallots(ballots, [2]);
        const share = (x: Secret, i: number) => ({
          ...decryptPartially(election.hash, x, tally, randomBytes),
          owner: i + 1,
        });
        const shares = made.secrets.map(share);
        for (const each of shares) {
          const key = trustees.verificationKeys[each.owner - 1] ?? new Uint8Array(32);
          expect(verifyShare(election.hash, key, tally, each)).toBe(true);
        }
        expect(combine(tally, shares.slice(size - threshold), threshold, 3)).toEqual([[2, 1]]);
        if (threshold > 1)
          expect(combine(tally, shares.slice(0, threshold - 1), threshold - 1, 3)).toBeNull();
      }),
      { numRuns: 6 },
    );
  });

  it('names whoever sent something false, whatever it is', () => {
    const made = ceremony(3, 2);
    const { seeds, place, certificates, polynomials, keys } = made;
    const stranger = ceremony(3, 2);
    const swapped = (all: readonly string[], other: readonly string[]) =>
      all.map((text, i) => (i === 1 ? (other[1] ?? '') : text));
    expect(makePolynomial(seeds[0] ?? '', place(0), swapped(certificates, polynomials), randomBytes)).toEqual(
      {
        owner: 2,
        what: 'certificate',
      },
    );
    // A certificate for another threshold, another place, or taken from a neighbour.
    for (const wrong of [
      makeCertificate(seeds[1] ?? '', { size: 3, threshold: 3, index: 2 }, randomBytes),
      makeCertificate(seeds[1] ?? '', { size: 3, threshold: 2, index: 3 }, randomBytes),
      certificates[0] ?? '',
    ])
      expect(
        makePolynomial(seeds[0] ?? '', place(0), swapped(certificates, ['', wrong]), randomBytes),
      ).toEqual({
        owner: 2,
        what: 'certificate',
      });
    expect(
      decryptionKey(seeds[0] ?? '', place(0), certificates, swapped(polynomials, stranger.polynomials)),
    ).toEqual({ owner: 2, what: 'polynomial' });
    expect(assembleTrustees(2, certificates, polynomials, swapped(keys, stranger.keys))).toEqual({
      owner: 2,
      what: 'verification-key',
    });
    // A share meant for somebody else, and one that does not fit the commitments.
    const shape = z.looseObject({ secrets: z.array(z.string()) });
    const liar = shape.parse(JSON.parse(polynomials[1] ?? ''));
    const other = shape.parse(
      JSON.parse(right(makePolynomial(seeds[1] ?? '', place(1), certificates, randomBytes))),
    );
    for (const first of [liar.secrets[1], other.secrets[0]]) {
      const lie = polynomials[1]?.replace(JSON.stringify(liar.secrets[0]), JSON.stringify(first)) ?? '';
      const all = swapped(polynomials, ['', lie]);
      expect(decryptionKey(seeds[0] ?? '', place(0), certificates, all)).toEqual({
        owner: 2,
        what: 'secret',
      });
      // Nobody else can see it.
      expect('what' in decryptionKey(seeds[2] ?? '', place(2), certificates, all)).toBe(false);
    }
  });

  it('is not read with any number in it changed', () => {
    const { certificates, polynomials, keys } = ceremony(3, 2);
    const text = right(assembleTrustees(2, certificates, polynomials, keys));
    const numbers = [...text.matchAll(/"(\d{20,}|[0-9a-f]{64})\\?"/g)];
    for (const { index } of numbers) {
      const at = index + 5;
      const changed = `${text.slice(0, at)}${text[at] === '1' ? '2' : '1'}${text.slice(at + 1)}`;
      expect(readTrustees(changed), `at ${at}`).toBeNull();
    }
    for (const other of [text.replace('"threshold":2', '"threshold":1'), `${text} `, '[]', 'x'])
      expect(readTrustees(other)).toBeNull();
  });
});

describe('seeds and signatures', () => {
  it('are 22 characters, and hold for one text alone', () => {
    const seed = makeSeed(randomBytes);
    expect(Seed.parse(seed)).toBe(seed);
    const key = signingKey(seed);
    const signature = signText(key, 'result', randomBytes);
    expect(isSigned(secretBasePower(key), 'result', signature)).toBe(true);
    expect(isSigned(secretBasePower(key), 'another', signature)).toBe(false);
    expect(isSigned(secretBasePower(randomSecret(randomBytes)), 'result', signature)).toBe(false);
  });

  it('a single key reads as its program writes it', () => {
    const x = randomSecret(randomBytes);
    const text = singleTrustee(x, randomBytes);
    expect(readTrustees(text)).toMatchObject({ threshold: null });
    expect(
      readTrustees(
        text.replace(encode(secretBasePower(x)), encode(secretBasePower(randomSecret(randomBytes)))),
      ),
    ).toBeNull();
    expect(emptySum([2])).toHaveLength(1);
  });
});
