import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Reset } from '../../hardware/machine-boot.ts';
import { failingFiles } from '../testing/failing-files.ts';
import { Disk } from './disk.ts';
import { LastRun } from './last-run.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hallvote-run-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = (id: string | null, reset: Reset | null = null) => new LastRun(new Disk(folder), { id, reset });
const says = ({ boot, ended }: LastRun) => ({ boot, ended });

describe('why the machine was started', () => {
  test.each([
    ['power', 'power-on'],
    ['warm', 'reboot'],
    [null, 'orderly'],
    ['watchdog', 'watchdog'],
    ['under-voltage', 'under-voltage'],
  ] as const)('after an end in order: hardware says %s', (reset, boot) => {
    run('a').end('orderly');
    expect(says(run('b', reset))).toEqual({ boot, ended: 'orderly' });
  });

  test.each([
    ['power', 'power-cut'],
    ['warm', 'watchdog'],
    [null, 'unclean'],
    ['under-voltage', 'under-voltage'],
  ] as const)('after the machine went down under the program: hardware says %s', (reset, boot) => {
    run('a');
    expect(says(run('b', reset))).toEqual({ boot, ended: 'machine' });
  });

  test('a program that was about to start again is no end in order', () => {
    run('a').end('panel');
    expect(says(run('b', 'power'))).toEqual({ boot: 'power-cut', ended: 'panel' });
  });

  test('the first time, only what the hardware says', () => {
    expect(says(run('a', 'power'))).toEqual({ boot: 'power-on', ended: null });
    rmSync(join(folder, 'last-run.json'));
    expect(says(run('a', 'warm'))).toEqual({ boot: null, ended: null });
  });

  test('stays what it was for as long as the machine runs, however the program fares', () => {
    run('a');
    expect(says(run('b', 'power'))).toEqual({ boot: 'power-cut', ended: 'machine' });
    expect(says(run('b', 'power'))).toEqual({ boot: 'power-cut', ended: 'killed' });
    const last = run('b', 'power');
    last.end('fault');
    // Its end is told twice: by whoever noticed, and by what that led to.
    last.end('orderly');
    expect(says(run('b', 'power'))).toEqual({ boot: 'power-cut', ended: 'fault' });
  });

  test('on a machine that does not tell one start from another: nothing', () => {
    run(null);
    expect(says(run(null))).toEqual({ boot: null, ended: null });
    run(null).end('orderly');
    expect(says(run(null))).toEqual({ boot: null, ended: 'orderly' });
  });
});

test('a voltage once too low stays known until the machine is started again', () => {
  run('a').undervoltage();
  expect(run('a').wasUndervoltage).toBe(true);
  expect(run('b').wasUndervoltage).toBe(false);
});

test.each(['', '{', '[]', '{"bootId":3}'])('a note that is damaged is none: %s', (text) => {
  writeFileSync(join(folder, 'last-run.json'), text);
  expect(says(run('a', 'power'))).toEqual({ boot: 'power-on', ended: null });
});

test('a disk that takes nothing does not keep the seat from starting', () => {
  const files = failingFiles();
  const disk = new Disk(folder, files);
  files.fail = { write: 'EROFS' };
  const last = new LastRun(disk, { id: 'a', reset: 'power' });
  last.undervoltage();
  last.end('orderly');
  expect(says(last)).toEqual({ boot: 'power-on', ended: null });
  expect(disk.fault).toBe('disk-read-only');
});
