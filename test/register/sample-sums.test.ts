import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { verifyRegisterBundle } from '../../coordinator/register/feed/bundle/verify-bundle.ts';
import { readWorkbook } from '../../coordinator/register/tables/read-xlsx.ts';
import { KNOWN_YEARS } from '../../coordinator/rehearsal/register/sample-registers.ts';
import { OCTOBER, openRegister, type TestRegister } from '../support/running-register.ts';
import { sampleFolder } from '../support/sample-city.ts';

/** 50 件, 156 项, 106.13 亿元. */
const CITY = { projects: 50, parts: 156, fen: 1_061_300_000_000 };

const independent = z
  .object({
    verifyRegister: z.custom<(bytes: Buffer, kid?: string) => unknown>((f) => typeof f === 'function'),
  })
  .parse(
    await import(String(new URL('../verification/independent-register.mjs', import.meta.url))),
  ).verifyRegister;

let city: TestRegister;
beforeAll(async () => {
  city = await openRegister({ folder: sampleFolder('city', OCTOBER) });
});
afterAll(() => city.stop());

async function bytesOf(path: string): Promise<Uint8Array> {
  const response = await fetch(`${city.running.http}${path}`);
  if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
const textOf = async (path: string) => Buffer.from(await bytesOf(path)).toString();

/** The rows of a year's workbook, beneath its heads. */
async function rowsOf(year: number, table: string): Promise<readonly (readonly string[])[]> {
  const read = await readWorkbook(await bytesOf(`/data/cycles/${year}/${table}.xlsx`));
  if (!read.ok) throw new Error(read.reason);
  return (read.sheets[0]?.rows ?? []).slice(1).map((row) => row.cells.map(String));
}

/** Whole fen of what is written in yuan. */
const fenOf = (yuan: string | number): number => Math.round(Number(String(yuan).replaceAll(',', '')) * 100);

it('the workbooks of 2019 to 2023 come to 50 件, 156 项 and 106.13 亿元', async () => {
  const found = { projects: 0, parts: 0, fen: 0 };
  for (const year of KNOWN_YEARS) {
    const parts = await rowsOf(year, 'parts');
    found.parts += parts.length;
    found.projects += new Set(parts.map(([project]) => project)).size;
    for (const row of await rowsOf(year, 'money')) found.fen += fenOf(row.at(-1) ?? '');
  }
  expect(found).toEqual(CITY);
});

const Amount = z.object({ amount: z.number(), currency: z.literal('CNY') });
const Package = z.object({
  projects: z.array(
    z.object({
      budget: z.object({
        amount: Amount,
        budgetBreakdowns: z.array(
          z.object({ id: z.string(), budgetBreakdown: z.array(z.object({ amount: Amount })) }),
        ),
      }),
    }),
  ),
});

it('so do their OC4IDS packages, by project and by part', async () => {
  const found = { projects: 0, parts: 0, fen: 0 };
  let byPart = 0;
  for (const year of KNOWN_YEARS) {
    const { projects } = Package.parse(JSON.parse(await textOf(`/data/cycles/${year}.oc4ids.json`)));
    for (const { budget } of projects) {
      found.projects += 1;
      found.fen += fenOf(budget.amount.amount);
      const parts = budget.budgetBreakdowns.find(({ id }) => id === 'part')?.budgetBreakdown ?? [];
      found.parts += parts.length;
      for (const { amount } of parts) byPart += fenOf(amount.amount);
    }
  }
  expect(found).toEqual(CITY);
  expect(byPart).toBe(CITY.fen);
});

const Figures = z.object({
  cycles: z.array(z.object({ year: z.number(), projects: z.number(), parts: z.number(), fen: z.number() })),
});

/** The known years of what a verifier has counted. */
function known(figures: unknown) {
  const { cycles } = Figures.parse(figures);
  const those = cycles.filter(({ year }) => KNOWN_YEARS.includes(year));
  const sum = (of: 'projects' | 'parts' | 'fen') => those.reduce((all, one) => all + one[of], 0);
  return { projects: sum('projects'), parts: sum('parts'), fen: sum('fen') };
}

it('so does the register’s bundle, for our verifier and for the one that was written from the page alone', async () => {
  const bundle = await bytesOf('/data/register.zip');
  const found = verifyRegisterBundle(bundle, { program: '0' });
  if (!found.ok) throw new Error(found.fault.text.en);
  expect(known(found.figures)).toEqual(CITY);
  expect(known(independent(Buffer.from(bundle)))).toEqual(CITY);
});

it('so does the page of those years', async () => {
  const page = await textOf('/years?from=2019&to=2023');
  const [, foot = ''] = /<tfoot>(.*?)<\/tfoot>/s.exec(page) ?? [];
  const cells = [...foot.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell = '']) =>
    cell.replace(/<[^>]+>/g, ''),
  );
  expect(cells.slice(0, 3)).toEqual(['50', '156', '106.13亿元']);
  expect(foot).toContain('value="1061300000000"');
});
