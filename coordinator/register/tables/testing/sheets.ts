import { type Unzipped, unzipSync, zipSync } from 'fflate';
import { readTable } from '../read-table.ts';
import type { ReadSheet } from '../workbook.ts';
import { type Table, writeWorkbook } from '../write-table.ts';

/** A sheet of these rows, beginning in row 1. */
export const sheetOf = (...rows: readonly (readonly string[])[]): ReadSheet => ({
  name: '表',
  rows: rows.map((cells, i) => ({ row: i + 1, cells: [...cells] })),
  odd: [],
});

/** What is read of a file. @throws where nothing is. */
export async function sheetsIn(bytes: Uint8Array): Promise<readonly ReadSheet[]> {
  const read = await readTable(bytes);
  if (!read.ok) throw new Error(read.reason);
  return read.sheets;
}

/** Tables as somebody has saved them and sent them back. */
export const sentBack = async (tables: readonly Table[]): Promise<readonly ReadSheet[]> =>
  sheetsIn(await writeWorkbook(tables, 'zh'));

/** A workbook whose parts `change` has changed. */
export async function workbookWith(
  tables: readonly Table[],
  change: (parts: Unzipped) => void,
): Promise<Uint8Array> {
  const parts = unzipSync(await writeWorkbook(tables, 'zh'));
  change(parts);
  return zipSync(parts);
}

/** A sheet's XML around these rows, with `before` and `behind` them. */
export const sheetXml = (rows: string, { before = '', behind = '' } = {}): Buffer<ArrayBuffer> =>
  Buffer.from(
    `<?xml version="1.0"?>${before}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData>${behind}</worksheet>`,
  );

export const SHEET = 'xl/worksheets/sheet1.xml';
