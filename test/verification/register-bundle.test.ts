import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { verifyBundle } from '../../coordinator/bundle/verify/verify.ts';
import { hallFault, takenFrom } from '../../coordinator/register/feed/bundle/compare-hall.ts';
import { registerSummary } from '../../coordinator/register/feed/bundle/summary.ts';
import {
  isRegisterBundle,
  verifyRegisterBundle,
} from '../../coordinator/register/feed/bundle/verify-bundle.ts';
import { FEED_FILES } from '../../coordinator/register/feed/files.ts';
import { RegisterEntry } from '../../coordinator/register/model/entries.ts';
import { VISIBILITY } from '../../coordinator/register/model/feed-state.ts';
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
const { key, rows } = register;
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
      ...PUBLIC_FILES.map((bytes) => FEED_FILES.attachment(sha256Hex(bytes), 'jpg')),
    ]);
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
    expect(found).toMatchObject({ reportBy: null, absent: [], keyBits: 256 });
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
    expect(registerSummary(found, [], 'zh')).toContain('历年票决项目合计: 3 件 3 项，总投资 36.00 万元');
    expect(registerSummary(found, [], 'en')).toContain('2027-3  社区食堂  3 votes of 5');
  });

  it('says what it could not check: a report of another version, a file that is not there', () => {
    const found = verifyRegisterBundle(bundle, { program: '9.9.9' });
    expect(found).toMatchObject({ ok: true, reportBy: PROGRAM });
    const without = changed(bundle, { attachments: [], key });
    expect(verdict(without)).toBe('fine');
    const lacking = verifyRegisterBundle(without, { program: PROGRAM });
    expect(lacking).toMatchObject({ ok: true, absent: PUBLIC_FILES.map((each) => sha256Hex(each)) });
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
    // Whoever holds the key can say so, and the sums are made of it; only the hall’s bundle shows it.
    expect(lying).toMatchObject({ ok: false, fault: { problem: 'derived-file' } });
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
    expect(verdict(theirs)).toMatch(/derived-file/);
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
      '- derived-file',
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
    ['a figure is another', saying('reported', () => ({ paid: 30_000_01 })), '- derived-file'],
    ['a share counts after all', saying('linked', () => ({ to: null })), '- derived-file'],
    [
      'a grade is another',
      saying('appraised-on-paper', ({ paper }) => ({
        paper: {
          ...paper,
          items: paper.items.map((each, i) => (i === 0 ? { ...each, basic: 30, dissatisfied: 17 } : each)),
        },
      })),
      '- derived-file',
    ],
  ])('the register itself cannot show it either: %s', (_what, forged, found) => {
    expect(verdict(changed(bundle, { entries: forged, key }))).toMatch(new RegExp(`${found}$`));
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
