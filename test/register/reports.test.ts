import { writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { REGISTER_ROUTES } from '../../coordinator/contract/register/routes.ts';
import { readTable } from '../../coordinator/register/tables/read-table.ts';
import { REPORT_COLUMNS } from '../../coordinator/register/tables/report-columns.ts';
import { CANTEENS, LAMPS, openReporting } from '../support/reporting-register.ts';
import { answered, type TestRegister, YEAR } from '../support/running-register.ts';

let register: TestRegister;
const params = { year: String(YEAR) };

beforeAll(async () => {
  register = await openReporting();
});
afterAll(() => register.stop());

const owed = async (person: string) =>
  answered(await (await register.as(person)).ask(REGISTER_ROUTES.duties, { params })).duties;
const workbook = async (person: string) =>
  new Uint8Array(answered(await (await register.as(person)).ask(REGISTER_ROUTES.reportsTable, { params })));
const preview = async (person: string, body: Uint8Array<ArrayBuffer>) => {
  const asked = await (await register.as(person)).ask(REGISTER_ROUTES.previewReports, { params, body });
  const read = answered(asked);
  if (read.is !== 'read') throw new Error(read.is);
  return read.preview;
};

/** A workbook in which somebody has written these cells, by part and month, and saved it. */
async function filledIn(
  bytes: Uint8Array,
  part: string,
  month: string,
  cells: Readonly<Record<string, number | string>>,
) {
  const read = await readTable(bytes);
  if (!read.ok) throw new Error(read.reason);
  let written = 0;
  const sheets = read.sheets.map(({ name, rows }) => {
    const [head] = rows;
    const at = (title: string) => head?.cells.indexOf(title) ?? -1;
    return {
      name,
      rows: rows.map(({ cells: row }) => {
        const after: (string | number)[] = [...row];
        if (row[at('子项目编号')] !== part || !row.includes(month)) return after;
        for (const [title, value] of Object.entries(cells)) {
          if (at(title) < 0) continue;
          after[at(title)] = value;
          written += 1;
        }
        return Array.from(after, (cell) => cell ?? '');
      }),
    };
  });
  if (written !== Object.keys(cells).length) throw new Error(`${written} cells were found`);
  return new Uint8Array(await writeXlsx({ sheets }));
}

it('a body plans its parts and reports; who has not is reminded, and nobody does it for another', async () => {
  expect((await owed(LAMPS)).map(({ kind, project, part }) => [kind, project, part])).toEqual([
    ['plan', 'lamps', '1'],
    ['plan', 'lamps', '2'],
  ]);
  expect((await owed('congress')).length).toBe(6);
  const plan = {
    act: 'plan',
    ...{ project: 'lamps', part: '1', safeguards: '' },
    months: [
      { month: '2027-03', permille: 250, fen: 80_000_000 },
      { month: '2027-04', permille: 400, fen: 160_000_000 },
      { month: '2027-10', permille: 1000, fen: 320_000_000 },
    ],
  } as const;
  const [first, ...others] = plan.months;
  expect(await register.act(CANTEENS, plan)).toMatchObject({ is: 'refused', reason: 'other-body' });
  expect(await register.act(LAMPS, { ...plan, months: [first, ...others.slice(0, 1)] })).toMatchObject({
    ...{ is: 'refused', reason: 'plan-late' },
  });
  expect(await register.act(LAMPS, plan)).toEqual({ is: 'done' });
  const remind = { act: 'remind', project: 'lamps', part: '1', month: '2027-03' } as const;
  expect(await register.act('congress', remind)).toEqual({ is: 'done' });
  expect(await owed(LAMPS)).toMatchObject([
    { month: '2027-03', due: '2027-04-05', isLate: true, reminders: [{ by: '李静' }] },
    { month: '2027-04', due: '2027-05-05', isLate: true, reminders: [] },
    { kind: 'plan', part: '2' },
  ]);
  const report = {
    act: 'report',
    ...{ project: 'lamps', part: '1', month: '2027-03', done: 300_000 },
    ...{ appropriated: 100_000_000, paid: 60_000_000, words: '首批', evidence: [], reason: null },
  } as const;
  expect(await register.act(CANTEENS, report)).toMatchObject({ is: 'refused', reason: 'other-body' });
  expect(await register.act(LAMPS, report)).toEqual({ is: 'done' });
  expect((await owed(LAMPS)).map(({ month }) => month)).toEqual(['2027-04', null]);
});

it('plans and reports go out as a workbook and come back: first what would change, then that, once; of one’s own parts alone', async () => {
  const out = await workbook(LAMPS);
  expect(await preview(LAMPS, out)).toMatchObject({ acts: 0, changed: [], refused: [], same: 1 });
  const { done, appropriated, paid, words } = REPORT_COLUMNS;
  const body = await filledIn(out, '1', '2027-04', {
    ...{ [done.zh]: 420.5, [appropriated.zh]: 150, [paid.zh]: 90, [words.zh]: '第二批' },
  });
  const read = await preview(LAMPS, body);
  expect(read).toMatchObject({ acts: 1, same: 1, refused: [], added: [{ id: 'lamps' }] });
  expect(read.changed.map(({ before, after }) => [before, after])).toEqual([
    ...[
      ['300', '420.5'],
      ['100', '150'],
      ['60', '90'],
      ['', '第二批'],
    ],
  ]);
  // Whoever brings a workbook of another body does nothing with it, and reads in which rows.
  const foreign = await preview(CANTEENS, body);
  expect([foreign.acts, foreign.refused.map(({ zh }) => zh)]).toEqual([
    0,
    [expect.stringMatching(/^表“月报”第 \d+ 行 B 子项目编号 列：不是本单位负责的内容$/)],
  ]);
  const confirm = async (fingerprint: string) =>
    answered(
      await (await register.as(LAMPS)).ask(REGISTER_ROUTES.importReports, {
        params: { ...params, fingerprint },
        body,
      }),
    );
  expect(await confirm('0'.repeat(64))).toMatchObject({ is: 'read' });
  expect(await confirm(read.fingerprint)).toEqual({ is: 'done', acts: 1 });
  expect(await confirm(read.fingerprint)).toMatchObject({ is: 'read', preview: { acts: 0, same: 2 } });
  const lamps = await register.as('auditor');
  const work = answered(await lamps.ask(REGISTER_ROUTES.work, { params: { id: 'lamps' } }));
  expect(work.partsWork[0]?.reports.map(({ month, done: so, words: said }) => [month, so, said])).toEqual([
    ['2027-03', 300_000, '首批'],
    ['2027-04', 420_500, '第二批'],
  ]);
});

it('the offices take all bodies’ away and bring nothing; a deputy neither', async () => {
  const read = await readTable(await workbook('gov'));
  const bodies = read.ok ? read.sheets[0]?.rows.map(({ cells }) => cells[4]) : [];
  expect([...new Set(bodies)]).toEqual(['责任单位', '市城市管理局', '市民政局', '市卫生健康委']);
  const body = await workbook('gov');
  for (const person of ['gov', 'deputy1'])
    expect(
      await (await register.as(person)).ask(REGISTER_ROUTES.previewReports, { params, body }),
    ).toMatchObject({
      ...{ is: 'refused', status: 403 },
    });
  expect(await (await register.as('deputy1')).ask(REGISTER_ROUTES.duties, { params })).toMatchObject({
    ...{ is: 'refused', status: 403 },
  });
});
