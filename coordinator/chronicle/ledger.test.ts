import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BUSY_MS, Ledger } from './ledger.ts';
import { EMPTY_HEAD, LedgerError, nextRow } from './row.ts';
import { isWalDamaged } from './wal.ts';

const KIND = { application: 'TEST', typ: 'test' };

let folder: string;
let file: string;
const opened: Ledger[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hallvote-ledger-'));
  file = join(folder, 'sitting.ledger');
});
afterEach(() => {
  for (const each of opened.splice(0)) each.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(path = file, accept = false): Ledger {
  const ledger = Ledger.open(path, KIND, { accept });
  opened.push(ledger);
  return ledger;
}

let head = EMPTY_HEAD;
beforeEach(() => {
  head = EMPTY_HEAD;
});
/** Writes `commits` transactions of one entry each. */
function write(ledger: Ledger, commits: number): void {
  for (let n = 0; n < commits; n += 1) {
    const row = nextRow(head, n, 'test', 'x'.repeat(3000));
    ledger.append([row]);
    head = row;
  }
}
const note = () => JSON.parse(readFileSync(`${file}.head`, 'utf8'));

/** What lies on the disk now, as after a power cut, in a folder of its own. */
function cutOff(): string {
  const there = join(mkdtempSync(join(folder, 'cut-')), 'sitting.ledger');
  for (const end of ['', '-wal', '.head']) if (existsSync(file + end)) copyFileSync(file + end, there + end);
  return there;
}

it('is opened as the kind of ledger that it is, and as no other', () => {
  open().close();
  for (const other of [Ledger.open, Ledger.read])
    expect(() => other(file, { ...KIND, application: 'WISH' })).toThrow(/is not a ledger of this kind/);
  expect(Ledger.read(file, KIND).head).toMatchObject({ seq: 0, hash: EMPTY_HEAD.hash });
});

describe('the note beside a ledger', () => {
  it('says from the start that the -wal is needed, and after a clean end that it is not', () => {
    const ledger = open();
    expect(note()).toMatchObject({ seq: 0, isOpen: true });
    write(ledger, 3);
    ledger.close();
    expect(note()).toMatchObject({ seq: 3, hash: head.hash, isOpen: false });
    expect(existsSync(`${file}-wal`)).toBe(false);
  });

  it('goes as far as the ledger when that is settled, and the file alone then holds everything', () => {
    const ledger = open();
    write(ledger, 50);
    expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
    expect(ledger.settle()).toBe(true);
    expect(statSync(`${file}-wal`).size).toBe(0);
    expect(note()).toMatchObject({ seq: 50, isOpen: true });
    const there = cutOff();
    expect(open(there).head.seq).toBe(50);
  });

  it('waits for no reader', () => {
    const ledger = open();
    write(ledger, 5);
    const reader = Ledger.read(file, KIND);
    const rows = reader.rows();
    rows.next();
    write(ledger, 5);
    // One that waits does so every time, and for as long; this machine may stand still once.
    const waited = [1, 2, 3].map(() => {
      const begun = performance.now();
      expect(ledger.settle()).toBe(false);
      return performance.now() - begun;
    });
    expect(Math.min(...waited)).toBeLessThan(BUSY_MS);
    rows.return(undefined);
    reader.close();
    expect(ledger.settle()).toBe(true);
  });

  it('cannot be written: the -wal stays, and the next start goes on', () => {
    const ledger = open();
    write(ledger, 5);
    // In its way, so that nothing can take its place.
    const before = readFileSync(`${file}.head`);
    rmSync(`${file}.head`);
    mkdirSync(`${file}.head`);
    ledger.close();
    expect(existsSync(`${file}-wal`)).toBe(true);
    rmSync(`${file}.head`, { recursive: true });
    writeFileSync(`${file}.head`, before);
    expect(open().head.seq).toBe(5);
  });
});

describe('a ledger with a damaged -wal', () => {
  /** Changes the bytes at `at` of the -wal of a ledger cut off after ten commits. */
  function spoilt(at: (size: number) => number): string {
    const ledger = open();
    ledger.settle();
    write(ledger, 10);
    const there = cutOff();
    const wal = readFileSync(`${there}-wal`);
    const from = at(wal.length);
    wal.fill(0x5a, from, from + 8);
    writeFileSync(`${there}-wal`, wal);
    return there;
  }

  it('is whole as SQLite wrote it, at any moment', () => {
    const ledger = open();
    for (let n = 0; n < 40; n += 1) {
      write(ledger, 1 + (n % 4));
      if (n % 7 === 0) ledger.settle();
      expect(isWalDamaged(`${file}-wal`)).toBe(false);
    }
  });

  it.each([
    ['its header', () => 8],
    ['its first transaction', () => 200],
    ['the middle', (size: number) => Math.floor(size / 2)],
  ])('is refused where %s was spoilt, and taken without what is lost where that is accepted', (_what, at) => {
    const there = spoilt(at);
    expect(() => Ledger.open(there, KIND)).toThrow(LedgerError);
    expect(() => Ledger.open(there, KIND)).toThrow(/-wal is damaged.*→.*--accept-ledger$/);
    expect(open(there, true).head.seq).toBeLessThan(10);
  });

  it('is the ledger without its last transaction where that was torn, at whatever byte', () => {
    const ledger = open();
    ledger.settle();
    write(ledger, 9);
    const nine = statSync(`${file}-wal`).size;
    write(ledger, 1);
    const there = cutOff();
    const wal = readFileSync(`${there}-wal`);
    for (let cut = nine; cut < wal.length; cut += 613) {
      writeFileSync(`${there}-wal`, wal.subarray(0, cut));
      expect(isWalDamaged(`${there}-wal`)).toBe(false);
      const torn = Buffer.from(wal);
      torn.fill(0, cut, Math.min(cut + 512, wal.length));
      writeFileSync(`${there}-wal`, torn);
      expect(isWalDamaged(`${there}-wal`)).toBe(false);
    }
    expect(open(there).head.seq).toBe(9);
  });
});
