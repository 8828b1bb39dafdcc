import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Agreed,
  bondOf,
  holdsSum,
  isStopped,
  type Memory,
  NOTHING,
  withAgreed,
  withStop,
  withSum,
} from './memory.ts';
import { MemoryFile, memoryFileOf } from './memory-file.ts';

const VOTE = 'a'.repeat(43);
const FIRST = { electionHash: VOTE, tally: '[[1]]' };
const SECOND = { electionHash: VOTE, tally: '[[2]]' };
const ELSEWHERE = { electionHash: 'b'.repeat(43), tally: '[[2]]' };
const agreed = (change: Partial<Agreed> = {}): Agreed => ({
  sitting: 's1',
  ceremony: 1,
  fingerprint: 'a'.repeat(64),
  publicKey: null,
  isCompared: true,
  ...change,
});

describe('a device remembers', () => {
  it('of one vote the first sum, and no other', () => {
    const memory = withSum(withSum(withSum(NOTHING, FIRST), SECOND), ELSEWHERE);
    expect([FIRST, SECOND, ELSEWHERE].map((sum) => holdsSum(memory, sum))).toEqual([true, false, true]);
    // A name that every object knows is no vote that was decrypted.
    const odd = { electionHash: 'constructor', tally: '[[1]]' };
    expect(holdsSum(NOTHING, odd)).toBe(false);
    expect(holdsSum(withSum(NOTHING, odd), odd)).toBe(true);
  });

  it('the ceremony that was agreed to, and takes no other in its place', () => {
    const memory = withAgreed(NOTHING, agreed());
    expect(bondOf(NOTHING, agreed())).toBe('none');
    expect(bondOf(memory, agreed())).toBe('held');
    expect(bondOf(memory, agreed({ fingerprint: 'b'.repeat(64) }))).toBe('other');
    expect(bondOf(memory, { ...agreed(), fingerprint: null })).toBe('other');
    expect(bondOf(memory, agreed({ ceremony: 0 }))).toBe('other');
    expect(bondOf(memory, agreed({ ceremony: 2 }))).toBe('later');
    expect(bondOf(memory, agreed({ sitting: 's2' }))).toBe('later');
    expect(withAgreed(memory, agreed({ fingerprint: 'b'.repeat(64) }))).toEqual(memory);
    expect(withAgreed(memory, agreed({ ceremony: 2 })).agreed?.ceremony).toBe(2);
  });

  it('the key that came of it, and that the code was compared', () => {
    const made = withAgreed(withAgreed(NOTHING, agreed()), agreed({ publicKey: 'k1', isCompared: false }));
    expect(made.agreed).toEqual(agreed({ publicKey: 'k1' }));
    expect(bondOf(made, agreed({ publicKey: 'k2' }))).toBe('other');
    expect(withAgreed(made, agreed()).agreed?.publicKey).toBe('k1');
  });

  it('that its scrutineer stopped, until there is a new ceremony', () => {
    const memory = withStop(NOTHING, agreed());
    expect(isStopped(memory, agreed())).toBe(true);
    expect(isStopped(memory, agreed({ ceremony: 2 }))).toBe(false);
    expect(isStopped(memory, agreed({ sitting: 's2' }))).toBe(false);
  });
});

describe('the file beside the key', () => {
  let folder: string;
  let file: MemoryFile;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hallvote-memory-'));
    file = new MemoryFile(memoryFileOf(join(folder, 'my.key')));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps what is remembered for the next program, readable by its owner alone', () => {
    file.begin();
    file.update((memory) => withAgreed(withSum(memory, FIRST), agreed()));
    const next = new MemoryFile(file.path).read();
    expect(next).toEqual(withAgreed(withSum(NOTHING, FIRST), agreed()));
    expect(readdirSync(folder)).toEqual(['my.key.decrypted.json']);
    expect(statSync(file.path).mode & 0o777).toBe(0o600);
  });

  it('sees what another program has remembered meanwhile, and keeps it', () => {
    file.begin();
    new MemoryFile(file.path).update((memory) => withSum(memory, FIRST));
    const after = file.update((memory) => withSum(memory, SECOND));
    expect(typeof after === 'object' && holdsSum(after, FIRST)).toBe(true);
  });

  it('that is damaged, gone or cannot be written is never begun anew by itself, and says what to do', () => {
    const change = (memory: Memory) => withSum(memory, FIRST);
    expect(file.read()).toBe('gone');
    expect(file.update(change)).toBe('gone');
    file.begin();
    file.update(change);
    const whole = readFileSync(file.path, 'utf8');
    for (const damage of ['', whole.slice(0, -5), '{}', whole.replace('"v": 1', '"v": 2')]) {
      writeFileSync(file.path, damage);
      expect(file.read()).toBe('damaged');
      expect(file.update(change)).toBe('damaged');
      expect(readFileSync(file.path, 'utf8')).toBe(damage);
    }
    expect(file.describe('damaged')).toContain(file.path);
    expect(file.describe('damaged')).toMatch(/副本.*copy/s);
    // Where nothing can be written: what is to be written first is a folder.
    writeFileSync(file.path, whole);
    mkdirSync(join(`${file.path}.new`, 'x'), { recursive: true });
    expect(file.update((memory) => withSum(memory, ELSEWHERE))).toBe('unwritable');
    expect(readFileSync(file.path, 'utf8')).toBe(whole);
  });
});
