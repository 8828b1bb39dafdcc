import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { lockKey, unlockKey } from './key-file.ts';
import { makeSeed } from './pedersen-trustee.ts';

it('a scrutineer’s key comes back with its password alone, from a whole file alone', () => {
  const key = { sitting: 's1', scrutineer: 's2', ceremony: 1, seed: makeSeed(randomBytes) };
  const file = lockKey(key, '云溪 2027 password', randomBytes);
  expect(file).not.toContain(key.seed);
  expect(unlockKey(file, '云溪 2027 password')).toEqual(key);
  expect(unlockKey(file, '云溪 2027 passwort')).toBe('wrong-password');
  expect(unlockKey(file.replace('"s2"', '"s3"'), '云溪 2027 password')).toBe('damaged');
  expect(
    unlockKey(
      file.replace(/"box": "(.)/, (_, first) => `"box": "${first === 'x' ? 'y' : 'x'}`),
      '云溪 2027 password',
    ),
  ).toBe('wrong-password');
  for (const cut of [/"box": "(.)/, /"salt": "(.)/])
    expect(
      unlockKey(
        file.replace(cut, (found) => found.slice(0, -1)),
        '云溪 2027 password',
      ),
    ).toBe('damaged');
  expect(unlockKey('{}', 'x')).toBe('damaged');
  expect(unlockKey('no json', 'x')).toBe('damaged');
});
