import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sheet } from '../../../shared/projects/sheet.ts';
import { sheet as sheetNamed } from '../../../shared/projects/testing/sample-sheet.ts';
import { actor, CYCLE, DAY, type SmallRegister, smallRegister } from '../model/testing/small-register.ts';
import { describeTableProblem } from './problems.ts';
import { MONEY_COLUMNS, PART_COLUMNS, PROJECT_COLUMNS } from './project-columns.ts';
import { fingerprintOf, type ProjectPreview, previewProjects } from './project-preview.ts';
import { projectTables } from './project-tables.ts';
import { readTable } from './read-table.ts';
import { sentBack, sheetOf, sheetsIn } from './testing/sheets.ts';
import type { ReadSheet } from './workbook.ts';
import { writeCsv } from './write-table.ts';

const OFFICE = 'government';

/** A register with two projects in the making. */
function registerWith(...sheets: readonly Sheet[]): SmallRegister {
  const register = smallRegister();
  sheets.forEach((sheet, i) => {
    register.act({ act: 'draft-project', project: `p${i + 1}`, cycle: CYCLE, sheet }, OFFICE);
  });
  return register;
}

const preview = (register: SmallRegister, sheets: readonly ReadSheet[], person = OFFICE): ProjectPreview =>
  previewProjects(sheets, { state: register.state(), cycle: CYCLE, who: { by: actor(person) }, day: DAY });

function confirm(register: SmallRegister, { acts }: ProjectPreview): void {
  for (const act of acts) expect(register.act(act, OFFICE).ok).toBe(true);
}

const exported = (register: SmallRegister) =>
  projectTables(
    register.state(),
    [...register.state().projects.values()].map(({ id, sheet }) => ({ id, sheet })),
    'zh',
  );

const heads = (columns: Readonly<Record<string, { readonly zh: string }>>) =>
  Object.values(columns).map(({ zh }) => zh);
const PROJECTS = heads(PROJECT_COLUMNS);
const PARTS = heads(PART_COLUMNS);
const MONEY = heads(MONEY_COLUMNS);

const said = ({ refused }: ProjectPreview) =>
  refused.map(({ row, column, reason }) => [row, column?.split(' ')[0] ?? null, reason]);

describe('what is exported and sent back unchanged changes nothing', () => {
  const register = registerWith(sheetNamed('修路'), { ...sheetNamed('=1+1'), content: '-开头\n第二行' });
  const nothing = { added: [], changed: [], same: ['p1', 'p2'], refused: [], acts: [] };

  it('as a workbook', async () => {
    expect(preview(register, await sentBack(exported(register)))).toEqual(nothing);
  });

  it('as three CSV files', async () => {
    const files = exported(register).map((table) => Buffer.from(writeCsv(table, 'zh')));
    const sheets = await Promise.all(files.map(sheetsIn));
    expect(preview(register, sheets.flat())).toEqual(nothing);
  });

  it('whatever the amounts are', async () => {
    const fen = fc.integer({ min: 1, max: 10_000_000_000_000 });
    const thousandths = fc.integer({ min: 1, max: 1_000_000_000_000 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fen, { minLength: 1, maxLength: 10 }),
        thousandths,
        async (amounts, quantity) => {
          const [part] = sheetNamed('a').parts;
          if (!part) throw new Error('no part');
          const funding = amounts.map((each, i) => ({ source: 'city', year: 2027 + i, fen: each }));
          const one = registerWith({
            ...sheetNamed('a'),
            parts: [{ ...part, target: { thousandths: quantity, unit: '米' }, funding }],
          });
          expect(preview(one, await sentBack(exported(one)))).toMatchObject({
            changed: [],
            same: ['p1'],
            refused: [],
          });
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('what somebody edits', () => {
  it('is told cell by cell, is not done before it is confirmed, and gives nothing to do the second time', () => {
    const register = registerWith(sheetNamed('修路'), sheetNamed('学校'));
    const sheets = [
      sheetOf(
        ['项目编号', '项目名称', '受益对象'],
        ['p1', '修好路', '沿线居民约两万人'],
        ['p2', '学校', '学生'],
      ),
      sheetOf(
        ['项目编号', '子项目编号', '子项目名称', '目标数量', '完成时限'],
        ['p1', '1', '道路改造', '２．５', '2027年10月1日'],
      ),
      sheetOf(
        ['项目编号', '子项目编号', '资金来源', '资金年度', '金额（万元）'],
        ['p1', '1', 'city', '2027', '120.000001'],
        ['p1', '1', 'town', '2028', '3亿元'],
      ),
    ];
    const before = register.state();
    const seen = preview(register, sheets);
    expect(register.state()).toBe(before);
    expect(seen.refused).toEqual([]);
    expect(seen.changed).toEqual([
      { id: 'p1', of: null, field: '项目名称', before: '修路', after: '修好路' },
      { id: 'p1', of: '1', field: '目标数量', before: '2', after: '2.5' },
      { id: 'p1', of: '1', field: '完成时限', before: '2027-11-30', after: '2027-10-01' },
      { id: 'p1', of: '1 city 2027', field: '金额（万元）', before: '12', after: '120.000001' },
      { id: 'p1', of: '1 town 2028', field: '金额（万元）', before: '', after: '30000' },
      { id: 'p2', of: null, field: '受益对象', before: '沿线居民约两万人', after: '学生' },
    ]);
    confirm(register, seen);
    const done = register.state().projects.get('p1')?.sheet.parts[0];
    expect(done?.funding).toEqual([
      { source: 'city', year: 2027, fen: 120_000_001 },
      { source: 'town', year: 2028, fen: 30_000_000_000 },
    ]);
    expect(preview(register, sheets)).toMatchObject({ changed: [], added: [], acts: [], same: ['p1', 'p2'] });
  });

  it('brings new projects with parts and money, once', () => {
    const register = registerWith();
    const sheets = [
      sheetOf(['附件一：候选项目'], PROJECTS, [
        'p9',
        '新路',
        '',
        '一句话',
        '',
        'roads',
        'transport',
        'education、transport',
        '内容',
        '居民',
        '',
      ]),
      sheetOf(PARTS, ['p9', 'a', '北段', 'transport', 'north', '', '2', '公里', '2027-11-30', '']),
      sheetOf(MONEY, ['p9', 'a', 'city', '2027', '120']),
    ];
    const seen = preview(register, sheets);
    expect(seen).toMatchObject({ added: [{ id: 'p9' }], changed: [], refused: [] });
    confirm(register, seen);
    expect(register.state().projects.get('p9')?.sheet).toMatchObject({
      title: { zh: '新路' },
      co: ['education', 'transport'],
      parts: [{ id: 'a', funding: [{ source: 'city', year: 2027, fen: 120_000_000 }] }],
    });
    expect(preview(register, sheets)).toMatchObject({ added: [], acts: [], same: ['p9'] });
  });

  it('takes a part away where it says so, and never by leaving out its row', () => {
    const register = registerWith(sheetNamed('修路'));
    expect(preview(register, [sheetOf(PARTS)])).toMatchObject({ acts: [], same: [] });
    const seen = preview(register, [
      sheetOf(PARTS, ['p1', '1', '', '', '', '', '', '', '', '是']),
      sheetOf(MONEY, ['p1', '1', 'city', '2027', '5']),
    ]);
    confirm(register, seen);
    expect(register.state().projects.get('p1')?.sheet.parts).toEqual([]);
  });

  it('takes money away where the amount is empty', () => {
    const register = registerWith(sheetNamed('修路'));
    confirm(register, preview(register, [sheetOf(MONEY, ['p1', '1', 'city', '2027', ''])]));
    expect(register.state().projects.get('p1')?.sheet.parts[0]?.funding).toEqual([]);
  });

  it('leaves languages alone that have no column', () => {
    const bo = { zh: '修路', en: 'Roads', bo: 'ལམ' };
    const register = registerWith({ ...sheetNamed('修路'), title: bo });
    confirm(
      register,
      preview(register, [sheetOf(['项目编号', '项目名称', '项目名称（英文）'], ['p1', '修好路', ''])]),
    );
    expect(register.state().projects.get('p1')?.sheet.title).toEqual({ zh: '修好路', bo: 'ལམ' });
  });

  it('is another fingerprint where anything in it is another', () => {
    const register = registerWith(sheetNamed('修路'));
    const of = (title: string) =>
      fingerprintOf(preview(register, [sheetOf(['项目编号', '项目名称'], ['p1', title])]));
    expect(of('甲')).toBe(of('甲'));
    expect(of('甲')).not.toBe(of('乙'));
  });
});

describe('what is wrong is told with its place, and nothing is done to its project', () => {
  const good = ['p2', '改名'];
  it.each<[string, readonly (readonly string[])[], readonly unknown[]]>([
    ['an amount finer than a fen', [MONEY, ['p1', '1', 'city', '2027', '0.0000001']], [2, 'E', 'bad-money']],
    ['an amount in words', [MONEY, ['p1', '1', 'city', '2027', '约120']], [2, 'E', 'bad-money']],
    ['a source that there is not', [MONEY, ['p1', '1', '省级', '2027', '1']], [2, 'C', 'unknown-name']],
    ['a year that is none', [MONEY, ['p1', '1', 'city', '27', '1']], [2, 'D', 'bad-year']],
    ['money of no part', [MONEY, ['p1', '7', 'city', '2027', '1']], [2, 'B', 'unknown-part']],
    [
      'a line of money twice',
      [MONEY, ['p1', '1', 'city', '2027', '1'], ['p1', '1', 'city', '2027', '1']],
      [3, null, 'row-twice'],
    ],
    ['a project twice', [PROJECTS.slice(0, 2), ['p1', 'a'], ['p1', 'b']], [3, 'A', 'row-twice']],
    ['a row without an id', [PROJECTS.slice(0, 2), ['', 'a']], [2, 'A', 'empty']],
    ['an id that is a path', [PROJECTS.slice(0, 2), ['../p1', 'a']], [2, 'A', 'bad-id']],
    ['no title', [PROJECTS.slice(0, 2), ['p1', '']], [2, 'B', 'empty']],
    ['a title too long', [PROJECTS.slice(0, 2), ['p1', '长'.repeat(2001)]], [2, 'B', 'bad-text']],
    [
      'a title that turns the line around',
      [PROJECTS.slice(0, 2), ['p1', '修\u202e路']],
      [2, 'B', 'bad-text'],
    ],
    [
      'a column twice',
      [
        ['项目编号', '项目名称', '项目名称'],
        ['p1', 'a', 'b'],
      ],
      [1, 'B', 'column-twice'],
    ],
    [
      'a quantity of nothing',
      [PARTS, ['p1', '1', 'a', '', '', '', '0', 'm', '2027-11-30']],
      [2, 'G', 'bad-quantity'],
    ],
    [
      'a part without an area',
      [PARTS, ['p1', 'new', 'a', 'transport', '', '', '1', 'm', '2027-11-30']],
      [2, 'E', 'empty'],
    ],
    [
      'a day that is none',
      [PARTS, ['p1', '1', 'a', 'transport', 'north', '', '1', 'm', '2027-02-30']],
      [2, 'I', 'bad-day'],
    ],
    [
      'parts of no project',
      [PARTS, ['p7', '1', 'a', 'transport', 'north', '', '1', 'm', '2027-11-30']],
      [2, null, 'unknown-project'],
    ],
    [
      'a header that is none',
      [
        ['编号', '名称'],
        ['p1', 'a'],
      ],
      [null, null, 'no-table'],
    ],
  ])('%s', (_, rows, expected) => {
    const register = registerWith(sheetNamed('修路'), sheetNamed('学校'));
    const seen = preview(
      register,
      [sheetOf(...rows), sheetOf(PROJECTS.slice(0, 2), good)].slice(0, rows[0]?.[0] === '编号' ? 1 : 2),
    );
    expect(said(seen)).toContainEqual(expected);
    const touched = seen.acts.map((act) => ('project' in act ? act.project : ''));
    expect(touched).not.toContain('p1');
    if (expected[2] !== 'no-table') expect(touched).toContain('p2');
  });

  it('a cell that is merged, or shows no value, and only in a column that counts', () => {
    const register = registerWith(sheetNamed('修路'));
    const sheet = sheetOf(['项目编号', '项目名称', '备注'], ['p1', '改名', 'x']);
    const odd = (column: number, row = 2) => [{ ...sheet, odd: [{ row, column, what: 'merged' } as const] }];
    expect(preview(register, odd(1))).toMatchObject({
      acts: [],
      refused: [{ row: 2, column: 'B 项目名称', reason: 'merged' }],
    });
    expect(preview(register, odd(2))).toMatchObject({ refused: [], acts: [{ project: 'p1' }] });
    expect(preview(register, odd(1, 1)).refused).toEqual([]);
  });

  it('by the register’s own rules: rights, and projects that are fixed', () => {
    const register = registerWith(sheetNamed('修路'));
    const sheets = [sheetOf(PROJECTS.slice(0, 2), ['p1', '改名'])];
    expect(said(preview(register, sheets, 'auditor'))).toEqual([[2, null, 'not-allowed']]);
    register.act({ act: 'drop-project', project: 'p1', reason: '不再需要' }, OFFICE);
    expect(said(preview(register, sheets))).toEqual([[2, null, 'unknown-project']]);
  });

  it('in both languages, with sheet, row, column and cure', () => {
    const register = registerWith(sheetNamed('修路'));
    const { refused } = preview(register, [sheetOf(MONEY, ['p1', '1', 'city', '2027', '约120'])]);
    const [problem] = refused;
    expect(problem && describeTableProblem(problem)).toEqual({
      zh: expect.stringMatching(/^表“表”第 2 行 E 金额（万元） 列：.*请只填数字/),
      en: expect.stringMatching(/^Sheet “表”, row 2, column E 金额（万元）: .*write digits only/),
    });
  });
});

it('no table whatever throws, and what is refused is never done', () => {
  const words = fc.constantFrom(
    '',
    'p1',
    'p2',
    '1',
    'city',
    '2027',
    '1.5',
    '是',
    '=1',
    '__proto__',
    'constructor',
    '\0',
    '2027-11-30',
    'roads',
  );
  const heading = fc.constantFrom(...PROJECTS, ...PARTS, ...MONEY);
  const table = fc
    .tuple(
      fc.oneof(fc.constantFrom(PROJECTS, PARTS, MONEY), fc.array(heading, { maxLength: 12 })),
      fc.array(fc.array(words, { maxLength: 12 }), { maxLength: 6 }),
    )
    .map(([head, rows]) => sheetOf(head, ...rows));
  fc.assert(
    fc.property(fc.array(table, { maxLength: 3 }), (sheets) => {
      const register = registerWith(sheetNamed('修路'));
      const seen = preview(register, sheets);
      confirm(register, seen);
      expect(preview(register, sheets).acts).toEqual([]);
      for (const problem of seen.refused) expect(describeTableProblem(problem).zh).toContain('：');
    }),
  );
});

it('of a thousand rows everything that is missing is told at once: summary, category and lead', async () => {
  const read = await readTable(
    Buffer.from(`项目编号,项目名称\n${Array.from({ length: 1000 }, (_, i) => `p${i},路`).join('\n')}`),
  );
  expect(read.ok && preview(registerWith(sheetNamed('修路')), read.sheets).refused).toHaveLength(2997);
});
