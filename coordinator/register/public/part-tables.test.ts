import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { readXlsx } from 'hucre/xlsx';
import { expect, it } from 'vitest';
import { DAY } from '../model/testing/small-register.ts';
import { lookOf } from './frame.ts';
import { type OpenTable, tableCsv, tableXlsx } from './open-tables.ts';
import { moneyTable, partTable } from './part-tables.ts';
import { publicProposal, publicRegister } from './public-register.ts';
import { anySheet, decidedRegister } from './testing/decided-register.ts';

/** Yuan with two places, in fen; nothing goes through a float. */
const fenOf = (yuan: string): number => {
  expect(yuan).toMatch(/^\d+\.\d\d$/);
  return Number(yuan.replace('.', ''));
};
const sum = (all: readonly number[]) => all.reduce((a, b) => a + b, 0);

/** A column of the CSV of a table. */
function column(table: OpenTable, at: number): readonly string[] {
  const [, ...rows]: string[][] = parse(tableCsv(table).slice(1));
  return rows.map((row) => row.at(at) ?? '');
}

it('whatever projects promise, the tables of parts and of money have each yuan of what was chosen once, and none of the others', async () => {
  const sheets = fc.array(anySheet, { minLength: 2, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(sheets, async (all) => {
      const register = decidedRegister(all, all.length - 1);
      const view = publicRegister(register.state(), DAY, (one) => publicProposal(one, String));
      const [cycle] = view?.cycles ?? [];
      if (!view || !cycle) throw new Error('there is no cycle');
      const look = lookOf(view, 'zh', '/');
      const parts = all.slice(0, -1).flatMap((sheet) => sheet.parts);
      const lines = parts.flatMap(({ funding }) => funding);
      const whole = sum(lines.map(({ fen }) => fen));
      const year = sum(lines.filter((line) => line.year === cycle.year).map(({ fen }) => fen));

      const [partRows, moneyRows] = [partTable(look, cycle), moneyTable(look, cycle)];
      expect(partRows.rows).toHaveLength(parts.length);
      expect(sum(column(partRows, -2).map(fenOf))).toBe(whole);
      expect(sum(column(partRows, -1).map(fenOf))).toBe(year);
      expect(moneyRows.rows).toHaveLength(lines.length);
      expect(sum(column(moneyRows, -1).map(fenOf))).toBe(whole);

      // In a workbook they are numbers, which a spreadsheet adds up.
      const [sheet] = (await readXlsx(await tableXlsx(moneyRows))).sheets;
      const amounts = (sheet?.rows ?? []).slice(1).map((row) => row.at(-1));
      expect(sum(amounts.map((each) => Math.round(Number(each) * 100)))).toBe(whole);
      expect(amounts.every((each) => typeof each === 'number')).toBe(true);
    }),
    { numRuns: 20 },
  );
});
