import { expect, it } from 'vitest';
import { commandOf, DESK_KEYS } from './desk-keys.ts';

const bare = { ctrlKey: false, altKey: false, metaKey: false };
const everything = { may: () => true, typing: false, letters: true };

it('no two commands have one key', () => {
  const keys = DESK_KEYS.flatMap(({ keys }) => keys);
  expect(new Set(keys).size).toBe(keys.length);
});

it('a letter does what it is for, and only for who may', () => {
  expect(commandOf({ key: 'e', ...bare }, everything)).toBe('exclude');
  expect(commandOf({ key: 'e', ...bare }, { ...everything, may: () => false })).toBeNull();
  expect(commandOf({ key: 'j', ...bare }, { ...everything, may: () => false })).toBe('next');
});

it('while somebody types letters are letters, and the browser keeps its own keys', () => {
  expect(commandOf({ key: 'e', ...bare }, { ...everything, typing: true })).toBeNull();
  expect(commandOf({ key: 'a', ...bare, ctrlKey: true }, everything)).toBeNull();
});

it('without letters the arrows still lead through the list', () => {
  const off = { ...everything, letters: false };
  expect(commandOf({ key: 'e', ...bare }, off)).toBeNull();
  expect(commandOf({ key: '?', ...bare }, off)).toBeNull();
  expect(commandOf({ key: 'ArrowDown', ...bare }, off)).toBe('next');
});
