import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GENESIS, ledgerHash } from './ledger-hash.ts';

/**
 * Hashes computed with Python, not with this code:
 * `hashlib.sha256(f'{seq}\n{prev}\n{time}\n{type}\n{body}'.encode()).hexdigest()`.
 */
const FIRST = {
  row: { seq: 1, prev: '0'.repeat(64), time: 1_799_974_800_000, type: 'begun', body: 'a.b.c' },
  hash: '0da8c242087242768e4f5cdb8cc2edbbc34154c6adbb2041cc7932ef6e64c2ae',
};
const SECOND = {
  row: {
    seq: 2,
    prev: FIRST.hash,
    time: 1_799_974_800_001,
    type: 'ballot',
    body: 'eyJhIjoxfQ.e30.表决 "会堂"\n😀',
  },
  hash: '7c7105cb50c9ade33629ecdb327fc32b3501a5bc71ef9fa7f025ee0a1ad75eb9',
};

const hexDigits = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 });
const row = fc.record({
  seq: fc.integer({ min: 1, max: 2 ** 40 }),
  prev: hexDigits,
  time: fc.maxSafeNat(),
  type: fc.stringMatching(/^[a-z]{1,10}(-[a-z]{1,10})?$/),
  body: fc.string({ unit: 'grapheme' }),
});

describe('the ledger’s hash', () => {
  it.each([FIRST, SECOND])('is what another language computes (entry $row.seq)', (vector) => {
    expect(ledgerHash(vector.row)).toBe(vector.hash);
  });

  it('begins at 64 zeros', () => {
    expect(GENESIS).toBe(FIRST.row.prev);
  });

  it('takes no notice of the order of a row’s members, nor of the hash it already has', () => {
    const { seq, prev, time, type, body } = SECOND.row;
    expect(ledgerHash({ body, type, time, prev, seq })).toBe(SECOND.hash);
    expect(ledgerHash({ ...SECOND.row, ...{ hash: GENESIS } })).toBe(SECOND.hash);
  });

  it('changes with any field', () => {
    fc.assert(
      fc.property(row, row, (one, other) => {
        const hash = ledgerHash(one);
        expect(hash).toMatch(/^[0-9a-f]{64}$/);
        for (const change of [
          { seq: other.seq },
          { prev: other.prev },
          { time: other.time },
          { type: other.type },
          { body: other.body },
          { seq: one.seq + 1 },
          { time: one.time + 1 },
          { type: `${one.type}x` },
          { body: `${one.body} ` },
        ]) {
          const changed = { ...one, ...change };
          const same = JSON.stringify(changed) === JSON.stringify(one);
          expect(ledgerHash(changed) === hash, JSON.stringify(change)).toBe(same);
        }
      }),
    );
  });

  it('changes with any one character of any field', () => {
    const { seq, prev, time, type, body } = FIRST.row;
    const changes = [
      ...[...prev].map((_, i) => ({ prev: `${prev.slice(0, i)}1${prev.slice(i + 1)}` })),
      ...[...type].map((_, i) => ({ type: `${type.slice(0, i)}x${type.slice(i + 1)}` })),
      ...[...body].map((_, i) => ({ body: `${body.slice(0, i)}x${body.slice(i + 1)}` })),
      ...Array.from(String(time), (_, i) => ({ time: time + 10 ** i })),
      { seq: seq + 1 },
    ];
    const hashes = [FIRST.row, ...changes.map((change) => ({ ...FIRST.row, ...change }))].map(ledgerHash);
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(hashes).toHaveLength(1 + 64 + 5 + 5 + 13 + 1);
  });

  it('tells apart rows whose fields would run together without line feeds', () => {
    const { prev } = FIRST.row;
    const hashes = [
      { seq: 1, prev, time: 23, type: 'a', body: 'b' },
      { seq: 12, prev, time: 3, type: 'a', body: 'b' },
      { seq: 1, prev, time: 2, type: 'a', body: '3b' },
      { seq: 1, prev, time: 23, type: 'ab', body: '' },
      { seq: 1, prev, time: 23, type: 'a', body: 'b\n' },
      { seq: 1, prev, time: 23, type: 'a', body: '\nb' },
    ].map(ledgerHash);
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});
