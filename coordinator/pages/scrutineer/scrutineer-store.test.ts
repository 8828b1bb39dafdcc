import { beforeEach, describe, expect, it } from 'vitest';
import { holdsSum, withSum } from '../../scrutineer/memory.ts';
import { type Key, ScrutineerStore } from './scrutineer-store.ts';

/** A browser's storage, which all its tabs see. */
class Shelf {
  readonly texts = new Map<string, string>();
  isFull = false;
  getItem(place: string): string | null {
    return this.texts.get(place) ?? null;
  }
  setItem(place: string, text: string): void {
    if (this.isFull) throw new Error('QuotaExceededError');
    this.texts.set(place, text);
  }
}

const key = (seed: string): Key => ({ seed, ceremony: 1, backedUp: false });
const FIRST = { electionHash: 'vote', tally: '1' };
const SECOND = { electionHash: 'vote', tally: '2' };

let shelf: Shelf;
let one: ScrutineerStore;
let two: ScrutineerStore;
beforeEach(() => {
  shelf = new Shelf();
  one = new ScrutineerStore(shelf, 'sitting', 's1');
  two = new ScrutineerStore(shelf, 'sitting', 's1');
  // Both tabs have looked while there was nothing.
  expect([one.kept, two.kept]).toEqual([
    { key: null, memory: { decrypted: {}, agreed: null, stopped: null } },
    { key: null, memory: { decrypted: {}, agreed: null, stopped: null } },
  ]);
});

const seedIn = (store: ScrutineerStore) =>
  store.kept === 'damaged' ? 'damaged' : (store.kept.key?.seed ?? null);

describe('two tabs of one browser', () => {
  it('come to one seed: the second does not overwrite the first', () => {
    one.begin(key('seed of one'));
    two.begin(key('seed of two'));
    expect([one, two].map(seedIn)).toEqual(['seed of one', 'seed of one']);
  });

  it('decrypt one sum: what one has remembered the other finds before its share', () => {
    one.update((memory) => withSum(memory, FIRST));
    const after = two.update((memory) => withSum(memory, SECOND));
    expect(typeof after === 'object' && holdsSum(after, FIRST)).toBe(true);
    expect(typeof after === 'object' && holdsSum(after, SECOND)).toBe(false);
  });

  it('lose nothing of each other’s: a note on the key keeps what was decrypted, and the other way round', () => {
    one.begin(key('seed'));
    two.update((memory) => withSum(memory, FIRST));
    expect(one.noteBackup('seed')).toBeNull();
    two.update((memory) => withSum(memory, { electionHash: 'another', tally: '3' }));
    expect(one.kept).toMatchObject({ key: { seed: 'seed', backedUp: true } });
    const memory = one.read();
    expect(typeof memory === 'object' && Object.keys(memory.decrypted)).toHaveLength(2);
  });

  it('neither remove nor replace a key they have not seen', () => {
    one.begin(key('seed of one'));
    expect(two.restore(key('from a file'), null)).toBe('another');
    expect(two.forget('an older seed')).toBe('another');
    expect(two.noteBackup('an older seed')).toBe('another');
    expect(seedIn(one)).toBe('seed of one');
    expect(two.restore(key('from a file'), 'seed of one')).toBeNull();
    expect(seedIn(one)).toBe('from a file');
  });
});

it('forgets a key, but not what was decrypted with it', () => {
  one.begin(key('seed'));
  one.update((memory) => withSum(memory, FIRST));
  expect(one.forget('seed')).toBeNull();
  expect(one.restore(key('seed'), null)).toBeNull();
  const memory = one.read();
  expect(typeof memory === 'object' && holdsSum(memory, FIRST)).toBe(true);
});

it('that is damaged stays so until the person restores the key, and what cannot be written is not done', () => {
  shelf.texts.set(one.place, '{"key":');
  expect(one.kept).toBe('damaged');
  expect(one.begin(key('seed'))).toBe('damaged');
  expect(one.update((memory) => withSum(memory, FIRST))).toBe('damaged');
  expect(shelf.texts.get(one.place)).toBe('{"key":');
  expect(one.restore(key('seed'), null)).toBeNull();
  expect(seedIn(two)).toBe('seed');
  shelf.texts.set(one.place, '[]');
  expect(one.forget(null)).toBeNull();
  expect(seedIn(one)).toBeNull();
  shelf.isFull = true;
  expect(one.update((memory) => withSum(memory, FIRST))).toBe('unwritable');
  shelf.isFull = false;
  shelf.setItem = () => {};
  expect(one.update((memory) => withSum(memory, FIRST))).toBe('unwritable');
});
