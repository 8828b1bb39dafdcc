import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CYCLE, proposalId } from '../model/testing/small-register.ts';
import type { Proposer, Wording } from '../model/wording.ts';
import { type InLedger, type KeptBeside, SideStore, SideStoreError } from './side-store.ts';

let folder: string;
let file: string;
let store: SideStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hallvote-beside-'));
  file = join(folder, 'beside.db');
  store = SideStore.open(file);
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

const [A, B] = [proposalId('A'), proposalId('B')];
const LAMP: Wording = {
  title: '修好路灯',
  text: '南门小区的路灯坏了三年，电话欧阳铁柱。',
  place: { name: '南门小区' },
};
const WHO: Proposer = { name: '欧阳铁柱', telephone: '13912345678', address: '南门小区7栋' };

const keep = (proposal: string, wording = LAMP, proposer: Proposer | null = WHO) =>
  store.keep({ proposal, cycle: CYCLE, wording, proposer }, randomBytes);

const inLedger = (id: string, { words, proposer }: KeptBeside, more: Partial<InLedger> = {}): InLedger => ({
  id,
  cycle: CYCLE,
  words,
  proposer,
  erased: false,
  wording: null,
  ...more,
});

/** What stands in any file of the store, as bytes. */
const bytes = () => Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));
const again = () => {
  store.close();
  store = SideStore.open(file);
};

it('a proposal is kept with its proposer, and both are there after the next start', () => {
  keep(A);
  keep(B, LAMP, null);
  again();
  expect(store.of(A)).toEqual({ wording: LAMP, proposer: WHO });
  expect(store.of(B)).toEqual({ wording: LAMP, proposer: null });
  expect(store.of(proposalId('C'))).toBeNull();
});

it('nobody but its owner reads the files', () => {
  keep(A);
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
});

it('a code opens its own proposal; the file has no code in it, and a new one takes its place', () => {
  const { code } = keep(A);
  const other = keep(B).code;
  expect([store.followed(code), store.followed(other)]).toEqual([A, B]);
  const plain = code.replaceAll('-', '');
  expect(bytes().includes(code) || bytes().includes(plain)).toBe(false);
  const renewed = store.renewCode(A, randomBytes);
  expect([store.followed(code), store.followed(renewed)]).toEqual([null, A]);
});

it('what is erased stands in no file any more, not even in pieces; the rest stays, and the code still opens', () => {
  const { code } = keep(A);
  // Enough to fill pages of the index beside those of the erased one.
  for (let n = 0; n < 200; n++)
    keep(
      proposalId(`X${n}`.replaceAll(/[^0-9A-HJKMNP-TV-Z]/g, '0')),
      { ...LAMP, text: `公园第${n}号长椅` },
      null,
    );
  const { salt } = saltOf(A);
  for (const said of ['欧阳铁柱', '13912345678', '阳铁']) expect(bytes().includes(said)).toBe(true);
  expect(bytes().includes(salt)).toBe(true);
  expect(store.erase(A)).toBe(true);
  for (const said of ['欧阳铁柱', '13912345678', '阳铁', '铁柱']) expect(bytes().includes(said)).toBe(false);
  expect(bytes().includes(salt)).toBe(false);
  expect(store.of(A)).toBeNull();
  expect(store.sent.find('欧阳')).toEqual([]);
  expect(store.sent.find('长椅')).not.toEqual([]);
  expect(store.followed(code)).toBe(A);
});

function saltOf(proposal: string): { salt: Buffer } {
  const db = new Database(file, { readonly: true });
  try {
    const salt: unknown = db
      .prepare('SELECT wording_salt FROM proposals WHERE proposal = ?')
      .pluck()
      .get(proposal);
    if (!(salt instanceof Buffer)) throw new Error('there is no salt');
    return { salt };
  } finally {
    db.close();
  }
}

it('says so where a reader keeps the bytes in place, and the next start erases them', () => {
  const kept = keep(A);
  const reader = new Database(file, { readonly: true });
  reader.exec('BEGIN');
  reader.prepare('SELECT count(*) FROM proposals').get();
  expect(store.erase(A)).toBe(false);
  reader.close();
  again();
  expect(store.settle([inLedger(A, kept, { erased: true })], [])).toEqual({ swept: [], lost: [] });
  expect(bytes().includes('欧阳铁柱')).toBe(false);
});

it('what the ledger has refused leaves nothing, not even its code', () => {
  const { code } = keep(A);
  store.forget(A);
  expect([store.of(A), store.followed(code), store.sent.find('路灯')]).toEqual([null, null, []]);
});

it('a start sweeps words without a proposal and those of one that the ledger says is erased', () => {
  const orphan = keep(A);
  const erased = keep(B);
  const stays = keep(proposalId('C'));
  again();
  const settled = store.settle([inLedger(B, erased, { erased: true }), inLedger(proposalId('C'), stays)], []);
  expect(settled).toEqual({ swept: [A, B], lost: [] });
  expect([store.of(A), store.of(B)]).toEqual([null, null]);
  expect([store.followed(orphan.code), store.followed(erased.code)]).toEqual([null, B]);
  expect(store.sent.find('路灯').map(({ proposal }) => proposal)).toEqual([proposalId('C')]);
});

it('a start names proposals whose words have gone, or are others than the ledger has', () => {
  const kept = keep(A);
  const other = keep(B);
  const { lost } = store.settle(
    [
      inLedger(A, { ...kept, words: other.words }),
      inLedger(B, other),
      inLedger(proposalId('C'), kept),
      inLedger(proposalId('D'), kept, { erased: true }),
    ],
    [],
  );
  expect(lost).toEqual([A, proposalId('C')]);
});

it('a start makes both indexes what ledger and rows say, whatever they were', () => {
  const kept = keep(A);
  store.sent.remove(A);
  store.clear(A, CYCLE, { title: '旧', text: '旧的说法' });
  store.clear(B, CYCLE, { title: '没有', text: '没有这件' });
  store.settle([inLedger(A, kept, { wording: { title: '路灯', text: '新的说法' } })], []);
  expect(store.sent.find('路灯')).toHaveLength(1);
  expect(store.cleared.find('新的').map(({ proposal }) => proposal)).toEqual([A]);
  expect([...store.cleared.find('旧'), ...store.cleared.find('没有')]).toEqual([]);
});

it('a file that is something else is refused and left as it is', () => {
  const other = join(folder, 'other.db');
  const db = new Database(other);
  db.exec('CREATE TABLE mine (a)');
  db.close();
  const before = readFileSync(other);
  expect(() => SideStore.open(other)).toThrow(SideStoreError);
  expect(readFileSync(other).equals(before)).toBe(true);
});

const SAID = { text: '北段没有铺，找欧阳铁柱。' };

it('what somebody says at a site is kept, followed and erased as a proposal is, and a start puts it right', () => {
  const [stays, gone, refused, orphan] = ['V-1', 'V-2', 'V-3', 'V-4'].map((voice) => ({
    ...store.voices.keep({ voice, words: SAID }, randomBytes),
    voice,
    erased: false,
  }));
  if (!stays || !gone || !refused || !orphan) throw new Error('nothing was kept');
  expect(store.followed(stays.code)).toBe('V-1');
  store.voices.forget('V-3');
  expect(store.followed(refused.code)).toBeNull();
  again();
  expect(store.voices.of('V-1')).toEqual(SAID);
  const settled = store.settle(
    [],
    [stays, { ...gone, erased: true }, { ...refused, words: stays.words }, { ...stays, voice: 'V-5' }],
  );
  expect(settled).toEqual({ swept: ['V-2', 'V-4'], lost: ['V-3', 'V-5'] });
  expect(store.followed(gone.code)).toBe('V-2');
  expect(store.followed(orphan.code)).toBeNull();
  expect(bytes().includes('欧阳铁柱')).toBe(true);
  store.voices.erase('V-1');
  expect(bytes().includes('欧阳铁柱')).toBe(false);
});

it('a file of the time before there were voices is taken on with all that is in it', () => {
  const { code } = keep(A);
  store.close();
  const db = new Database(file);
  db.exec('DROP TABLE voices');
  db.pragma('user_version = 1');
  db.close();
  store = SideStore.open(file);
  expect([store.followed(code), store.of(A)]).toEqual([A, { wording: LAMP, proposer: WHO }]);
  store.voices.keep({ voice: 'V-1', words: SAID }, randomBytes);
  again();
  expect(store.voices.of('V-1')).toEqual(SAID);
});
