import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hashOfFollowCode, makeFollowCode } from './follow-code.ts';

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

it('is four groups of four, and another each time', () => {
  const codes = Array.from({ length: 100 }, () => makeFollowCode(randomBytes));
  for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
  expect(new Set(codes).size).toBe(codes.length);
});

it('is understood as people type it', () => {
  const code = makeFollowCode((length) => new Uint8Array(length).fill(1));
  const typed = code.toLowerCase().replaceAll('-', ' ').replaceAll('1', 'l');
  expect(hashOfFollowCode(`  ${typed}\n`)).toBe(hashOfFollowCode(code));
  expect(hashOfFollowCode(code)).toMatch(/^[0-9a-f]{64}$/);
});

const code = fc.uint8Array({ minLength: 15, maxLength: 15 }).map((bytes) => makeFollowCode(() => bytes));

it('any one character that is another is noticed', () => {
  fc.assert(
    fc.property(code, fc.nat(15), fc.constantFrom(...LETTERS), (written, at, letter) => {
      const plain = written.replaceAll('-', '');
      const changed = plain.slice(0, at) + letter + plain.slice(at + 1);
      if (changed !== plain) expect(hashOfFollowCode(changed)).toBeNull();
    }),
  );
});

it('two neighbours that changed places are noticed, but of pairs that lie sixteen apart', () => {
  fc.assert(
    fc.property(code, fc.nat(13), (written, at) => {
      const plain = written.replaceAll('-', '');
      const [a = '', b = ''] = plain.slice(at, at + 2);
      const swapped = plain.slice(0, at) + b + a + plain.slice(at + 2);
      const apart = Math.abs(LETTERS.indexOf(a) - LETTERS.indexOf(b)) % 16;
      if (apart !== 0) expect(hashOfFollowCode(swapped)).toBeNull();
    }),
  );
});

it('whatever else somebody types is no code', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (typed) => hashOfFollowCode(typed) === null));
  expect(hashOfFollowCode('0'.repeat(100_000))).toBeNull();
});
