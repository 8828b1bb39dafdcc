import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readTable } from './read-table.ts';
import { asWritten, safeText } from './safe-text.ts';
import { SHEET, sentBack, sheetsIn, sheetXml, workbookWith } from './testing/sheets.ts';
import { ReadFile } from './workbook.ts';
import { type Table, writeCsv, writeWorkbook } from './write-table.ts';

const COLUMNS = { name: { zh: '名称', en: 'Name' }, sum: { zh: '金额', en: 'Sum', number: true } } as const;
const tableOf = (...rows: readonly (readonly [string, string])[]): Table => ({
  name: '表',
  columns: COLUMNS,
  rows: rows.map(([name, sum]) => ({ name, sum })),
});
const NASTY = [
  '=1+1',
  "=cmd|'/c calc'!A1",
  '+86 139',
  '-5',
  '@SUM(A1)',
  '＝1+1',
  '\t=1',
  "'=1",
  "'",
  '_x0041_',
  '_x005F_x0041_',
  '001234567890123456789',
  '1E5',
  '2027-11-30',
  'a"b,c;d',
  '<b>&amp;</b>',
  ']]>',
  '𠮷野家',
  'TRUE',
  'two\nlines',
];

describe('a text comes back as it was written, and is no formula', () => {
  it('in a workbook', async () => {
    const sent = await writeWorkbook([tableOf(...NASTY.map((text) => [text, '1.5'] as const))], 'zh');
    const [sheet] = await sheetsIn(sent);
    expect(sheet?.rows.slice(1).map(({ cells }) => cells)).toEqual(NASTY.map((text) => [text, '1.5']));
    const xml = Buffer.from(unzipSync(sent)[SHEET] ?? []).toString();
    expect(xml).not.toContain('<f');
    // Every one of them is a text cell, with the format that stays text when somebody edits it.
    expect(xml.match(/<c r="A\d+" t="s" s="\d+">/g)).toHaveLength(NASTY.length + 1);
  });

  it('in a CSV', async () => {
    const sent = writeCsv(tableOf(...NASTY.map((text) => [text, '1.5'] as const)), 'zh');
    const [sheet] = await sheetsIn(Buffer.from(sent));
    expect(sheet?.rows.slice(1).map(({ cells }) => cells)).toEqual(NASTY.map((text) => [text, '1.5']));
    for (const line of sent.split('\r\n')) expect(line).not.toMatch(/^"?[=+\-@\t＝]/);
  });

  it('whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'=+-@\'"\t\n＝a1,') }), (text) => {
        expect(asWritten(safeText(text))).toBe(text);
        expect(safeText(text)).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
      }),
    );
  });
});

it('a table in GB 18030, with semicolons, or with cells of several lines is read too', async () => {
  const gbk = execFileSync('iconv', ['-f', 'UTF-8', '-t', 'GB18030'], { input: '名称;金额\n路灯;1.5\n' });
  expect((await sheetsIn(gbk))[0]?.rows).toEqual([
    { row: 1, cells: ['名称', '金额'] },
    { row: 2, cells: ['路灯', '1.5'] },
  ]);
  const [sheet] = await sheetsIn(Buffer.from('a,b\n\n"x\ny",2\n,\nz\n'));
  expect(sheet?.rows).toEqual([
    { row: 1, cells: ['a', 'b'] },
    { row: 3, cells: ['x\ny', '2'] },
    { row: 5, cells: ['z'] },
  ]);
});

describe('of a workbook is read what its cells show', () => {
  const cells = async (rows: string, behind = '') => {
    const [sheet] = await sheetsIn(
      await workbookWith([tableOf()], (parts) => {
        parts[SHEET] = sheetXml(rows, { behind });
      }),
    );
    return sheet;
  };

  it('numbers with the fifteen digits that a spreadsheet has', async () => {
    const sheet = await cells(
      '<row r="1"><c r="A1"><v>0.30000000000000004</v></c><c r="B1"><v>1E-7</v></c><c r="C1"><v>1.2E3</v></c><c r="D1"><v>13912345678</v></c></row>',
    );
    expect(sheet?.rows[0]?.cells).toEqual(['0.3', '0.0000001', '1200', '13912345678']);
  });

  it('days as days', async () => {
    const bytes = await workbookWith([tableOf()], (parts) => {
      parts[SHEET] = sheetXml(
        '<row r="1"><c r="A1" s="1"><v>46721</v></c><c r="B1" s="1"><v>46721.5</v></c></row>',
      );
      parts['xl/styles.xml'] = Buffer.from(
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
      );
    });
    expect((await sheetsIn(bytes))[0]?.rows[0]?.cells).toEqual(['2027-11-30', '2027-11-30 12:00:00']);
  });

  it('of a formula what it last gave; one without, errors and merged cells are told', async () => {
    const sheet = await cells(
      '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2"><f>NOW()</f></c><c r="C2" t="e"><v>#REF!</v></c></row>',
      '<mergeCells><mergeCell ref="D2:E3"/></mergeCells>',
    );
    expect(sheet?.rows).toEqual([{ row: 2, cells: ['2', '', '#REF!'] }]);
    expect(sheet?.odd).toEqual([
      { row: 2, column: 1, what: 'no-result' },
      { row: 2, column: 2, what: 'error-value' },
      { row: 2, column: 3, what: 'merged' },
    ]);
  });

  it('rows that are empty to the last one of the sheet are not there', async () => {
    const sheet = await cells(
      '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"/></row>',
    );
    expect(sheet?.rows).toEqual([{ row: 1, cells: ['1'] }]);
  });

  it('entities of a document are not', async () => {
    const bytes = await workbookWith([tableOf()], (parts) => {
      parts[SHEET] = sheetXml('<row r="1"><c r="A1" t="inlineStr"><is><t>&file;&lol;</t></is></c></row>', {
        before: `<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/passwd"><!ENTITY lol "${'lol'.repeat(10)}">]>`,
      });
    });
    const read = await readTable(bytes);
    expect(JSON.stringify(read)).not.toMatch(/root:|lollol/);
  });

  it('pictures, macros and links of a workbook are never opened', async () => {
    const [sheet] = await sheetsIn(
      await workbookWith([tableOf(['a', '1'])], (parts) => {
        parts['xl/vbaProject.bin'] = Buffer.from('rubbish');
        parts['xl/externalLinks/externalLink1.xml'] = Buffer.from('<rubbish');
        parts['xl/worksheets/_rels/sheet1.xml.rels'] = Buffer.from('<rubbish');
        parts['../../evil.xml'] = Buffer.from('rubbish');
      }),
    );
    expect(sheet?.rows[1]?.cells).toEqual(['a', '1']);
  });
});

describe('what is no table of a size that can be read is refused', () => {
  const bomb = () => zipSync({ 'xl/worksheets/sheet1.xml': Buffer.alloc(101_000_000) });
  const lying = () => {
    const bytes = Buffer.from(bomb());
    // The archive says that a part has a few bytes; that it has more is not believed either.
    for (let at = bytes.indexOf('PK\x01\x02'); at !== -1; at = bytes.indexOf('PK\x01\x02', at + 1))
      bytes.writeUInt32LE(10, at + 24);
    return bytes;
  };
  const rows = (count: number) => `a\n${'x\n'.repeat(count)}`;
  it.each<[string, string, () => Uint8Array | Promise<Uint8Array>]>([
    ['more than ten megabytes', 'too-large', () => Buffer.alloc(10_000_001)],
    ['an archive that unpacks to a hundred', 'too-much', bomb],
    ['one that hides that it does', 'damaged', lying],
    ['an archive of something else', 'damaged', () => zipSync({ 'word/document.xml': Buffer.from('<a/>') })],
    ['a workbook of old', 'not-a-table', () => Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'latin1')],
    [
      'a locked workbook',
      'locked',
      () =>
        Buffer.concat([
          Buffer.from('\xd0\xcf\x11\xe0', 'latin1'),
          Buffer.from('EncryptedPackage', 'utf16le'),
        ]),
    ],
    ['a picture', 'not-a-table', () => Buffer.from('\x89PNG\r\n\x1a\n\0\0\0', 'latin1')],
    [
      'a cell at the far corner',
      'too-much',
      () =>
        workbookWith([tableOf()], (parts) => {
          parts[SHEET] = sheetXml(
            '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
          );
        }),
    ],
    ['too many rows', 'too-much', () => Buffer.from(rows(20_000))],
    ['too many columns', 'too-much', () => Buffer.from(`${'a,'.repeat(101)}a`)],
    ['a quote that is never closed', 'damaged', () => Buffer.from('a,b\n"c,d\n')],
  ])('%s: %s', async (_, reason, make) => {
    expect(await readTable(await make())).toEqual({ ok: false, reason });
  });

  it('as many rows as are allowed are read', async () => {
    expect((await sheetsIn(Buffer.from(rows(19_999))))[0]?.rows).toHaveLength(20_000);
  });
});

it('two hundred workbooks in which something was broken are read or refused, each within a moment', async () => {
  const whole = await writeWorkbook([tableOf(['路灯', '1.5'], ['电梯', '2'])], 'zh');
  const parts = unzipSync(whole);
  let seed = 20_261_129;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 1;
    return seed % below;
  };
  const broken = (bytes: Uint8Array): Uint8Array => {
    const copy = Buffer.from(bytes);
    for (let n = random(8) + 1; n > 0; n--) {
      const at = random(copy.length);
      if (random(3) === 0) copy.copy(copy, at, random(copy.length));
      else copy[at] = random(256);
    }
    return random(4) === 0 ? copy.subarray(0, random(copy.length)) : copy;
  };
  const names = Object.keys(parts);
  let [taken, slowest] = [0, 0];
  for (let n = 0; n < 200; n++) {
    const name = names[random(names.length)] ?? '';
    const bytes =
      n % 2 === 0 ? broken(whole) : zipSync({ ...parts, [name]: broken(parts[name] ?? new Uint8Array()) });
    const start = performance.now();
    const read = await readTable(bytes);
    slowest = Math.max(slowest, performance.now() - start);
    expect(ReadFile.safeParse(read).success).toBe(true);
    if (read.ok) taken += 1;
  }
  // Some of both, or nothing was tried.
  expect(taken).toBeGreaterThan(10);
  expect(taken).toBeLessThan(190);
});

it('the sheets of a workbook keep their names and their order', async () => {
  const sheets = await sentBack([
    { ...tableOf(['a', '1']), name: '项目' },
    { ...tableOf(['b', '2']), name: '资金' },
  ]);
  expect(sheets.map(({ name }) => name)).toEqual(['项目', '资金']);
});
