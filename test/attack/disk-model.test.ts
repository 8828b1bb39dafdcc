import { describe, expect, it } from 'vitest';
import { Dice } from './dice.ts';
import { DiskModel, type DiskOp } from './disk-model.ts';
import { diskOps } from './strace-log.ts';

const FILE = '/d/ledger';
const create: DiskOp = { op: 'create', path: FILE, truncate: false };
const write = (at: number, text: string): DiskOp => ({
  op: 'write',
  path: FILE,
  at,
  bytes: Buffer.from(text),
});
const sync = (path: string): DiskOp => ({ op: 'sync', path });

/** What a hundred power cuts leave of the file after `ops`: every text there can be, `null` where the file is gone. */
function left(...ops: DiskOp[]): Set<string | null> {
  const disk = new DiskModel(new Map());
  for (const op of ops) disk.apply(op);
  const dice = new Dice(1);
  return new Set(Array.from({ length: 100 }, () => disk.cut(dice).get(FILE)?.toString() ?? null));
}

describe('a disk that loses what was not synced', () => {
  it('keeps what was synced, file and name', () => {
    expect(left(create, write(0, 'paid'), sync(FILE), sync('/d'))).toEqual(new Set(['paid']));
  });

  it('may lose a name whose folder was not synced, and a file that was not', () => {
    expect(left(create, write(0, 'paid'), sync(FILE))).toEqual(new Set(['paid', null]));
    expect(left(create, sync('/d'), write(0, 'paid')).has('')).toBe(true);
  });

  it('may keep a later unsynced write and lose an earlier one', () => {
    const seen = left(
      create,
      sync('/d'),
      write(0, 'a'.repeat(2)),
      sync(FILE),
      write(0, 'bb'),
      write(2, 'cc'),
    );
    expect(seen.has('aa')).toBe(true);
    expect(seen.has('aacc')).toBe(true);
    expect(seen.has('bbcc')).toBe(true);
  });

  it('has the old or the new file after a rename, never half of one', () => {
    const next: DiskOp[] = [
      { op: 'create', path: '/d/new', truncate: false },
      { op: 'write', path: '/d/new', at: 0, bytes: Buffer.from('new') },
      sync('/d/new'),
      { op: 'rename', path: '/d/new', to: FILE },
    ];
    expect(left(create, write(0, 'old'), sync(FILE), sync('/d'), ...next)).toEqual(new Set(['old', 'new']));
    expect(left(create, write(0, 'old'), sync(FILE), sync('/d'), ...next, sync('/d'))).toEqual(
      new Set(['new']),
    );
  });

  it('shortens and removes when that was synced', () => {
    const cut: DiskOp = { op: 'truncate', path: FILE, to: 2 };
    expect(left(create, write(0, 'long'), cut, sync(FILE), sync('/d'))).toEqual(new Set(['lo']));
    expect(left(create, sync(FILE), sync('/d'), { op: 'unlink', path: FILE }, sync('/d'))).toEqual(
      new Set([null]),
    );
  });
});

it('reads what strace has written, in the order in which it was done', () => {
  const hex = (text: string) =>
    [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
  const lines = [
    `5.000000 fsync(9<${hex('/d/a')}>) = 0 <0.500000>`,
    `1.000000 openat(AT_FDCWD<${hex('/')}>, "${hex('/d/a')}", O_WRONLY|O_CREAT|O_TRUNC|O_CLOEXEC, 0600) = 9<${hex('/d/a')}> <0.000001>`,
    `2.000000 write(9<${hex('/d/a')}>, "${hex('ab')}", 2) = 2 <0.000001>`,
    `3.000000 write(9<${hex('/d/a')}>, "${hex('c')}", 1) = 1 <0.000001>`,
    `4.000000 pwrite64(9<${hex('/d/a')}>, "${hex('xyz')}", 3, 4096) = 2 <0.000001>`,
    `6.000000 rename("${hex('/d/a')}", "${hex('/d/b')}") = 0 <0.000001>`,
    `7.000000 unlink("${hex('/d/c')}") = -1 ENOENT (No such file or directory) <0.000001>`,
    `8.000000 write(20<socket:[1]>, "${hex('net')}", 3) = 3 <0.000001>`,
    `9.000000 pwrite64(9<${hex('/elsewhere')}>, "${hex('x')}", 1, 0) = 1 <0.000001>`,
  ];
  expect(diskOps(lines, '/d').map(({ at, op }) => [Math.round(at), op.op, op.path])).toEqual([
    [1000, 'create', '/d/a'],
    [2000, 'write', '/d/a'],
    [3000, 'write', '/d/a'],
    [4000, 'write', '/d/a'],
    [5500, 'sync', '/d/a'],
    [6000, 'rename', '/d/a'],
  ]);
  const writes = diskOps(lines, '/d').flatMap(({ op }) =>
    op.op === 'write' ? [[op.at, op.bytes.toString()]] : [],
  );
  expect(writes).toEqual([
    [0, 'ab'],
    [2, 'c'],
    [4096, 'xy'],
  ]);
});
