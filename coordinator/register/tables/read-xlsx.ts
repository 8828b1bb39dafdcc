import { unzipSync, type Zippable, zipSync } from 'fflate';
import { type CellValue, readXlsx, type Sheet } from 'hucre/xlsx';
import { type ReadFile, type ReadSheet, writtenRows } from './workbook.ts';

/** Of all that a workbook can hold, what its cells are made of. Pictures, macros, links and pivots are never opened. */
const PARTS =
  /^(\[Content_Types\]\.xml|_rels\/\.rels|xl\/(workbook|styles|sharedStrings)\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/worksheets\/[A-Za-z0-9_-]+\.xml)$/i;

/** Unpacked; a hundred times what an office's tables are. */
const MOST_UNPACKED = 100_000_000;
const MOST_PARTS = 200;

class TooMuch extends Error {}

/** The sheets of a workbook. Formulas are never run: what they last gave is what is read. */
export async function readWorkbook(bytes: Uint8Array): Promise<ReadFile> {
  try {
    const { sheets } = await readXlsx(onlyCells(bytes));
    const read = sheets.map(asText);
    return read.some((sheet) => sheet === null)
      ? { ok: false, reason: 'too-much' }
      : { ok: true, sheets: read.filter((sheet) => sheet !== null) };
  } catch (error) {
    const isMuch =
      error instanceof TooMuch || (error instanceof Error && /over the \d+ limit/.test(error.message));
    return { ok: false, reason: isMuch ? 'too-much' : 'damaged' };
  }
}

/** The workbook with the parts that are read, and no other; nothing is unpacked beyond what is allowed. */
function onlyCells(bytes: Uint8Array): Uint8Array {
  let [size, count] = [0, 0];
  const parts: Zippable = unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      if (!PARTS.test(name)) return false;
      size += originalSize;
      count += 1;
      if (size > MOST_UNPACKED || count > MOST_PARTS) throw new TooMuch();
      return true;
    },
  });
  return zipSync(parts, { level: 0 });
}

function asText({ name, rows, cells, merges }: Sheet): ReadSheet | null {
  const odd: ReadSheet['odd'][number][] = [];
  for (const [at, { type, value }] of cells ?? []) {
    const [row = 0, column = 0] = at.split(',').map(Number);
    const what = type === 'error' ? 'error-value' : type === 'formula' && value === null ? 'no-result' : null;
    if (what) odd.push({ row: row + 1, column, what });
  }
  for (const { startRow, startCol } of merges ?? [])
    odd.push({ row: startRow + 1, column: startCol, what: 'merged' });
  const written = writtenRows(rows.map((row) => row.map(cellText)));
  return written && { name, rows: written, odd };
}

/** What a cell shows: numbers with the 15 digits that spreadsheets have, days as days. */
function cellText(value: CellValue): string {
  if (value === null) return '';
  if (typeof value === 'number')
    return value.toLocaleString('en-US', { useGrouping: false, maximumSignificantDigits: 15 });
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : dayText(value);
  return String(value);
}

function dayText(day: Date): string {
  const text = day.toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ');
}
