import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FailingFiles, failingFiles } from '../testing/failing-files.ts';
import { DataError, Disk } from './disk.ts';
import { openIdentity } from './identity.ts';

let folder: string;
let files: FailingFiles;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hallvote-identity-'));
  files = failingFiles();
});
afterEach(() => rmSync(folder, { recursive: true }));
const open = () => openIdentity(new Disk(folder, files), randomBytes);

describe('a terminal’s identity', () => {
  test('is made once, and only its user can read the seed', () => {
    const first = open();
    expect(open().key.x).toBe(first.key.x);
    expect(statSync(join(folder, 'seed')).mode & 0o777).toBe(0o600);
  });

  test('its number rises across restarts and is on disk before it is used', () => {
    const first = open();
    expect([first.nextConnection(), first.nextConnection()]).toEqual([1, 2]);
    expect(JSON.parse(readFileSync(join(folder, 'numbers.json'), 'utf8'))).toEqual({ connection: 2 });
    expect(open().nextConnection()).toBe(3);
    expect(open().nextConnection(1024)).toBe(3 + 1024);
  });

  test('its number rises in memory while it cannot be written, and never past what a message can carry', () => {
    const first = open();
    first.nextConnection();
    files.fail = { write: 'ENOSPC' };
    expect([first.nextConnection(), first.nextConnection()]).toEqual([2, 3]);
    expect(open().nextConnection()).toBe(2);
    expect(open().nextConnection(Number.MAX_SAFE_INTEGER)).toBe(Number.MAX_SAFE_INTEGER);
  });

  test('a damaged number starts anew: the coordinator has the last word on it', () => {
    open().nextConnection();
    for (const text of ['rubbish', '{}', '{"connection":1e99}', '']) {
      writeFileSync(join(folder, 'numbers.json'), text);
      expect(open().nextConnection()).toBe(1);
    }
  });

  test('a damaged seed is named, never replaced', () => {
    open();
    writeFileSync(join(folder, 'seed'), 'rubbish');
    expect(open).toThrow(DataError);
    expect(readFileSync(join(folder, 'seed'), 'utf8')).toBe('rubbish');
  });

  test.each(['EIO', 'EACCES'])('a seed that cannot be read (%s) is never replaced', (code) => {
    open();
    const seed = readFileSync(join(folder, 'seed'), 'utf8');
    files.fail = { read: code };
    expect(open).toThrow(/seed: (cannot be read \(EIO\); check the disk|may not be read; give it to)/);
    expect(readFileSync(join(folder, 'seed'), 'utf8')).toBe(seed);
  });

  test('a seed that is a folder is said so', () => {
    mkdirSync(join(folder, 'seed'));
    expect(open).toThrow(/seed: is a folder where a file belongs; move it away/);
  });

  test('a disk with no room for the first key is said so', () => {
    files.fail = { write: 'ENOSPC' };
    expect(open).toThrow(/the terminal's key cannot be written: the disk is full; make room/);
  });
});
