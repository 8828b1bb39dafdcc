import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkBallot, credentialExponent, sealBallot } from './ballot.ts';
import { basePower, decode, encode, NEUTRAL, power, times } from './group.ts';
import { hashToScalar } from './hash.ts';
import { REFERENCE, reference } from './reference.ts';
import { inverse, mod, ORDER, scalarNumber } from './scalar.ts';
import { randomSecret } from './secret.ts';

describe('the group', () => {
  it('has the base point and the order of Ed25519, and writes points as Belenios does', () => {
    expect(encode(basePower(1n))).toBe(`${'6'.repeat(62)}58`);
    expect(basePower(ORDER)).toEqual(NEUTRAL);
    expect(times(basePower(3n), basePower(ORDER - 3n))).toEqual(NEUTRAL);
    expect(times(basePower(5n), NEUTRAL)).toEqual(basePower(5n));
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: ORDER * 2n }), fc.bigInt({ min: 0n, max: ORDER }), (a, b) => {
        expect(times(basePower(a), basePower(b))).toEqual(basePower(a + b));
        expect(power(basePower(a), b)).toEqual(basePower(mod(a * b)));
      }),
      { numRuns: 50 },
    );
    for (let i = 0; i < 20; i += 1) {
      const n = scalarNumber(randomSecret(randomBytes));
      expect(mod(n * inverse(n))).toBe(1n);
    }
  });

  it('takes no point of small order, none off the curve, none of another spelling, and not the neutral one', () => {
    const backwards = (hex: string) => Buffer.from(hex, 'hex').reverse().toString('hex');
    const bad = [
      encode(NEUTRAL),
      '0'.repeat(64),
      // Small order, and y above the prime: RFC 8032's malformed keys.
      backwards('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'),
      backwards('ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'),
      backwards('eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'),
      'xyz',
      encode(basePower(5n)).toUpperCase(),
    ];
    for (const text of bad) expect(decode(text), text).toBeNull();
    // On the curve, and not in the prime-order subgroup: a good point plus one of order 2.
    const two = Buffer.from('ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f', 'hex');
    expect(decode(encode(times(basePower(5n), two)))).toBeNull();
    expect(decode(encode(basePower(5n)))).toEqual(new Uint8Array(basePower(5n)));
  });
});

describe.each(REFERENCE)('the reference election %s', (name) => {
  const { election, ballots } = reference(name);

  it('has ballots that all check, down to their last proof', () => {
    const start = performance.now();
    for (const ballot of ballots) expect(checkBallot(election, ballot)).toMatchObject({ ok: true });
    const each = (performance.now() - start) / ballots.length;
    console.log(`${name}: ${each.toFixed(1)} ms a ballot checked`);
  });

  it('has no ballot left with any number of it changed', () => {
    const [ballot = ''] = ballots;
    const numbers = [...ballot.matchAll(/"(\d{20,}|[0-9a-f]{64})"/g)];
    const stride = Math.max(1, Math.floor(numbers.length / 25));
    for (const found of numbers.filter((_, i) => i % stride === 0)) {
      const at = found.index + 5;
      const changed = `${ballot.slice(0, at)}${ballot[at] === '1' ? '2' : '1'}${ballot.slice(at + 1)}`;
      expect(checkBallot(election, changed).ok, `at ${at}`).toBe(false);
    }
  });
});

describe('a ballot made here', () => {
  const { election } = reference('selection-2-of-3');
  const credential = credentialExponent(election.uuid, 'secret');
  const ten = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0];

  it('checks, whatever was chosen, and is as long as any other', () => {
    const start = performance.now();
    const full = sealBallot(election, credential, [ten], randomBytes);
    console.log(`a ballot of 12 candidates sealed in ${(performance.now() - start).toFixed(0)} ms`);
    const blank = sealBallot(election, credential, [ten.map(() => 0)], randomBytes);
    for (const ballot of [full, blank]) expect(checkBallot(election, ballot)).toMatchObject({ ok: true });
    // Scalars are decimal: a digit more or less here and there, whatever was chosen.
    expect(Math.abs(full.length - blank.length)).toBeLessThan(60);
  });

  it('says only what may be voted', () => {
    expect(() => sealBallot(election, credential, [ten.map(() => 1)], randomBytes)).toThrow(RangeError);
    expect(() => sealBallot(election, credential, [[2, ...ten.slice(1)]], randomBytes)).toThrow(RangeError);
    expect(() => sealBallot(election, credential, [ten.slice(1)], randomBytes)).toThrow(RangeError);
  });

  it('is nobody else’s, and no other election’s', () => {
    const ballot = sealBallot(election, credential, [ten], randomBytes);
    const other = encode(basePower(7n));
    expect(
      checkBallot(election, ballot.replace(/"credential":"[0-9a-f]{64}"/, `"credential":"${other}"`)).ok,
    ).toBe(false);
    expect(checkBallot({ ...election, uuid: 'other' }, ballot)).toMatchObject({
      problem: 'another-election',
    });
    expect(checkBallot(election, ballot.replace('":"', '": "'))).toMatchObject({ problem: 'malformed' });
    expect(checkBallot(election, `${ballot} `)).toMatchObject({ problem: 'malformed' });
  });

  it('may be any text without doing harm', () => {
    fc.assert(fc.property(fc.string(), (text) => void expect(checkBallot(election, text).ok).toBe(false)));
  });

  it('hashes to scalars as SHA-256 modulo q', () => {
    expect(hashToScalar('')).toBe(
      mod(BigInt('0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')),
    );
  });
});
