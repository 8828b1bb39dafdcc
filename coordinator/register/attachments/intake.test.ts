import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sha256Hex } from '../../../shared/protocol/bytes.ts';
import type { Confined } from '../../process/confined.ts';
import { AttachmentStore } from './attachment-store.ts';
import { clean } from './clean.ts';
import { Intake } from './intake.ts';
import { MOST_ATTACHMENT_BYTES } from './refusals.ts';
import { nastyPdf, plainPicture } from './testing/strangers.ts';

let folder: string;
let store: AttachmentStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hallvote-attachments-'));
  store = new AttachmentStore(folder);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Does here what a process of its own does. */
const here = {
  do: async (bytes: Uint8Array): Promise<Confined> => {
    const done = await clean(bytes);
    if (!done.ok) return { ok: true, says: done, made: [] };
    const made = 'small' in done ? [done.bytes, done.small] : [done.bytes];
    return { ok: true, says: { ok: true, type: done.type }, made };
  },
};
const files = () =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.'));

it('a picture is kept under the hash of what is kept, with its small one beside it', async () => {
  const taken = await new Intake(store, here).take(await plainPicture('png'));
  if (!taken.ok) throw new Error(taken.reason);
  const { hash } = taken;
  const whole = store.read(hash);
  expect(whole?.type).toBe('jpg');
  expect(sha256Hex(whole?.bytes ?? '')).toBe(hash);
  expect(store.read(hash, 'small')?.type).toBe('jpg');
  const place = `${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash}`;
  expect(files().sort()).toEqual([`${place}.jpg`, `${place}.small.jpg`]);
  for (const file of files()) expect(statSync(join(folder, file)).mode & 0o077).toBe(0);
});

it('a PDF is kept without a small picture; the same one twice is one file', async () => {
  const intake = new Intake(store, here);
  const sent = await nastyPdf();
  const [one, other] = [await intake.take(sent), await intake.take(sent)];
  expect(one).toEqual(other);
  expect(files()).toHaveLength(1);
  expect(one.ok && store.read(one.hash)?.type).toBe('pdf');
  expect(one.ok && store.read(one.hash, 'small')).toBeNull();
});

it.each([
  ['empty', Buffer.alloc(0)],
  ['too-large', Buffer.alloc(MOST_ATTACHMENT_BYTES + 1)],
  ['unknown-type', Buffer.from('<html><script>alert(1)</script></html>')],
  ['unknown-type', Buffer.from('MZ\x90')],
  ['heic', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')],
  ['unreadable-pdf', Buffer.from('%PDF-1.4 of nothing')],
])('%s: refused, and nothing is kept', async (reason, bytes) => {
  expect(await new Intake(store, here).take(bytes)).toEqual({ ok: false, reason });
  expect(files()).toEqual([]);
});

it.each<[string, Confined]>([
  ['nothing', { ok: true, says: null, made: [] }],
  [
    'a type that there is not',
    { ok: true, says: { ok: true, type: '../../etc/x' }, made: [Buffer.from('a')] },
  ],
  ['a reason that there is not', { ok: true, says: { ok: false, reason: 'constructor' }, made: [] }],
  ['success without a file', { ok: true, says: { ok: true, type: 'jpg' }, made: [] }],
])('a process that a file has taken over keeps nothing by saying %s', async (_, says) => {
  const intake = new Intake(store, { do: () => Promise.resolve(says) });
  expect(await intake.take(Buffer.from('a'))).toEqual({ ok: false, reason: 'too-hard' });
  expect(files()).toEqual([]);
});

it('a name that is no hash names no file', () => {
  writeFileSync(join(folder, 'secret.jpg'), 'secret');
  for (const name of ['../secret', 'secret', '', `${'a'.repeat(63)}/`, '..%2fsecret', 'A'.repeat(64)]) {
    expect([store.read(name), store.has(name)]).toEqual([null, false]);
    store.remove(name);
  }
  expect(files()).toEqual(['secret.jpg']);
});

it('a file is taken away with its small picture', async () => {
  const taken = await new Intake(store, here).take(await plainPicture('webp'));
  if (taken.ok) store.remove(taken.hash);
  expect(taken.ok && store.has(taken.hash)).toBe(false);
  expect(files()).toEqual([]);
});

it('a start takes away what no entry speaks of and halves of files, and leaves the rest', () => {
  const known = store.keep('pdf', Buffer.from('a'), null);
  const unknown = store.keep('jpg', Buffer.from('b'), Buffer.from('c'));
  const half = join(folder, 'ab', 'cd');
  mkdirSync(half, { recursive: true });
  writeFileSync(join(half, `${'ab'.repeat(32)}.jpg.new`), 'half');
  writeFileSync(join(folder, 'README.txt'), 'somebody’s own');
  store.sweep((hash) => hash === known);
  expect(files().sort()).toEqual(
    ['README.txt', `${known.slice(0, 2)}/${known.slice(2, 4)}/${known}.pdf`].sort(),
  );
  expect(store.has(unknown)).toBe(false);
});
