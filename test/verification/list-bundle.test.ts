import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { listFile } from '../../coordinator/bundle/export/bundle.ts';
import { summary, summaryJson } from '../../coordinator/bundle/verify/summary.ts';
import { verifyBundle } from '../../coordinator/bundle/verify/verify.ts';
import { replay } from '../../coordinator/sitting/chronicle.ts';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import { parseJwsOfAnyLength, signJws } from '../../shared/protocol/jws.ts';
import { shortFingerprint } from '../../shared/protocol/keys.ts';
import { bundleOf, PROGRAM, verdict } from '../support/both-verifiers.ts';
import { filesOf, rewrite, withFiles, withRows } from '../support/forge.ts';
import {
  LISTED_APPRAISAL,
  LISTED_SELECTION,
  listedLedger,
  listedPlay,
  SAMPLE_LIST_HASH,
  SAMPLE_LIST_TEXT,
  TIED,
} from '../support/list-sample.ts';

const sample = listedLedger();
const { rows, key } = sample;
const bundle = bundleOf(sample);
const FILE = listFile(SAMPLE_LIST_HASH);

const saidBy = (body: string): string => JSON.stringify(parseJwsOfAnyLength(body)?.payload);

/** The ledger of a forger with the coordinator's key, whose own entries say something else wherever `change` has it so. */
function forged(change: (says: string, type: string) => string | null): string {
  const signer = nodeSigner(key);
  const all = rows.flatMap((row) => {
    if (parseJwsOfAnyLength(row.body)?.kid !== key.kid) return [row];
    const said = change(saidBy(row.body), row.type);
    if (said === null) return [];
    return [{ ...row, body: signJws(z.record(z.string(), z.unknown()).parse(JSON.parse(said)), signer) }];
  });
  return verdict(withRows(bundle, rewrite(all, key), key));
}
const written = (text: string) => JSON.stringify(text).slice(1, -1);

describe('G5: a vote on a register’s list', () => {
  it('verifies, and the list stands in the bundle under its hash', () => {
    expect(verdict(bundle)).toBe('fine');
    expect(Object.keys(unzipSync(bundle)).at(-1)).toBe(FILE);
    expect(Buffer.from(filesOf(bundle).lists[0]?.bytes ?? []).toString()).toBe(SAMPLE_LIST_TEXT);
  });

  it('names the list in the ledger, in a runoff too, and prints its fingerprint beside the result', () => {
    const rounds = [...replay(rows).rounds.values()];
    expect(rounds.map(({ id, motion }) => [id, 'list' in motion && motion.list])).toEqual([
      ['choose/1', SAMPLE_LIST_HASH],
      ['choose-r1/1', SAMPLE_LIST_HASH],
    ]);
    const report = Buffer.from(filesOf(bundle)['report.html']).toString();
    expect(report.split(shortFingerprint(SAMPLE_LIST_HASH)).length - 1).toBe(2);
    const told = verifyBundle(bundle, { program: PROGRAM });
    expect(summary(told, 'zh')).toContain(`候选项目清单: ${shortFingerprint(SAMPLE_LIST_HASH)}`);
    expect(JSON.parse(summaryJson(told)).rounds[0]).toMatchObject({ list: SAMPLE_LIST_HASH });
  });

  it('of a bundle without a list nothing is asked', () => {
    const { list: _, ...selection } = LISTED_SELECTION;
    const plain = bundleOf(listedPlay({ first: TIED, selection }));
    expect(verdict(plain)).toBe('fine');
  });
});

describe('G5: a forged list', () => {
  it('is found in no honest ledger', () => {
    expect(rewrite(rows, key)).toEqual(rows);
    expect(forged((says) => says)).toBe('fine');
  });

  it('is found where the ledger has not the list that a motion names', () => {
    expect(forged((says, type) => (type === 'list-set' ? null : says))).toBe('list-missing');
  });

  it.each([
    ['a fen', '12000000]', '12000001]'],
    ['a quantity', '[2000,', '[2001,'],
    ['who carries it out', 'lead "transport"', 'lead "transport2"'],
    ['the places', 'places 2', 'places 1'],
  ])('is found where %s of it is another', (_what, from, to) => {
    const change = (says: string, type: string) =>
      type === 'list-set' ? says.replace(written(from), written(to)) : says;
    expect(forged(change)).toBe('list-missing');
  });

  it.each([
    ['a space', '[2000,', '[2000, '],
    ['another count', 'candidates 4', 'candidates 3'],
    ['a line twice', 'places 2\n', 'places 2\nplaces 2\n'],
    ['names in another order', 'areas.zh ["north","北片"]', 'areas.zh ["north","北片"]\nareas.zh ["a","片"]'],
    ['a text composed in another way', '道路改造', 'e\u0301'],
    ['no last line end', /\n$/, ''],
    ['a project twice', 'project "2027-2"', 'project "2027-1"'],
    ['a language twice', 'title.zh "学校操场"', 'title.zh "学校操场"\ntitle.zh "学校操场"'],
    ['a member of every object', 'title.zh "学校操场"', 'title.zh "学校操场"\ntitle.__proto__ "x"'],
    ['a day that is none', '2027-11-30', '2027-11-31'],
    ['less than nothing', '12000000]', '-1]'],
  ])('is found where it is spelt otherwise: %s', (_what, from, to) => {
    const text = SAMPLE_LIST_TEXT.replace(from, to);
    expect(text).not.toBe(SAMPLE_LIST_TEXT);
    const change = (says: string, type: string) =>
      type === 'list-set' ? JSON.stringify({ ...z.looseObject({}).parse(JSON.parse(says)), text }) : says;
    expect(forged(change)).toBe('not-a-list');
  });

  it.each([
    ['a title', '"title":{"zh":"学校操场"}', '"title":{"zh":"学校食堂"}'],
    ['a note', '学校操场，年内完工', '学校操场，明年完工'],
    ['an id', '"id":"2027-2","title"', '"id":"2027-9","title"'],
  ])('is found where %s on the agenda is not the list’s', (_what, from, to) => {
    const change = (says: string, type: string) =>
      type === 'agenda-set' || type === 'opened' ? says.replaceAll(from, to) : says;
    expect(forged(change)).toBe('list-other');
  });

  it('is found where places or the order of candidates are others', () => {
    const [first, second] = LISTED_SELECTION.candidates;
    for (const other of [
      { ...LISTED_SELECTION, places: 3 },
      { ...LISTED_SELECTION, candidates: LISTED_SELECTION.candidates.slice(0, 3) },
      { ...LISTED_SELECTION, candidates: [second, first, ...LISTED_SELECTION.candidates.slice(2)] },
    ]) {
      const whole = JSON.stringify(LISTED_SELECTION.candidates);
      const change = (says: string, type: string) =>
        type === 'agenda-set'
          ? says
              .replace(whole, JSON.stringify(other.candidates))
              .replace('"places":2', `"places":${other.places}`)
          : says;
      expect(forged(change)).toBe('list-other');
    }
  });

  it('is found where an appraisal has a project that is not on it', () => {
    const own = JSON.stringify(LISTED_APPRAISAL.items);
    const change = (says: string, type: string) =>
      type === 'agenda-set' ? says.replace(own, own.replace('2027-3', '2027-7')) : says;
    expect(forged(change)).toBe('list-other');
  });

  it('is found where a runoff names none, or another', () => {
    for (const to of ['', `,"list":"${'0'.repeat(64)}"`]) {
      const change = (says: string, type: string) =>
        type === 'motion-added' ? says.replace(`,"list":"${SAMPLE_LIST_HASH}"`, to) : says;
      expect(forged(change)).toBe('not-as-decided');
    }
  });

  it('is found where the bundle’s file is another, has another name, is twice there or is missing', () => {
    const bytes = Buffer.from(SAMPLE_LIST_TEXT);
    const changed = Buffer.from(SAMPLE_LIST_TEXT.replace('12000000]', '12000001]'));
    const other = listFile('0'.repeat(64));
    for (const lists of [
      [{ name: FILE, bytes: changed }],
      [{ name: other, bytes }],
      [
        { name: FILE, bytes },
        { name: other, bytes },
      ],
      [],
    ])
      expect(verdict(withFiles(bundle, { lists }, rows, key))).toBe('derived-file');
    const text = Buffer.from(bundle);
    const i = text.lastIndexOf('12000000]');
    text[i] = 0x32;
    expect(verifyBundle(text, { program: PROGRAM })).toMatchObject({
      broken: { problem: 'manifest-file', detail: { en: FILE } },
    });
  });
});
