import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import { signJws } from '../../shared/protocol/jws.ts';
import { keyPairFromSeed } from '../../shared/protocol/keys.ts';
import type { Ballot } from '../../shared/protocol/messages.ts';
import { DataError, Disk } from '../machine/disk.ts';
import { machineFiles } from '../machine/files.ts';
import { seededRandom } from '../machine/random.ts';
import { failingFiles } from '../testing/failing-files.ts';
import { ballotOf } from '../testing/fixtures.ts';
import { messageId } from '../testing/gallery.ts';
import { diskOutbox, type Kept, memoryOutbox, type Outbox } from './outbox.ts';

const key = keyPairFromSeed(new Uint8Array(32).fill(7));
const signer = nodeSigner(key);
const kept = (ballot: Ballot): Kept => ({ ballot, jws: signJws(ballot, signer) });

let folder: string;
let reports: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hallvote-outbox-'));
  reports = [];
});
afterEach(() => rmSync(folder, { recursive: true }));
const open = (files = machineFiles) =>
  diskOutbox(new Disk(folder, files), key, (file, why) => reports.push(`${file}: ${why}`));
const idsOf = (outbox: Outbox) => outbox.all().map(({ ballot }) => ballot.id);

/** Both implementations keep the same promises. */
describe.each([
  ['in memory', memoryOutbox],
  ['on disk', () => open()],
])('an outbox %s', (_name, make) => {
  test('gives what was put, in the order of the presses, until it is removed', () => {
    const outbox = make();
    const [a, b] = [ballotOf(messageId(), 2, 'm2/1'), ballotOf(messageId(), 1, 'm1/1')];
    outbox.put(kept(a));
    outbox.put(kept(b));
    expect(idsOf(outbox)).toEqual([b.id, a.id]);
    outbox.remove(a.id);
    outbox.remove(a.id);
    expect(outbox.all()).toEqual([kept(b)]);
  });

  test('a later press of the same vote takes the place of the earlier, and no other’s', () => {
    const outbox = make();
    const earlier = ballotOf(messageId(), 1);
    const another = ballotOf(messageId(), 2, 'm1/1', 'D2');
    const later = ballotOf(messageId(), 3);
    for (const ballot of [earlier, another, later]) outbox.put(kept(ballot));
    expect(idsOf(outbox)).toEqual([another.id, later.id]);
  });
});

describe('an outbox on disk', () => {
  test('is there again after a restart, readable by this user only', () => {
    const ballot = ballotOf(messageId(), 1);
    open().put(kept(ballot));
    expect(open().all()).toEqual([kept(ballot)]);
    expect(statSync(join(folder, 'outbox', `${ballot.id}.jws`)).mode & 0o077).toBe(0);
    expect(reports).toEqual([]);
  });

  test('finishes a superseding that a power cut interrupted', () => {
    const [earlier, later] = [ballotOf(messageId(), 1), ballotOf(messageId(), 2)];
    open().put(kept(later));
    writeFileSync(join(folder, 'outbox', `${earlier.id}.jws`), kept(earlier).jws);
    expect(idsOf(open())).toEqual([later.id]);
    expect(idsOf(open())).toEqual([later.id]);
  });

  test('sets remnants aside and reports them, and keeps the rest', () => {
    const whole = ballotOf(messageId(), 9, 'm9/1');
    const outbox = open();
    outbox.put(kept(whole));
    const put = (name: string, text: string) => writeFileSync(join(folder, 'outbox', name), text);
    const torn = ballotOf(messageId(), 1, 'm1/1');
    outbox.put(kept(torn));
    truncateSync(join(folder, 'outbox', `${torn.id}.jws`), 100);
    put(`${messageId()}.jws`, '');
    put(`${messageId()}.jws`, kept(whole).jws);
    put(`${messageId()}.jws.tmp`, 'half');
    const foreign = ballotOf(messageId(), 2, 'm2/1');
    const stranger = nodeSigner(keyPairFromSeed(new Uint8Array(32).fill(8)));
    put(`${foreign.id}.jws`, signJws(foreign, stranger));
    put('notes.txt', 'hello');
    expect(idsOf(open())).toEqual([whole.id]);
    expect(reports).toHaveLength(6);
    expect(readdirSync(join(folder, 'outbox', 'unreadable'))).toHaveLength(6);
  });

  test('a sealed ballot of the largest kind is there again too', () => {
    const choice = { kind: 'sealed', ballot: 'x'.repeat(100_000) } as const;
    const ballot = { ...ballotOf(messageId(), 1), choice };
    open().put(kept(ballot));
    expect(idsOf(open())).toEqual([ballot.id]);
    expect(reports).toEqual([]);
  });

  test('sets a folder aside that is named as a ballot', () => {
    const whole = ballotOf(messageId(), 9, 'm9/1');
    open().put(kept(whole));
    mkdirSync(join(folder, 'outbox', `${messageId()}.jws`));
    expect(idsOf(open())).toEqual([whole.id]);
    expect(reports).toEqual([expect.stringContaining('is a folder')]);
    expect(readdirSync(join(folder, 'outbox', 'unreadable'))).toHaveLength(1);
  });

  test('a file where the outbox belongs, or one that cannot be looked into, is one clear line', () => {
    writeFileSync(join(folder, 'outbox'), '');
    expect(() => open()).toThrow(DataError);
    expect(() => open()).toThrow(/outbox: is a file where a folder belongs; move it away/);
    rmSync(join(folder, 'outbox'));
    open().put(kept(ballotOf(messageId(), 1)));
    const files = failingFiles();
    files.fail = { list: 'EIO' };
    expect(() => open(files)).toThrow(/outbox: cannot be looked into; check the disk/);
  });

  test.each(['EIO', 'EACCES'])('a ballot that cannot be read now (%s) stays for the next start', (code) => {
    const ballot = ballotOf(messageId(), 1);
    open().put(kept(ballot));
    const files = failingFiles();
    files.fail = { read: code };
    expect(idsOf(open(files))).toEqual([]);
    expect(reports).toEqual([expect.stringContaining('it is tried again at the next start')]);
    expect(idsOf(open())).toEqual([ballot.id]);
  });

  test.each([
    ['ENOSPC', 'disk-full'],
    ['EROFS', 'disk-read-only'],
    ['EACCES', 'disk-denied'],
    ['ENOENT', 'disk-missing'],
    ['EIO', 'disk-failing'],
  ])(
    'G8: what cannot be written (%s) is not taken, leaves nothing behind, and may be tried again',
    (code, fault) => {
      const files = failingFiles();
      const outbox = open(files);
      const [earlier, later] = [ballotOf(messageId(), 1), ballotOf(messageId(), 2)];
      outbox.put(kept(earlier));
      files.fail = { write: code };
      expect(outbox.put(kept(later))).toBe(fault);
      expect(idsOf(outbox)).toEqual([earlier.id]);
      expect(idsOf(open())).toEqual([earlier.id]);
      files.fail = {};
      expect(outbox.put(kept(later))).toBeNull();
      expect(idsOf(open())).toEqual([later.id]);
    },
  );

  test('G8: one that was written and could not be made durable is not there at the next start', () => {
    const files = failingFiles();
    const outbox = open(files);
    const ballot = ballotOf(messageId(), 1);
    files.afterWrite = () => {
      throw Object.assign(new Error('the folder cannot be synced'), { code: 'EIO' });
    };
    expect(outbox.put(kept(ballot))).toBe('disk-failing');
    expect(idsOf(outbox)).toEqual([]);
    expect(idsOf(open())).toEqual([]);
  });

  test('what cannot be removed is forgotten all the same, and removed when that is possible', () => {
    const files = failingFiles();
    const outbox = open(files);
    const [a, b] = [ballotOf(messageId(), 1, 'm1/1'), ballotOf(messageId(), 2, 'm2/1')];
    for (const ballot of [a, b]) outbox.put(kept(ballot));
    files.fail = { remove: 'EROFS' };
    outbox.remove(a.id);
    expect(idsOf(outbox)).toEqual([b.id]);
    // A power cut now: it is sent again, and answered again.
    expect(idsOf(open())).toEqual([a.id, b.id]);
    files.fail = {};
    outbox.remove(b.id);
    expect(idsOf(open())).toEqual([]);
  });

  test('starts on a disk that takes nothing, and works when it does', () => {
    const files = failingFiles();
    files.fail = { write: 'EROFS', makeFolder: 'EROFS', remove: 'EROFS', move: 'EROFS' };
    const outbox = open(files);
    const ballot = ballotOf(messageId(), 1);
    expect(outbox.put(kept(ballot))).toBe('disk-read-only');
    files.fail = {};
    expect(outbox.put(kept(ballot))).toBeNull();
    expect(idsOf(open())).toEqual([ballot.id]);
  });

  test('G8: whatever put() returned for survives kill -9 at any instant', async () => {
    const out = join(folder, 'built');
    await build({
      configFile: false,
      logLevel: 'silent',
      ssr: { noExternal: true },
      build: { ssr: 'terminal/testing/outbox-writer.ts', outDir: out, emptyOutDir: false },
    });
    const [writer = ''] = readdirSync(out);
    const random = seededRandom(42);
    const sure = new Map<string, 'put' | 'removing'>();
    let press = 1;
    const puts = () => [...sure.values()].filter((what) => what === 'put').length;
    // However slow the disk is, enough is put.
    for (let kill = 0; kill < 30 || puts() <= 60; kill += 1) {
      const lines = await runAndKill(join(out, writer), press, random() * 60);
      for (const [what, id] of lines) sure.set(id, what);
      press += lines.length + 10;
      const found = new Set(idsOf(open()));
      for (const [id, what] of sure) if (what === 'put') expect(found).toContain(id);
    }
    expect(reports.every((line) => line.includes('was being written'))).toBe(true);
  });
});

/** Runs the writer until `ms` after its first word, kills it, and gives what it said it had done. */
async function runAndKill(
  program: string,
  press: number,
  ms: number,
): Promise<['put' | 'removing', string][]> {
  const child = spawn(process.execPath, [program, folder, String(press)]);
  let said = '';
  child.stdout.on('data', (data) => {
    if (said === '') setTimeout(() => child.kill('SIGKILL'), ms);
    said += String(data);
  });
  let errors = '';
  child.stderr.on('data', (data) => {
    errors += String(data);
  });
  await new Promise((resolve) => child.on('close', resolve));
  expect(errors).toBe('');
  // The last line may be torn.
  return said
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const [what, id = ''] = line.split(' ');
      return [what === 'put' ? 'put' : 'removing', id];
    });
}
