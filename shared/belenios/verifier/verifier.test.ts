import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { basePower, decode, encode, NEUTRAL, over, type Point, power, times } from '../group.ts';
import { mod, ORDER } from '../scalar.ts';
import { verifier } from './verifier.ts';

const scalar = fc.oneof(
  fc.bigInt({ min: 0n, max: ORDER - 1n }),
  fc.constantFrom(
    0n,
    1n,
    2n,
    8n,
    15n,
    16n,
    255n,
    256n,
    2n ** 252n,
    ORDER - 1n,
    ORDER - 2n,
    (ORDER - 1n) / 2n,
  ),
);

describe('commitments', () => {
  it('are what libsodium makes them, whatever the numbers', () => {
    fc.assert(
      fc.property(
        scalar,
        scalar,
        scalar,
        scalar,
        fc.bigInt({ min: 0n, max: 100n }),
        (p, y, response, challenge, value) => {
          const [point, key] = [basePower(p === 0n ? 1n : p), basePower(y === 0n ? 1n : y)];
          expect(verifier.useKey(encode(key))).toBe(true);
          expect(verifier.take(encode(point))).toBe(true);
          verifier.commit('g', { challenge, response });
          verifier.commit('y', { challenge, response }, value);
          const expected = [
            times(basePower(response), power(point, challenge)),
            times(power(key, response), power(over(point, basePower(value)), challenge)),
          ];
          expect(verifier.flush()).toEqual(expected.map(encode));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('of a sum are those of its points added up', () => {
    const points = [3n, 5n, mod(-8n), 11n].map(basePower);
    verifier.clearTotals();
    let sum: Point = NEUTRAL;
    for (const point of points) {
      expect(verifier.take(encode(point))).toBe(true);
      verifier.addToTotal(0);
      sum = times(sum, point);
    }
    verifier.takeTotal(0);
    verifier.commit('g', { challenge: 7n, response: 9n });
    expect(verifier.flush()).toEqual([encode(sum), encode(times(basePower(9n), power(sum, 7n)))]);
  });
});

describe('points', () => {
  const low = [
    '0100000000000000000000000000000000000000000000000000000000000000',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    '0000000000000000000000000000000000000000000000000000000000000000',
    '0000000000000000000000000000000000000000000000000000000000000080',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
  ].map((hex) => Buffer.from(hex, 'hex'));
  const text = (bytes: Uint8Array) => Buffer.from(bytes).reverse().toString('hex');
  const isTaken = (bytes: Uint8Array) => verifier.take(text(bytes));

  it('are those that libsodium takes: random bytes, good points, and good points with a torsion part', () => {
    for (let i = 0; i < 400; i += 1) {
      const bytes = randomBytes(32);
      expect(isTaken(bytes), text(bytes)).toBe(decode(text(bytes)) !== null);
    }
    for (let n = 1n; n < 20n; n += 1n) {
      expect(isTaken(basePower(n))).toBe(true);
      for (const torsion of low.slice(1))
        expect(isTaken(times(basePower(n), torsion)), text(torsion)).toBe(false);
    }
  });

  it('are none of small order, of another spelling, or with y above the prime', () => {
    for (const point of low) expect(isTaken(point), text(point)).toBe(false);
    for (let y = 0; y < 19; y += 1)
      for (const sign of [0x7f, 0xff]) {
        const above = Buffer.alloc(32, 0xff);
        above[0] = 0xed + y;
        above[31] = sign;
        expect(isTaken(above)).toBe(false);
      }
    expect(
      isTaken(Buffer.from('0100000000000000000000000000000000000000000000000000000000000080', 'hex')),
    ).toBe(false);
    for (const wrong of ['', 'x'.repeat(64), encode(basePower(5n)).toUpperCase()])
      expect(verifier.take(wrong)).toBe(false);
  });
});
