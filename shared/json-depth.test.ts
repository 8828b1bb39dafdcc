import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nestsAtMost } from './json-depth.ts';

const bytes = (text: string) => Buffer.from(text);

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

it('says of every JSON text how deep it nests, whatever its strings hold', () => {
  const hostile = fc.stringMatching(/^[[\]{}"\\a中]{0,12}$/);
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'large' },
      hostile,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(hostile, tie('value'), { maxKeys: 3 }),
    ),
  }));
  fc.assert(
    fc.property(value, fc.boolean(), (json, pretty) => {
      const text = bytes(JSON.stringify(json, null, pretty ? 2 : 0));
      const depth = depthOf(json);
      expect(nestsAtMost(depth, text)).toBe(true);
      expect(nestsAtMost(depth - 1, text)).toBe(depth === 0);
    }),
  );
});

it('knows a quotation mark that is escaped, and one that is not', () => {
  expect(nestsAtMost(1, bytes('["\\"[[[["]'))).toBe(true);
  expect(nestsAtMost(1, bytes('["\\\\",[1]]'))).toBe(false);
  expect(nestsAtMost(0, bytes('"'))).toBe(true);
  expect(nestsAtMost(0, bytes(''))).toBe(true);
});

it('is done with four million open brackets at the first that is too many', () => {
  const brackets = Buffer.alloc(4_000_000, '[');
  let looked = 0;
  const counting = new Proxy(brackets, {
    get: (target, key) => {
      if (typeof key === 'string' && /^\d+$/.test(key)) looked += 1;
      return Reflect.get(target, key, target);
    },
  });
  expect(nestsAtMost(32, counting)).toBe(false);
  expect(looked).toBe(33);
});
