import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inGroups, makeCode, makeRecoveryCodes, meantBy, withoutRecoveryCode } from './typed-codes.ts';

it('a code is what was printed, however it is typed', () => {
  const random = (length: number) => Uint8Array.from({ length }, (_, i) => i * 31);
  const code = makeCode(8, random);
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
  expect(inGroups(code)).toBe(`${code.slice(0, 4)}-${code.slice(4)}`);
  expect(meantBy(` ${inGroups(code).toLowerCase()} `)).toBe(code);
  expect(meantBy('ｏ0il-１ａ')).toBe('00111A');
});

it('no code that is made is read for another', () => {
  const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 });
  fc.assert(
    fc.property(bytes, (random) => {
      const code = makeCode(16, () => random);
      expect(meantBy(inGroups(code))).toBe(code);
    }),
  );
});

it('each of ten recovery codes is good once, in any order, and none is kept', () => {
  const { codes, hashes } = makeRecoveryCodes(randomBytes);
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) expect(hashes.join()).not.toContain(meantBy(code).toLowerCase());
  fc.assert(
    fc.property(fc.shuffledSubarray([...codes], { minLength: 1 }), (some) => {
      let left: readonly string[] = hashes;
      for (const code of some) {
        const after = withoutRecoveryCode(left, code.toLowerCase());
        expect(after).toHaveLength(left.length - 1);
        left = after ?? [];
        expect(withoutRecoveryCode(left, code)).toBeNull();
      }
    }),
    { numRuns: 20 },
  );
  for (const wrong of ['', codes[0]?.slice(1) ?? '', `${codes[0]}0`, hashes[0] ?? ''])
    expect(withoutRecoveryCode(hashes, wrong)).toBeNull();
});
