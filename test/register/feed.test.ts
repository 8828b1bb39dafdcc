import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Ledger } from '../../coordinator/chronicle/ledger.ts';
import { AttachmentStore } from '../../coordinator/register/attachments/attachment-store.ts';
import { verifyRegisterBundle } from '../../coordinator/register/feed/bundle/verify-bundle.ts';
import { FEED_FILES, PIECE } from '../../coordinator/register/feed/files.ts';
import { readHead } from '../../coordinator/register/feed/head.ts';
import { feedLine } from '../../coordinator/register/feed/lines.ts';
import { FeedReader } from '../../coordinator/register/feed/read-feed.ts';
import { REGISTER_LEDGER } from '../../coordinator/register/model/book.ts';
import { BundleHandout } from '../../coordinator/register/program/bundle-handout.ts';
import { builtProgram } from '../../shared/package-root.ts';
import { sheet as anySheet } from '../../shared/projects/testing/sample-sheet.ts';
import { playYear } from '../support/public-year.ts';
import { openRegister, type TestRegister, YEAR } from '../support/running-register.ts';

const HALLVOTE = builtProgram('coordinator/cli/hallvote.js');
function runHallvote(args: readonly string[]) {
  const { status: code, stdout } = spawnSync(process.execPath, [HALLVOTE, ...args], { encoding: 'utf8' });
  return { code, stdout };
}

let register: TestRegister;
const out = mkdtempSync(join(tmpdir(), 'hallvote-feed-'));

beforeAll(async () => {
  register = await openRegister();
  await register.act('congress', { act: 'open-cycle', cycle: YEAR, from: '2026-10-01', to: '2026-10-31' });
  await playYear(register, 'voted');
  await register.act('congress', {
    act: 'open-cycle',
    cycle: YEAR + 1,
    from: '2027-10-01',
    to: '2027-10-31',
  });
  // A letter, as it comes with a proposal.
  new AttachmentStore(join(register.config.data, 'attachments')).keep('jpg', Buffer.from('a name'), null);
});
afterAll(async () => {
  await register.stop();
  rmSync(out, { recursive: true, force: true });
});

const get = (path: string) => fetch(`${register.running.http}/${path}`);
const text = async (path: string) => (await get(path)).text();

/** The rows of its ledger as they stand on the disk. */
function rowsOf() {
  const ledger = Ledger.read(
    join(register.config.data, `${register.config.register.id}.ledger`),
    REGISTER_LEDGER,
  );
  try {
    return [...ledger.rows()];
  } finally {
    ledger.close();
  }
}

it('the feed is served whole, in pieces and with its signed end; a draft changes no byte of it', async () => {
  const feed = await text('feed.jsonl');
  const lines = feed.trimEnd().split('\n');
  expect(lines).toEqual(rowsOf().slice(0, lines.length).map(feedLine));
  const reader = new FeedReader({ key: register.running.key.x });
  for (const line of lines) expect(reader.take(line)).toMatchObject({ ok: true });
  expect(reader.end()).toBeNull();
  const { seq, hash, digest } = reader.position ?? {};
  const jws = await text(FEED_FILES.head);
  expect(readHead(jws)).toMatchObject({ seq, hash, digest, key: register.running.key.x });
  expect(readHead(jws.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A')))).toBeNull();
  expect(lines.length).toBeLessThan(PIECE);
  expect(await text(FEED_FILES.piece(1))).toBe(feed);
  for (const none of ['feed/2.jsonl', 'feed/0.jsonl', 'feed/999999.jsonl'])
    expect((await get(none)).ok).toBe(false);

  const hidden = {
    act: 'draft-project',
    project: 'later',
    cycle: YEAR + 1,
    sheet: anySheet('以后的项目'),
  } as const;
  expect(await register.act('gov', hidden)).toEqual({ is: 'done' });
  expect(rowsOf().length).toBeGreaterThan(lines.length);
  expect(await text('feed.jsonl')).toBe(feed);
  expect(await text(FEED_FILES.head)).toBe(jws);
});

it('lists are read by their hash, and files only where a public entry speaks of them', async () => {
  const found = new AttachmentStore(join(register.config.data, 'attachments'));
  const kept = readdirSync(join(register.config.data, 'attachments'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /[0-9a-f]{64}\.(jpg|pdf)$/.test(name))
    .map((name) => name.slice(-68));
  const served = new Map<string, number>();
  for (const name of kept) served.set(name.slice(0, 64), (await get(`attachments/${name}`)).status);
  const feed = await text('feed.jsonl');
  const bodies = feed
    .split('\n')
    .map((line) => Buffer.from(line.split('.')[1] ?? '', 'base64url').toString());
  const sheets = bodies.flatMap((body) => /"sheet":"([0-9a-f]{64})"/.exec(body)?.[1] ?? []);
  expect(sheets).toHaveLength(1);
  expect(served.size).toBeGreaterThan(1);
  for (const [hash, status] of served)
    expect({ hash, status }).toEqual({ hash, status: sheets.includes(hash) ? 200 : 404 });
  const [sheet = ''] = sheets;
  const bytes = Buffer.from(await (await get(`attachments/${sheet}.${found.typeOf(sheet)}`)).arrayBuffer());
  expect(bytes.equals(found.read(sheet)?.bytes ?? Buffer.alloc(0))).toBe(true);
  const lists = bodies.flatMap(
    (body) => /"typ":"list-frozen".*"list":"([0-9a-f]{64})"/.exec(body)?.[1] ?? [],
  );
  expect(lists).toHaveLength(1);
  for (const list of lists) expect(await text(FEED_FILES.list(list))).toMatch(/^hallvote-list 1\n/);
});

it('hallvote register feed writes the same files beside the running program, only what has changed, and into no folder of another', async () => {
  const write = (folder = out) =>
    runHallvote(['register', 'feed', '--config', join(register.folder, 'register.yaml'), '--out', folder]);
  const first = write();
  expect(first).toMatchObject({ code: 0 });
  for (const name of ['feed.jsonl', FEED_FILES.head, FEED_FILES.piece(1)])
    expect(readFileSync(join(out, name), 'utf8')).toBe(await text(name));
  expect(readdirSync(join(out, 'lists'))).toHaveLength(1);
  expect(readdirSync(join(out, 'attachments'))).toHaveLength(1);
  expect(write().stdout).toContain('没有变化');
  const head = readFileSync(join(out, FEED_FILES.head), 'utf8');
  writeFileSync(join(out, FEED_FILES.head), 'none');
  expect(write()).toMatchObject({ code: 2 });
  writeFileSync(join(out, FEED_FILES.head), head);
});

it('the bundle is handed out, made once however many ask, and hallvote verify finds it whole', async () => {
  const all = await Promise.all(Array.from({ length: 5 }, () => get('data/register.zip')));
  const [bytes, ...others] = await Promise.all(
    all.map(async (each) => Buffer.from(await each.arrayBuffer())),
  );
  if (!bytes) throw new Error('nothing was handed out');
  for (const other of others) expect(other.equals(bytes)).toBe(true);
  expect(readdirSync(join(register.config.data, 'handout'))).toHaveLength(1);
  expect(verifyRegisterBundle(bytes)).toMatchObject({ ok: true, absent: [] });
  const file = join(out, 'register.zip');
  writeFileSync(file, bytes);
  const verified = runHallvote(['verify', file, '--lang', 'en', '--key', register.running.key.kid]);
  expect(verified).toMatchObject({ code: 0 });
  expect(verified.stdout).toContain('Verified: chain, signatures');
  writeFileSync(file, Buffer.from(bytes).fill(1, 4000, 4001));
  expect(runHallvote(['verify', file, '--json'])).toMatchObject({ code: 1 });
  expect(runHallvote(['verify', file, '--hall', join(out, 'none.zip')])).toMatchObject({ code: 1 });
});

it('a bundle is not made more often than every ten minutes, and where it cannot be made the last one is handed out', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hallvote-handout-'));
  let [now, head, made] = [0, 'a', 0];
  const make = async (_ledger: string, path: string) => {
    made += 1;
    if (head === 'broken') throw new Error('no');
    writeFileSync(path, head);
  };
  const handout = new BundleHandout({ folder, ledgerFile: '', head: () => head, now: () => now, make });
  const file = async () => readFileSync((await handout.file()) ?? '', 'utf8');
  expect([await file(), await file(), made]).toEqual(['a', 'a', 1]);
  head = 'b';
  expect([await file(), made]).toEqual(['a', 1]);
  now += 11 * 60_000;
  expect([await file(), made]).toEqual(['b', 2]);
  expect(existsSync(join(folder, 'a.zip'))).toBe(false);
  head = 'broken';
  now += 11 * 60_000;
  expect([await file(), made]).toEqual(['b', 3]);
  rmSync(folder, { recursive: true });
});
