import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LEAST_PASSWORD, MOST_PASSWORD, refusalOfPassword } from './new-password.ts';

const PERSON = { id: 'zhang.weiguo', name: '欧阳建国·阿不都热依木', hall: 'yunxi-hall' };
const refusal = (password: string) => refusalOfPassword(password, PERSON);

it.each([
  ['', 'too-short'],
  ['123456789', 'too-short'],
  ['😀😀😀😀😀😀😀😀😀', 'too-short'],
  ['x'.repeat(257), 'too-long'],
  ['1234567890', 'common'],
  ['１２３４５６７８９０', 'common'],
  ['qwertyuiop', 'common'],
  ['1qaz2wsx3edc', 'common'],
  ['a123456789', 'common'],
  ['PassWord123', 'common'],
  ['Administrator', 'common'],
  ['1111111111', 'common'],
  ['5252525252', 'common'],
  ['会堂会堂会堂会堂会堂', 'common'],
  ['0123456789', 'common'],
  ['5678901234', 'common'],
  ['9876543210', 'common'],
  ['abcdefghijk', 'common'],
  ['ZYXWVUTSRQPO', 'common'],
  ['Zhang.Weiguo', 'yours'],
  ['欧阳建国·阿不都热依木', 'yours'],
  ['yunxi-hall', 'yours'],
  ['zhang.weiguo1', 'yours'],
  ['yunxihall2027', 'common'],
  ['19880214520', 'common'],
  ['1988-02-14-1', 'common'],
  ['1988年2月14日啊', 'common'],
  ['13800138000', 'common'],
  ['8613912345678', 'common'],
  ['110101198802141234', 'common'],
  ['5201314520', 'common'],
  ['woaini5201314', 'common'],
  ['Admin@20270115', 'common'],
  ['asdfghjkl123', 'common'],
  ['1qaz@WSX3edc', 'common'],
  ['poiuytrewq!', 'common'],
  ['147258369147', 'common'],
  ['renda2027!!', 'common'],
])('%j is refused: %s', (password, why) => {
  expect(refusal(password)).toBe(why);
});

it.each([
  'correct horse',
  '会场东门的石狮子有两只',
  'aaaaaaaaab',
  'x1x2x3x4x5',
  '0246813579a',
  '9302847561',
  '门前石狮子1988年立',
])('%j may be chosen: there are no rules of composition', (password) => expect(refusal(password)).toBeNull());

it('a long sentence may always be chosen, as far as it is one', () => {
  const sentence = fc.array(fc.stringMatching(/^[a-z]{2,9}$/), { minLength: 6, maxLength: 20 });
  fc.assert(
    fc.property(sentence, (all) => {
      fc.pre(new Set(all).size > 4);
      expect(refusal(all.join(' '))).toBeNull();
    }),
  );
});

it('never throws, and says too short or too long by the characters that are hashed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const length = [...text.normalize('NFKC').toLowerCase()].length;
      const why = refusal(text);
      expect(why === 'too-short').toBe(length < LEAST_PASSWORD);
      expect(why === 'too-long').toBe(length > MOST_PASSWORD);
    }),
  );
});
