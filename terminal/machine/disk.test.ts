import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FailingFiles, failingFiles } from '../testing/failing-files.ts';
import { Disk } from './disk.ts';

let folder: string;
let files: FailingFiles;
let told: (string | null)[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hallvote-disk-'));
  files = failingFiles();
  told = [];
});
afterEach(() => rmSync(folder, { recursive: true }));
const open = (name = 'a/b') => {
  const disk = new Disk(join(folder, name), files);
  disk.onFault((fault) => told.push(fault));
  return disk;
};

describe('a terminal’s disk', () => {
  test('makes its folder and those around it, and clears away what is half-written', () => {
    expect(open().write('file', 'text')).toBeNull();
    writeFileSync(join(folder, 'a/b/credential.json.tmp'), 'half');
    open();
    expect(readdirSync(join(folder, 'a/b'))).toEqual(['file']);
    expect(told).toEqual([]);
  });

  test('tells a fault once, and that it is over once something can be written', () => {
    const disk = open();
    files.fail = { write: 'ENOSPC' };
    for (let i = 0; i < 3; i += 1) expect(disk.write('file', 'text')).toBe('disk-full');
    files.fail = { write: 'EROFS' };
    expect(disk.check()).toBe('disk-read-only');
    files.fail = {};
    expect(disk.check()).toBeNull();
    expect(told).toEqual(['disk-full', 'disk-read-only', null]);
    expect(readdirSync(disk.folder)).toEqual([]);
  });

  test('room for less than what failed is not room', () => {
    const disk = open();
    files.fail = { write: 'ENOSPC' };
    disk.write('ballot', 'x'.repeat(10_000));
    files.fail = {};
    disk.write('numbers.json', '{}');
    expect(disk.fault).toBe('disk-full');
    expect(disk.write('ballot', 'x'.repeat(10_000))).toBeNull();
    expect(disk.fault).toBeNull();
  });

  test('notices between two writes what shows without writing', () => {
    const disk = open();
    disk.look();
    files.fail = { canTake: 'EROFS', write: 'EROFS' };
    disk.look();
    expect(disk.check()).toBe('disk-read-only');
    files.fail = {};
    disk.check();
    expect(told).toEqual(['disk-read-only', null]);
    expect(readdirSync(disk.folder)).toEqual([]);
  });

  test('a fault of the start is told to whoever listens later', () => {
    files.fail = { makeFolder: 'EROFS' };
    open('new');
    expect(told).toEqual(['disk-read-only']);
  });

  test('a data folder that is gone is not made anew: its disk may only be away', () => {
    const disk = open();
    rmSync(disk.folder, { recursive: true });
    expect(disk.write('file', 'text')).toBe('disk-missing');
    expect(disk.makeFolder('outbox')).toBe('disk-missing');
    mkdirSync(disk.folder);
    expect(disk.check()).toBeNull();
  });

  test('an error that is not the system’s is a mistake of ours, and thrown', () => {
    files.afterWrite = () => {
      throw new TypeError('a mistake');
    };
    expect(() => open().write('file', 'text')).toThrow(TypeError);
  });
});
