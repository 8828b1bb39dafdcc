import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { verifyBundle } from '../../coordinator/bundle/verify/verify.ts';
import { isRegisterBundle } from '../../coordinator/register/feed/bundle/archive.ts';
import { hallFault, takenFrom } from '../../coordinator/register/feed/bundle/compare-hall.ts';
import { registerSummary } from '../../coordinator/register/feed/bundle/summary.ts';
import { verifyRegisterBundle } from '../../coordinator/register/feed/bundle/verify-bundle.ts';
import { FEED_FILES } from '../../coordinator/register/feed/files.ts';
import { RegisterEntry } from '../../coordinator/register/model/entries.ts';
import { VISIBILITY } from '../../coordinator/register/model/feed-state.ts';
import type { Notice, SectionOf } from '../../coordinator/register/notices/notice.ts';
import { noticeText, readNotice } from '../../coordinator/register/notices/notice-text.ts';
import { sha256Hex } from '../../shared/protocol/bytes.ts';
import { makeKeyPair } from '../../shared/protocol/keys.ts';
import { PROGRAM } from '../support/both-verifiers.ts';
import {
  changed,
  entriesOf,
  type LooseEntry,
  linesOf,
  type RegisterChange,
  registerFiles,
} from '../support/forge-register.ts';
import { SAMPLE_LIST, SAMPLE_LIST_HASH } from '../support/list-sample.ts';
import {
  hallBundle,
  LETTER,
  PAPER_SHEET,
  PUBLIC_FILES,
  registerBundle,
  registerSample,
} from '../support/register-sample.ts';
import { seededBytes } from '../support/sample-ledger.ts';

const independent = z
  .object({
    verifyRegister: z.custom<(bytes: Buffer, kid?: string) => unknown>((f) => typeof f === 'function'),
  })
  .parse(await import(String(new URL('independent-register.mjs', import.meta.url)))).verifyRegister;

const register = registerSample();
const { key, rows, documents } = register;
const typeOf = (hash: string): string => documents.get(hash)?.type ?? 'jpg';
const bundle = registerBundle(register);
const files = registerFiles(bundle);
const entries = entriesOf(bundle);
const lines = linesOf(bundle);
const other = makeKeyPair(seededBytes(5));

function whatIndependentFinds(bytes: Uint8Array, kid?: string): string | null {
  try {
    independent(Buffer.from(bytes), kid);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What the verifier finds; the independent one must agree on yes or no. */
function verdict(bytes: Uint8Array, expected?: string): string {
  const found = verifyRegisterBundle(bytes, { program: PROGRAM, key: expected });
  const independentFinds = whatIndependentFinds(bytes, expected);
  expect(independentFinds === null, `independent: ${independentFinds}`).toBe(found.ok);
  return found.ok ? 'fine' : `${found.fault.seq ?? '-'} ${found.fault.problem}`;
}

const of = (type: RegisterEntry['typ'], n = 0): number =>
  entries.flatMap((one, i) => ('says' in one && one.says.typ === type ? [i] : []))[n] ?? -1;

/** The entries with one of them saying something else. */
function saying<T extends RegisterEntry['typ']>(
  type: T,
  change: (says: Extract<RegisterEntry, { typ: T }>) => object,
  n = 0,
): LooseEntry[] {
  return entries.map((one, i) =>
    i === of(type, n) && 'says' in one
      ? {
          ...one,
          says: { ...one.says, ...change(one.says as Extract<RegisterEntry, { typ: T }>) } as RegisterEntry,
        }
      : one,
  );
}

describe('a register’s bundle', () => {
  it('is the same from the same ledger, holds the feed, lists and files that it speaks of, and nothing else', () => {
    expect(Buffer.compare(registerBundle(register), bundle)).toBe(0);
    expect(Object.keys(unzipSync(bundle))).toEqual([
      ...['manifest.jws', 'feed.jsonl', 'report.json', 'report.txt'],
      ...files.lists.map(({ name }) => name),
      ...register.state().feed.files.map((hash) => FEED_FILES.attachment(hash, typeOf(hash))),
    ]);
    const named = files.attachments.map(({ name }) => name);
    const ofType = (type: string) => named.filter((name) => name.endsWith(type));
    expect(ofType('.jpg')).toEqual(
      PUBLIC_FILES.map((bytes) => FEED_FILES.attachment(sha256Hex(bytes), 'jpg')),
    );
    expect(ofType('.json')).toHaveLength(9);
    expect(named.filter((name) => !name.endsWith('.jpg'))).toEqual(
      [...documents].map(([hash, { type }]) => FEED_FILES.attachment(hash, type)),
    );
    expect(files.lists).toHaveLength(3);
    expect(files.lists.map(({ name }) => name)).toContain(FEED_FILES.list(SAMPLE_LIST_HASH));
    expect(isRegisterBundle(bundle)).toBe(true);
    expect(isRegisterBundle(hallBundle())).toBe(false);
    // What follows the last public entry is not told yet; the letter never.
    expect(lines).toHaveLength(rows.length - 1);
    expect(Buffer.from(bundle).includes(LETTER)).toBe(false);
    expect(Buffer.from(bundle).includes(sha256Hex(LETTER))).toBe(false);
  });

  it('is verified by both, which count the same', () => {
    const found = verifyRegisterBundle(bundle, { program: PROGRAM, key: key.kid });
    if (!found.ok) throw new Error(found.fault.text.en);
    expect(found).toMatchObject({
      ...{ reportBy: null, absent: [], keyBits: 256 },
      documents: { recomputed: 9, unread: [] },
    });
    const { figures } = found;
    expect(independent(Buffer.from(bundle), key.kid)).toEqual(JSON.parse(JSON.stringify(figures)));
    expect(figures.chosen).toEqual({ projects: 3, parts: 3, fen: 360_000_00 });
    expect(figures.cycles.map(({ year, projects, fen, yearFen }) => [year, projects, fen, yearFen])).toEqual([
      [2027, 2, 240_000_00, 240_000_00],
      // Its money falls into the year before.
      [2028, 1, 120_000_00, 0],
    ]);
    // As it is carried out: one was changed, one is late and in dispute, one is a share of another register’s.
    expect(figures.works).toMatchObject({
      ...{ projects: 2, parts: 2, fen: 220_000_00, promisedFen: 240_000_00, permille: 563, disputedParts: 1 },
      ...{ appropriated: 160_000_00, paid: 120_000_00, byYear: { 2027: 200_000_00, 2028: 20_000_00 } },
      lights: { green: 1, yellow: 0, red: 1, grey: 0, none: 0 },
      stages: { appraised: 1, closed: 1 },
      grades: { satisfied: 1, basic: 0, dissatisfied: 1 },
      linked: { projects: 1, parts: 1, fen: 120_000_00 },
    });
    expect(registerSummary(found, [], 'zh')).toContain('历年票决项目合计: 3 件 3 项，总投资 36 万元');
    expect(registerSummary(found, [], 'en')).toContain('2027-3  社区食堂  3 votes of 5');
  });

  it('says what it could not check: a report of another version, a file that is not there', () => {
    const found = verifyRegisterBundle(bundle, { program: '9.9.9' });
    expect(found).toMatchObject({ ok: true, reportBy: PROGRAM });
    const without = changed(bundle, { attachments: [], key });
    expect(verdict(without)).toBe('fine');
    const lacking = verifyRegisterBundle(without, { program: PROGRAM });
    expect(lacking).toMatchObject({
      ...{ ok: true, absent: register.state().feed.files.toArray() },
      documents: { recomputed: 0, unread: { length: 9 } },
    });
    expect(registerSummary(lacking, [], 'en')).toContain(sha256Hex(PAPER_SHEET));
  });

  it('is compared with the hall’s bundle that its result was taken from', () => {
    const found = verifyRegisterBundle(bundle, { program: PROGRAM });
    if (!found.ok) throw new Error(found.fault.text.en);
    const hall = hallBundle();
    const [taken, ...others] = takenFrom(found.history, hall);
    if (taken?.is !== 'result' || others.length > 0) throw new Error('no result was taken from it');
    const { key: hallKey } = taken.says;
    const verified = verifyBundle(hall, { key: hallKey });
    expect(hallFault(taken, hall, verified)).toBeNull();
    // A number that is not the one the hall’s bundle proves.
    const typed = saying('voted', ({ result: was }) => ({
      result: { ...was, rounds: was.rounds.map((one) => ({ ...one, roll: one.roll + 1 })) },
    }));
    const lying = verifyRegisterBundle(changed(bundle, { entries: typed, key }), { program: PROGRAM });
    // Whoever holds the key can say so, and make the sums of it; what was published since names the ledger that there was.
    expect(lying).toMatchObject({ ok: false, fault: { problem: 'document-head' } });
    expect(hallFault({ ...taken, says: { ...taken.says, hall: 'x' } }, hall, verified)).toMatchObject({
      problem: 'hall-other',
    });
    const broken = Uint8Array.from(hall);
    broken[3000] = (broken[3000] ?? 0) ^ 1;
    expect(hallFault(taken, broken, verifyBundle(broken, { key: hallKey }))).toMatchObject({
      problem: 'hall-broken',
    });
    expect(takenFrom(found.history, bundle)).toEqual([]);
  });
});

describe('a forged bundle of a register', () => {
  it('is found in no honest one', () => {
    expect(verdict(changed(bundle, {}))).toBe('fine');
    expect(verdict(changed(bundle, { manifest: { program: '9' } }))).toBe('- manifest-signature');
    expect(verdict(changed(bundle, { key }))).toBe('fine');
    expect(verdict(changed(bundle, { entries, key }))).toBe('fine');
  });

  const [first, second] = [of('list-frozen'), of('list-frozen', 1)];
  const hiddenAt = entries.findIndex((one, i) => i > 4 && 'hash' in one);
  const hash = (i: number): string => /"hash":"([0-9a-f]{64})"/.exec(lines[i]?.slice(-75) ?? '')?.[1] ?? '';
  const without = (i: number) => lines.filter((_, at) => at !== i);
  const withLine = (i: number, line: string) => lines.map((each, at) => (at === i ? line : each));
  const [listFile, ...others] = files.lists;
  const altered = (text: string) => Buffer.from(text.replace('12000000', '12000001'));
  const withList = (bytes: Uint8Array) => [{ name: listFile?.name ?? '', bytes }, ...others];

  it.each<[string, RegisterChange, string]>([
    ['a line is dropped', { lines: without(first) }, `${first + 2} sequence`],
    ['a hash is dropped', { lines: without(hiddenAt) }, `${hiddenAt + 2} sequence`],
    ['the last line is dropped', { lines: lines.slice(0, -1), key }, '- manifest-other'],
    [
      'two lines are exchanged',
      {
        lines: withLine(first, lines[second] ?? '').map((line, i) =>
          i === second ? (lines[first] ?? '') : line,
        ),
      },
      `${second + 1} sequence`,
    ],
    [
      'a public line is hidden',
      {
        lines: withLine(
          of('released'),
          JSON.stringify({ seq: of('released') + 1, hash: hash(of('released')) }),
        ),
      },
      `${of('released') + 2} withheld`,
    ],
    [
      'a hash is another',
      { lines: withLine(hiddenAt, JSON.stringify({ seq: hiddenAt + 1, hash: 'ab'.repeat(32) })) },
      `${hiddenAt + 3} withheld`,
    ],
    [
      'a line is altered',
      { lines: withLine(first, (lines[first] ?? '').replace('"time":1', '"time":2')) },
      `${first + 1} hash`,
    ],
    [
      'a list is altered',
      { lists: withList(altered(Buffer.from(listFile?.bytes ?? []).toString())), key },
      '- not-a-list',
    ],
    ['a list is missing', { lists: others, key }, `${first + 1} list-missing`],
    [
      'a list stands under the name of another',
      { lists: withList(others[0]?.bytes ?? new Uint8Array()), key },
      '- not-a-list',
    ],
    [
      'a file is altered',
      { attachments: files.attachments.map(({ name }) => ({ name, bytes: Buffer.from('another') })), key },
      '- attachment-other',
    ],
    [
      'a file that nobody names',
      { attachments: [{ name: FEED_FILES.attachment(sha256Hex(LETTER), 'jpg'), bytes: LETTER }], key },
      '- attachment-needless',
    ],
    ['the manifest is signed by another', { key: other }, '- manifest-signature'],
    ['the manifest is of another feed', { key, manifest: { digest: 'ab'.repeat(32) } }, '- manifest-other'],
    ['the manifest names another file', { key, manifest: { files: {} } }, '- manifest-file'],
    [
      'the figures are others',
      {
        key,
        reports: {
          'report.json': Buffer.from(files['report.json']).toString().replace('36000000', '36000001'),
        },
      },
      '- derived-file',
    ],
  ])('%s', (_what, change, found) => {
    expect(verdict(changed(bundle, change))).toBe(found);
  });

  it('every byte matters', () => {
    for (let at = 7; at < bundle.length; at += 499) {
      const bytes = Uint8Array.from(bundle);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      expect(verdict(bytes), String(at)).not.toBe('fine');
    }
    for (const bytes of [new Uint8Array(), bundle.slice(0, 5000), Buffer.concat([bundle, Buffer.from('x')])])
      expect(verdict(bytes)).not.toBe('fine');
  });

  it('another register’s bundle, whole in itself, is not the one whose key is known', () => {
    const theirs = changed(bundle, { entries, key: other });
    expect(verdict(theirs)).toMatch(/document-head/);
    expect(verdict(bundle, other.kid)).toBe('1 another-key');
    expect(verdict(bundle, key.kid.slice(0, 16))).toBe('fine');
  });

  /** The last entries say that a register beneath was seen. */
  const witnessed = (at: number, more: Partial<Extract<RegisterEntry, { typ: 'child-witnessed' }>> = {}) => ({
    time: Date.parse('2033-01-01'),
    says: RegisterEntry.parse({
      ...{ typ: 'child-witnessed', v: 1, register: SAMPLE_LIST.register, seq: 1 },
      ...{ prev: 'ab'.repeat(32), feed: 'ab'.repeat(32), by: { role: 'register' } },
      ...{ child: 'town', key: 'A'.repeat(43), at, hash: 'cd'.repeat(32), ...more },
    }),
  });
  const witnessing = (...more: readonly ReturnType<typeof witnessed>[]) => [...entries, ...more];
  const lastCheckpoint = entries.findLastIndex((one) => 'says' in one && one.says.typ === 'checkpoint');
  const noMoney = ({ months }: Extract<RegisterEntry, { typ: 'planned' }>) => ({
    months: months.map((each) => ({ ...each, fen: 0 })),
  });
  it.each<[string, LooseEntry[], string]>([
    [
      'chosen on paper are more than the places',
      saying('voted-on-paper', () => ({ chosen: ['2028-1', '2028-2'] })),
      'forbidden',
    ],
    [
      'chosen on paper is what is on no list',
      saying('voted-on-paper', () => ({ chosen: ['x'] })),
      'forbidden',
    ],
    ['votes on paper are more than were cast', saying('voted-on-paper', () => ({ cast: 20 })), 'forbidden'],
    [
      'a result on paper is nobody’s second',
      saying('voted-on-paper', ({ with: _, ...says }) => ({ ...says, with: undefined })),
      'second-missing',
    ],
    [
      'a list is frozen by one person alone',
      saying('list-frozen', ({ by }) => ({ with: by })),
      'second-missing',
    ],
    [
      'a deputy enters the result',
      saying('voted', () => ({ by: { role: 'deputy', id: 'deputy-a', name: '周敏' } })),
      'not-their-act',
    ],
    [
      'the result is of the list that was withdrawn',
      saying('voted', ({ result }) => ({ result: { ...result, list: SAMPLE_LIST_HASH.replace(/^./, 'f') } })),
      'forbidden',
    ],
    [
      'a later round has one who was chosen before',
      saying('voted', ({ result }) => ({
        result: { ...result, rounds: [result.rounds[0], { ...result.rounds[0], tiedPlaces: 0 }] },
      })),
      'forbidden',
    ],
    [
      'places are left open',
      saying('voted', ({ result }) => ({ result: { ...result, rounds: [result.rounds[0]] } })),
      'forbidden',
    ],
    [
      'another congress has voted',
      saying('voted', ({ result }) => ({ result: { ...result, congress: '别处' } })),
      'forbidden',
    ],
    [
      'the result comes twice',
      entries.flatMap((one, i) => (i === of('voted') ? [one, one] : [one])),
      'forbidden',
    ],
    ['a list is frozen twice', entries.flatMap((one, i) => (i === second ? [one, one] : [one])), 'forbidden'],
    [
      'the frozen list was never withdrawn',
      entries.filter((_, i) => i !== of('list-withdrawn')),
      'forbidden',
    ],
    [
      'the list is of another year',
      saying('list-frozen', () => ({ cycle: 2028, list: SAMPLE_LIST_HASH }), 2),
      'list-other',
    ],
    [
      'an answer is released a second time',
      entries.flatMap((one, i) => (i === of('released') ? [one, one] : [one])),
      'forbidden',
    ],
    [
      'the vocabulary names another body',
      saying('vocabulary-set', ({ bodies }) => ({
        bodies: bodies.map((each) => ({ ...each, name: { zh: '别的局' } })),
      })),
      'list-other',
    ],
    ['registers beneath are witnessed', witnessing(witnessed(5), witnessed(9)), '- derived-file'],
    [
      'a register beneath goes on under another key',
      witnessing(witnessed(5), witnessed(2, { key: 'B'.repeat(43) })),
      '- derived-file',
    ],
    ['what was witnessed goes back', witnessing(witnessed(9), witnessed(9)), 'witness'],
    ['a register witnesses itself', witnessing(witnessed(5, { child: SAMPLE_LIST.register })), 'witness'],
    [
      'a person witnesses',
      witnessing(witnessed(5, { by: { role: 'congress-office', id: 'congress', name: '李静' } })),
      'witness',
    ],
    ['a checkpoint is gone', entries.filter((_, i) => i !== lastCheckpoint), '- derived-file'],
    [
      'a cycle is opened by nobody',
      saying('cycle-opened', () => ({ by: { role: 'public' } })),
      'not-their-act',
    ],
    [
      'a proposal’s answer is left out',
      saying('released', ({ outcomes }) => ({ outcomes: outcomes.slice(1) })),
      'document-head',
    ],
    ['a body reports for another’s part', saying('reported', () => ({ body: 'education' })), 'forbidden'],
    ['more is paid than there is', saying('reported', () => ({ paid: 70_000_00 })), 'forbidden'],
    ['a target is reached without evidence', saying('reported', () => ({ evidence: [] }), 1), 'forbidden'],
    [
      'a month is reported before it has begun',
      saying('reported', () => ({ month: '2027-05' })),
      'forbidden',
    ],
    ['a plan is for other money', saying('planned', noMoney), 'forbidden'],
    [
      'somebody visits who is not of the group',
      saying('visited', () => ({ by: { role: 'supervision-group', id: 'x', name: '某' } })),
      'forbidden',
    ],
    ['a visit is to come', saying('visited', () => ({ day: '2027-04-25' })), 'forbidden'],
    [
      'a change is decided by one person alone',
      saying('change-decided', ({ by }) => ({ with: by })),
      'second-missing',
    ],
    [
      'a part with reports is changed away',
      saying('change-decided', ({ sheet }) => ({
        project: '2027-1',
        sheet: sheet && { ...sheet, parts: sheet.parts.map((each) => ({ ...each, id: '9' })) },
      })),
      'forbidden',
    ],
    [
      'more have graded than have voted',
      saying('appraised-on-paper', ({ paper }) => ({ paper: { ...paper, cast: 50 } })),
      'forbidden',
    ],
    ['it is looked back in the very year', saying('looked-back', () => ({ day: '2027-12-30' })), 'forbidden'],
    [
      'a share of a project of its own',
      saying('linked', () => ({ to: { register: 'sample-city', project: 'x' } })),
      'forbidden',
    ],
    ['a figure is another', saying('reported', () => ({ paid: 30_000_01 })), 'document-head'],
    ['a share counts after all', saying('linked', () => ({ to: null })), 'document-head'],
    [
      'a grade is another',
      saying('appraised-on-paper', ({ paper }) => ({
        paper: {
          ...paper,
          items: paper.items.map((each, i) => (i === 0 ? { ...each, basic: 30, dissatisfied: 17 } : each)),
        },
      })),
      'document-head',
    ],
  ])('the register itself cannot show it either: %s', (_what, forged, found) => {
    expect(verdict(changed(bundle, { entries: forged, key }))).toMatch(new RegExp(`${found}$`));
  });
});

describe('a published document', () => {
  /** The bundle with another text for the n-th document, everything made to fit by whoever holds the key. */
  function retold(n: number, change: (notice: Notice) => object): Uint8Array {
    const seq = of('published', n);
    const entry = entries[seq];
    if (!entry || !('says' in entry) || entry.says.typ !== 'published') throw new Error('no document');
    const { says } = entry;
    const was = readNotice(String(documents.get(says.text)?.bytes));
    if (!was) throw new Error('no text');
    const { spelled, ...told } = { spelled: null, ...change(was) };
    const bytes = Buffer.from(typeof spelled === 'string' ? spelled : noticeText({ ...was, ...told }));
    const entered = Object.fromEntries(
      ['document', 'period', 'title', 'replaces'].flatMap((name) =>
        name in told ? [[name, Reflect.get(told, name)]] : [],
      ),
    );
    const text = sha256Hex(bytes);
    return changed(bundle, {
      entries: entries.map((one, i) =>
        i === seq ? { ...entry, says: RegisterEntry.parse({ ...says, ...entered, text }) } : one,
      ),
      attachments: files.attachments.map((file) =>
        file.name === FEED_FILES.attachment(says.text, 'json')
          ? { name: FEED_FILES.attachment(text, 'json'), bytes }
          : file,
      ),
      key,
    });
  }
  const sections = (change: (of: Notice['sections'][number]) => object) => (notice: Notice) => ({
    sections: notice.sections.map((each) => ({ ...each, ...change(each) })),
  });
  const sums = (change: (of: SectionOf<'sums'>) => object) =>
    sections((each) => (each.is === 'sums' ? change(each) : {}));

  it('may have other words: nobody can compute them', () => {
    const found = verdict(retold(8, ({ words }) => ({ words: { ...words, next: '下月再看。' } })));
    // Behind it the ledger is another; the sums are the same but for its hash.
    expect(found).toBe('- derived-file');
  });

  it.each<[string, number, (notice: Notice) => object, string]>([
    ['a sum is another', 1, sums(({ paid }) => ({ paid: paid + 1 })), 'document-figures'],
    [
      'a share of a target is another',
      0,
      sums(({ permille }) => ({ permille: permille + 1 })),
      'document-figures',
    ],
    [
      'a light is another',
      2,
      sections((each) =>
        each.is === 'projects' ? { lines: each.lines.map((line) => ({ ...line, light: 'green' })) } : {},
      ),
      'document-figures',
    ],
    [
      'who is late is not told',
      1,
      sections((each) => (each.is === 'late' ? { lines: [] } : {})),
      'document-figures',
    ],
    [
      'a problem is left out',
      3,
      sections((each) => (each.is === 'findings' ? { lines: [] } : {})),
      'document-figures',
    ],
    [
      'what was decided is left out',
      2,
      sections((each) => (each.is === 'changes' ? { lines: [] } : {})),
      'document-figures',
    ],
    [
      'what shrank is left out',
      6,
      sections((each) => (each.is === 'shrunk' ? { lines: [] } : {})),
      'document-figures',
    ],
    [
      'a grade is another',
      6,
      sections((each) =>
        each.is === 'grades' ? { lines: each.lines.map((line) => ({ ...line, graded: null })) } : {},
      ),
      'document-figures',
    ],
    [
      'a body has longer',
      7,
      sections((each) => (each.is === 'rectification' ? { due: '2028-12-31' } : {})),
      'document-figures',
    ],
    [
      'a look back is another',
      8,
      sections((each) =>
        each.is === 'look-backs' ? { lines: each.lines.map((line) => ({ ...line, visits: [] })) } : {},
      ),
      'document-figures',
    ],
    ['a section is left out', 3, ({ sections: all }) => ({ sections: all.slice(1) }), 'document-figures'],
    [
      'the rules are others',
      1,
      ({ rules }) => ({ rules: { ...rules, red: rules.red + 1 } }),
      'document-figures',
    ],
    ['a body has another name', 1, ({ names }) => ({ names: { ...names, bodies: [] } }), 'document-figures'],
    ['it is compared with nothing', 2, () => ({ before: null }), 'document-figures'],
    ['it has another title', 1, () => ({ title: '一切顺利' }), 'document-figures'],
    ['it has another name', 1, () => ({ document: 'another' }), 'document-figures'],
    ['it is of a period that does not fit', 1, () => ({ period: '2027' }), 'document-other'],
    ['its head is another', 1, ({ head }) => ({ head: { ...head, seq: head.seq - 1 } }), 'document-head'],
    ['its head is behind it', 1, ({ head }) => ({ head: { ...head, seq: head.seq + 9 } }), 'document-head'],
    ['it is of a day before', 1, () => ({ day: '2027-04-01' }), 'document-head'],
    ['it is of a day to come', 1, () => ({ day: '2027-05-09' }), 'document-head'],
    [
      'its days are those of another place',
      1,
      () => ({ timezone: 'Nowhere/Nothing', spelled: 'x' }),
      'document-unreadable',
    ],
    [
      'it is in another spelling',
      1,
      (notice) => ({ spelled: JSON.stringify(notice) }),
      'document-unreadable',
    ],
  ])('is named where %s', (_what, n, change, problem) => {
    expect(verdict(retold(n, change))).toBe(`${of('published', n) + 1} ${problem}`);
  });

  it('is named where its entry says something else', () => {
    const titled = saying('published', () => ({ title: '一切顺利' }), 1);
    expect(verdict(changed(bundle, { entries: titled, key }))).toBe(
      `${of('published', 1) + 1} document-other`,
    );
  });
});

it('under the id of an old project nothing takes its place in the sums', () => {
  const at = of('list-frozen', 2);
  const frozen = entries[at];
  if (!frozen || !('says' in frozen) || frozen.says.typ !== 'list-frozen') throw new Error('no third list');
  const { list: before } = frozen.says;
  const file = files.lists.find(({ name }) => name === FEED_FILES.list(before));
  const text = Buffer.from(file?.bytes ?? [])
    .toString()
    .replaceAll('2028-1', '2027-1');
  const now = sha256Hex(text);
  const forged = entries.map((one, i): LooseEntry => {
    if (i < at || !('says' in one)) return one;
    const says = JSON.stringify(one.says).replaceAll('2028-1', '2027-1').replaceAll(before, now);
    return { ...one, says: RegisterEntry.parse(JSON.parse(says)) };
  });
  const lists = files.lists.map((each) =>
    each === file ? { name: FEED_FILES.list(now), bytes: Buffer.from(text) } : each,
  );
  expect(verdict(changed(bundle, { entries: forged, lists, key }))).toBe(`${at + 1} forbidden`);
});

describe('the page of the format', () => {
  const page = readFileSync(new URL('../../coordinator/register/feed/feed.md', import.meta.url), 'utf8');

  it('shows lines of a real feed', () => {
    const shown = /```jsonl\n([\s\S]*?)\n```/.exec(page)?.[1]?.split('\n');
    expect(shown).toEqual([lines[1], lines[3]]);
    const body = rows[3]?.body.split('.')[1] ?? '';
    expect(page).toContain(`\`\`\`json\n${Buffer.from(body, 'base64url').toString()}\n\`\`\``);
  });

  it('names every type, on the side on which it is', () => {
    const [types = '', hidden = ''] = [
      /## Types([\s\S]*?)Not public are/.exec(page)?.[1],
      /Not public are([\s\S]*?):/.exec(page)?.[1],
    ];
    for (const [type, visibility] of Object.entries(VISIBILITY))
      expect({ type, isThere: (visibility === 'public' ? types : hidden).includes(`\`${type}\``) }).toEqual({
        type,
        isThere: true,
      });
    expect(SAMPLE_LIST.places).toBe(2);
  });
});
