import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { readXlsx } from 'hucre/xlsx';
import { expect, it } from 'vitest';
import { DAY } from '../model/testing/small-register.ts';
import { lookOf } from './frame.ts';
import { type OpenTable, tableCsv, tableXlsx } from './open-tables.ts';
import { moneyTable, partTable } from './part-tables.ts';
import { publicProposal, publicRegister } from './public-register.ts';
import { carryOut, workStep } from './testing/any-work.ts';
import { anySheet, decidedRegister } from './testing/decided-register.ts';
import { appraisalTable, changeTable, reportTable, voiceTable } from './work-tables.ts';

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
  const came = { reports: 0, changes: 0, appraisals: 0, voices: 0 };
  await fc.assert(
    fc.asyncProperty(sheets, fc.array(workStep, { minLength: 20, maxLength: 40 }), async (all, steps) => {
      const register = decidedRegister(all, all.length - 1);
      carryOut(register, steps);
      const view = publicRegister(register.state(), DAY, (one) => publicProposal(one, String));
      const [cycle] = view?.cycles ?? [];
      if (!view || !cycle) throw new Error('there is no cycle');
      const look = lookOf(view, 'zh', '/');
      const works = [...view.works.projects.values()];
      const parts = works.flatMap(({ sheet }) => sheet.parts);
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

      // Every report, decision and grade is there, and none is made up.
      const reports = works.flatMap((work) =>
        [...work.parts.values()].flatMap((its) => [...its.reports.keys()]),
      );
      const entries = (table: OpenTable) =>
        column(table, -1)
          .map(Number)
          .sort((a, b) => a - b);
      expect(entries(reportTable(look, cycle))).toEqual(reports.sort((a, b) => a - b));
      const seqs = (what: 'changes' | 'appraisals') =>
        works.flatMap((work) => [...work[what]].map(({ seq }) => seq)).sort((a, b) => a - b);
      expect(entries(changeTable(look, cycle))).toEqual(seqs('changes'));
      expect(entries(appraisalTable(look, cycle))).toEqual(seqs('appraisals'));
      const heard = [...register.state().works.voices.values()].filter(
        ({ text, erased }) => text !== null && !erased,
      );
      expect(column(voiceTable(look, cycle), 4).toSorted()).toEqual(
        heard.map(({ voice }) => voice).toSorted(),
      );
      const answers = heard.flatMap((one) => one.answers.map(({ words }) => words));
      const told = column(voiceTable(look, cycle), -3).flatMap((cell) =>
        cell === '' ? [] : cell.split('\n'),
      );
      expect(told.toSorted()).toEqual(answers.toSorted());
      came.voices += heard.length;
      came.reports += reports.length;
      came.changes += seqs('changes').length;
      came.appraisals += seqs('appraisals').length;
    }),
    { numRuns: 30 },
  );
  expect(Object.values(came).every((times) => times > 0)).toBe(true);
});
