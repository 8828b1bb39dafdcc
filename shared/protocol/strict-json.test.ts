import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_DEPTH, strictJson } from './strict-json.ts';

/** Names and strings made of all that could lead a scanner astray. */
const hostile = fc.stringMatching(/^[[\]{}",:\\a中]{0,8}$/);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6 },
    hostile,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(null, true, false),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(hostile, tie('value'), { maxKeys: 3 }),
  ),
}));
const nested = (depth: number, inner = '0') => `${'['.repeat(depth)}${inner}${']'.repeat(depth)}`;

describe('JSON that all parsers read alike', () => {
  it('says what JSON.parse says', () => {
    fc.assert(
      fc.property(value, fc.boolean(), (json, pretty) => {
        const text = JSON.stringify(json, null, pretty ? 2 : 0);
        expect(strictJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('says nothing of what is no JSON', () => {
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string()), (text) => {
        let parsed: unknown;
        try {
          parsed = JSON.parse(text);
        } catch {
          expect(strictJson(text)).toBeUndefined();
          return;
        }
        expect(strictJson(text)).toEqual(parsed);
      }),
    );
    for (const text of ['', ' ', '{', '"', '"\\', '{"a":1', '{"a\\":1}', ']', '\uFEFF{}', '{"a":1,}'])
      expect(strictJson(text)).toBeUndefined();
  });

  it('refuses an object that repeats a member, wherever it is, however that is written', () => {
    const wrapped = fc.array(fc.constantFrom('[', '{'), { maxLength: 8 });
    fc.assert(
      fc.property(hostile, value, value, wrapped, fc.boolean(), (name, one, other, around, isEscaped) => {
        const plain = JSON.stringify(name);
        const escaped = `"${[...name].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"`;
        const [a, b] = [JSON.stringify(one), JSON.stringify(other)];
        const twice = `{${plain}:${a}, "other name":[{}] , ${isEscaped ? escaped : plain} :${b}}`;
        const text = around.reduce(
          (inner, bracket) => (bracket === '[' ? `[0,${inner}]` : `{"x":${inner}}`),
          twice,
        );
        expect(strictJson(twice)).toBeUndefined();
        expect(strictJson(text)).toBeUndefined();
      }),
    );
  });

  it('takes the same name in objects beside and within one another', () => {
    const text = '{"a":{"a":[{"a":1},{"a":"a"}]},"b":["a","a"],"A":1,"__proto__":2}';
    expect(strictJson(text)).toEqual(JSON.parse(text));
  });

  it('refuses half a surrogate pair, in names and in strings, and takes whole ones', () => {
    for (const half of ['"\\ud83d"', '"\\uDE00"', '"\\ude00\\ud83d"', '{"\\ud83d":1}', '["a","x\\ud83dx"]'])
      expect(strictJson(half)).toBeUndefined();
    expect(strictJson('["\\ud83d\\ude00","😀","\\\\ud83d"]')).toEqual(['😀', '😀', '\\ud83d']);
  });

  it('takes what nests as deep as allowed and nothing deeper', () => {
    expect(strictJson(nested(MOST_DEPTH))).toEqual(JSON.parse(nested(MOST_DEPTH)));
    expect(strictJson(nested(MOST_DEPTH + 1))).toBeUndefined();
    expect(strictJson(nested(MOST_DEPTH - 1, '{"a":"[[[["}'))).toBeDefined();
    expect(strictJson(nested(MOST_DEPTH, '{}'))).toBeUndefined();
    expect(strictJson(JSON.stringify(nested(40_000)))).toBe(nested(40_000));
  });

  it('is done at once with millions of brackets', () => {
    expect(strictJson('['.repeat(4_000_000))).toBeUndefined();
    expect(strictJson('{"a":'.repeat(1_000_000))).toBeUndefined();
  });
});
