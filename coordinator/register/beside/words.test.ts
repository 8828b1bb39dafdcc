import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { Proposer, type Wording } from '../model/wording.ts';
import { isOfHash, salted, saltedHash } from './words.ts';

const WORDING: Wording = { title: '修路灯', text: '南门小区的路灯坏了三年。', place: { name: '南门小区' } };
const SALT = new Uint8Array(32).fill(7);

it('the hash is that of the format, to the letter', () => {
  expect(saltedHash('words', WORDING, SALT)).toBe(
    // printf 'hallvote-words 1\n{"title":"修路灯",…}\n' | openssl dgst -sha256 -mac HMAC -macopt hexkey:0707…
    '38e2bb9f60493563e5dbe46db5855d4af34ae34a469fd54fb06d41f52bb0e4f3',
  );
});

it('says the same for the same words, however they are composed and in whatever order their members stand', () => {
  const composed: Wording = { ...WORDING, text: 'Caf\u00e9' };
  const apart: Wording = { place: WORDING.place, text: 'Cafe\u0301', title: WORDING.title };
  expect(saltedHash('words', apart, SALT)).toBe(saltedHash('words', composed, SALT));
});

it.each<[string, Wording]>([
  ['a title', { ...WORDING, title: '修路灯。' }],
  ['a place', { ...WORDING, place: { x: 1, y: 2 } }],
  ['no place', { ...WORDING, place: null }],
])('says something else for another wording: %s', (_, other) => {
  expect(saltedHash('words', other, SALT)).not.toBe(saltedHash('words', WORDING, SALT));
});

it('two proposals of the same words have nothing in common in the ledger', () => {
  const [one, other] = [salted('words', WORDING, randomBytes), salted('words', WORDING, randomBytes)];
  expect(one.hash).not.toBe(other.hash);
  expect(saltedHash('words', WORDING, one.salt)).toBe(one.hash);
  expect(one.salt).toHaveLength(32);
});

it('a proposer who says nothing is none', () => {
  expect(Proposer.safeParse({ name: null, telephone: null, address: null }).success).toBe(false);
});

it.each<[string, Wording, string]>([
  ['as it was sent', WORDING, JSON.stringify(WORDING)],
  [
    'composed otherwise',
    { ...WORDING, text: 'Caf\u00e9' },
    JSON.stringify({ ...WORDING, text: 'Cafe\u0301' }),
  ],
  [
    'with its members in another order',
    WORDING,
    JSON.stringify({ place: WORDING.place, text: WORDING.text, title: WORDING.title }),
  ],
  // The backslash’s n would be composed with what follows the line’s end.
  [
    'with a mark behind an escape',
    { ...WORDING, text: 'a\n\u0303b' },
    JSON.stringify({ ...WORDING, text: 'a\n\u0303b' }),
  ],
])('what is kept as JSON is known by its hash, %s', (_, wording, json) => {
  const hash = saltedHash('words', wording, SALT);
  expect(isOfHash('words', json, SALT, hash)).toBe(true);
  expect(isOfHash('words', json.replace('修', '拆'), SALT, hash)).toBe(false);
  expect(isOfHash('words', json, new Uint8Array(32), hash)).toBe(false);
});

it.each(['', '{', 'null', '{"title":"修路灯"}'])('what is kept and is none has no hash: %s', (json) => {
  expect(isOfHash('words', json, SALT, saltedHash('words', WORDING, SALT))).toBe(false);
});
