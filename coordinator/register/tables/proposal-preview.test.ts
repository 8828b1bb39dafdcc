import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { drawProposalId } from '../beside/proposal-id.ts';
import type { Beside } from '../beside/side-store.ts';
import { saltedHash } from '../beside/words.ts';
import { draftsHash } from '../model/drafts.ts';
import {
  actor,
  CYCLE,
  DAY,
  hash,
  proposalId,
  type SmallRegister,
  smallRegister,
  wish,
} from '../model/testing/small-register.ts';
import { ENTRY_COLUMNS, PROPOSAL_COLUMNS } from './proposal-columns.ts';
import { actOf, type ProposalImport, previewProposals } from './proposal-preview.ts';
import { entryTemplate, officeProposals, publicProposals } from './proposal-tables.ts';
import { sentBack, sheetOf } from './testing/sheets.ts';
import { writeCsv } from './write-table.ts';

const HEAD = Object.values(ENTRY_COLUMNS).map(({ zh }) => zh);
const [A, B] = [proposalId('A'), proposalId('B')];
const SCANS = {
  of: 'rows' as const,
  named: new Map([
    ['信1.pdf', hash('one')],
    ['信2.pdf', hash('two')],
    ['王、李.pdf', hash('both')],
  ]),
};
const LETTER = [
  A,
  '来信',
  '修路灯',
  '南门小区的路灯坏了。',
  '南门小区',
  '欧阳铁柱',
  '13912345678',
  '7栋',
  '信1.pdf、信2.pdf',
];

const into = (register: SmallRegister, more: Partial<ProposalImport> = {}): ProposalImport => ({
  state: register.state(),
  cycle: CYCLE,
  who: { by: actor('congress') },
  day: DAY,
  besideOf: () => null,
  scans: SCANS,
  ...more,
});

it('what the office fills in is added with its words, its proposer and its scans, and a second time not again', () => {
  const register = smallRegister();
  const sheets = [
    sheetOf(HEAD, LETTER, [B], [proposalId('C'), '来电', '公交', '公交太少', '', '', '', '', '信2.pdf']),
  ];
  const seen = previewProposals(sheets, into(register));
  expect(seen).toMatchObject({
    added: [
      {
        proposal: A,
        channel: 'letter',
        wording: { title: '修路灯', place: { name: '南门小区' } },
        proposer: { name: '欧阳铁柱', telephone: '13912345678', address: '7栋' },
        attachments: [hash('one'), hash('two')],
      },
      { proposal: proposalId('C'), channel: 'telephone', wording: { place: null }, proposer: null },
    ],
    same: [],
    refused: [],
  });
  const kept = new Map<string, Beside>();
  for (const one of seen.added) {
    const words = saltedHash('words', one.wording, new Uint8Array(32));
    expect(register.act(actOf(one, { words, proposer: null }), 'congress').ok).toBe(true);
    kept.set(one.proposal, { wording: one.wording, proposer: one.proposer });
  }
  const again = previewProposals(sheets, into(register, { besideOf: (id) => kept.get(id) ?? null }));
  expect(again).toMatchObject({ added: [], same: [A, proposalId('C')], refused: [] });
  const other = previewProposals(
    [sheetOf(HEAD, LETTER.with(2, '改了'))],
    into(register, { besideOf: (id) => kept.get(id) ?? null }),
  );
  expect(other.refused).toMatchObject([{ row: 2, column: 'A 建议编号', reason: 'already-entered' }]);
});

it('one scan of the whole table goes with every row, whatever their cells say', () => {
  const sheets = [sheetOf(HEAD, LETTER, LETTER.with(0, B).with(8, ''))];
  const scans = { of: 'table' as const, scan: hash('all') };
  const seen = previewProposals(sheets, into(smallRegister(), { scans }));
  expect(seen.refused).toEqual([]);
  expect(seen.added.map(({ attachments }) => attachments)).toEqual([[hash('all')], [hash('all')]]);
});

it('a scan is found by its name as it looks, named twice it goes once', () => {
  const rows = [LETTER.with(8, '王、李.pdf'), LETTER.with(0, B).with(8, '信1.pdf；信1.pdf')];
  const { added, refused } = previewProposals([sheetOf(HEAD, ...rows)], into(smallRegister()));
  expect(refused).toEqual([]);
  expect(added.map(({ attachments }) => attachments)).toEqual([[hash('both')], [hash('one')]]);
});

it('so many are entered at once and no more; the rest is said in one line', () => {
  const rows = Array.from({ length: 203 }, (_, i) =>
    LETTER.with(0, `${CYCLE}-${String(i).padStart(7, '0')}`),
  );
  const { added, refused } = previewProposals([sheetOf(HEAD, ...rows)], into(smallRegister()));
  expect(added).toHaveLength(200);
  expect(refused).toEqual([{ sheet: '表', row: 202, column: null, reason: 'too-many-rows' }]);
});

it('a template that comes back as it was handed out adds nothing', async () => {
  const register = smallRegister();
  const ids = Array.from({ length: 50 }, () =>
    drawProposalId(CYCLE, (id) => register.state().proposals.has(id), randomBytes),
  );
  expect(new Set(ids).size).toBe(50);
  const sheets = await sentBack([entryTemplate(ids, 'zh')]);
  expect(previewProposals(sheets, into(register))).toEqual({ added: [], same: [], refused: [] });
});

it('a number is drawn until it is one that nobody has', () => {
  let draws = 0;
  const random = (length: number) => new Uint8Array(length).fill(draws++);
  expect(drawProposalId(CYCLE, (id) => id === `${CYCLE}-0000000`, random)).toBe(`${CYCLE}-1111111`);
});

describe('a row that is wrong is refused with its place', () => {
  it.each<[string, readonly string[], readonly [string | null, string]]>([
    ['no number', LETTER.with(0, ''), ['A 建议编号', 'not-a-number-of-ours']],
    ['a number of another year', LETTER.with(0, '2026-000000A'), ['A 建议编号', 'not-a-number-of-ours']],
    ['a channel that is none', LETTER.with(1, '微信'), ['B 来源渠道', 'bad-choice']],
    ['what came online', LETTER.with(1, '网上提交'), [null, 'not-allowed']],
    ['no title', LETTER.with(2, ''), ['C 标题', 'empty']],
    ['a title too long', LETTER.with(2, '长'.repeat(201)), ['C 标题', 'bad-text']],
    ['a name that cannot be seen', LETTER.with(5, '\u202e'), ['F 姓名', 'bad-text']],
    ['no scan', LETTER.with(8, ''), ['I 扫描件文件名', 'empty']],
    ['a scan that was not uploaded', LETTER.with(8, '../../信1.pdf'), ['I 扫描件文件名', 'scan-missing']],
  ])('%s', (_, row, [column, reason]) => {
    const { added, refused } = previewProposals([sheetOf(HEAD, row)], into(smallRegister()));
    expect(added).toEqual([]);
    expect(refused).toContainEqual({ sheet: '表', row: 2, column, reason });
  });

  it('the same number twice', () => {
    const { added, refused } = previewProposals([sheetOf(HEAD, LETTER, LETTER)], into(smallRegister()));
    expect(added).toHaveLength(1);
    expect(refused).toMatchObject([{ row: 3, reason: 'row-twice' }]);
  });

  it('who may not, and when nothing is collected', () => {
    const sheets = [sheetOf(HEAD, LETTER)];
    const reasons = (more: Partial<ProposalImport>) =>
      previewProposals(sheets, into(smallRegister(), more)).refused.map(({ reason }) => reason);
    expect(reasons({ who: { by: actor('auditor') } })).toEqual(['not-allowed']);
    expect(reasons({ day: '2026-11-01' })).toEqual(['not-collecting']);
  });

  it('a table of something else', () => {
    expect(previewProposals([sheetOf(['a', 'b'])], into(smallRegister())).refused).toMatchObject([
      { reason: 'no-table' },
    ]);
  });
});

describe('proposals as they are handed out', () => {
  const register = smallRegister();
  for (const end of ['A', 'B']) register.act(wish(end), null);
  register.act({ act: 'clear-wording', proposal: A, title: '修路灯', text: '=HYPERLINK("x")' }, 'congress');
  register.act(
    { act: 'draft-decision', proposal: A, outcome: { is: 'not-adopted', reason: '已在办理' } },
    'government',
  );
  const { proposals } = register.state();
  const all = [...proposals.values()];
  const wordsOf = () => ({ title: '原话', text: '张三的原话' });

  it('to the public say nothing that is drafted, and nothing that was not cleared', () => {
    const { rows } = publicProposals(register.state(), all, 'zh');
    expect(rows.map(({ title }) => title)).toEqual(['修路灯', '']);
    expect(JSON.stringify(rows)).not.toMatch(/已在办理|未采纳|原话/);
    const released = smallRegister();
    released.act(wish('A'), null);
    const drafted = publicProposals(released.state(), [...released.state().proposals.values()], 'zh').rows;
    released.act(
      { act: 'draft-decision', proposal: A, outcome: { is: 'not-adopted', reason: 'x' } },
      'government',
    );
    expect(publicProposals(released.state(), [...released.state().proposals.values()], 'zh').rows).toEqual(
      drafted,
    );
    released.act({ act: 'release', cycle: CYCLE, drafts: draftsHash(released.state(), CYCLE) }, 'congress');
    expect(
      publicProposals(released.state(), [...released.state().proposals.values()], 'en').rows,
    ).toMatchObject([{ answer: 'not adopted', reason: 'x', state: 'not adopted' }]);
  });

  it('to the offices say both', () => {
    const { rows } = officeProposals(register.state(), all, wordsOf, 'zh');
    expect(rows).toMatchObject([
      { title: '修路灯', answer: '未采纳', reason: '已在办理' },
      { title: '原话', answer: '' },
    ]);
  });

  it('as CSV show what begins like a formula, and do not run it', () => {
    const csv = writeCsv(publicProposals(register.state(), all, 'zh'), 'zh');
    expect(csv).toContain('"\'=HYPERLINK(""x"")"');
    expect(csv.split('\r\n')[0]).toBe(
      `\uFEFF${Object.values(PROPOSAL_COLUMNS)
        .map(({ zh }) => zh)
        .join()}`,
    );
  });
});
