import { z } from 'zod';
import type { Value } from '../../../shared/protocol/value.ts';

/** What a cell holds that cannot be read as what it shows. */
const Odd = z.strictObject({
  row: z.number().int().positive(),
  column: z.number().int().nonnegative(),
  what: z.enum(['merged', 'error-value', 'no-result']),
});

/** A sheet as text: what its cells show, in rows that are numbered as the program of the office numbers them. */
export const ReadSheet = z.strictObject({
  name: z.string(),
  rows: z.array(z.strictObject({ row: z.number().int().positive(), cells: z.array(z.string()) })),
  odd: z.array(Odd),
});
export type ReadSheet = Value<typeof ReadSheet>;

/** Why a file holds no tables that can be read. */
export const UNREADABLE = {
  'too-large': {
    zh: '文件超过 10 MB，请分成几个文件',
    en: 'The file is larger than 10 MB; divide it',
  },
  'not-a-table': {
    zh: '不是 XLSX 或 CSV 表格，请在 Excel 或 WPS 中另存为 .xlsx',
    en: 'This is no XLSX or CSV table; save it as .xlsx in Excel or LibreOffice',
  },
  locked: { zh: '表格已加密，请去掉密码后再试', en: 'The table is locked; take its password away' },
  damaged: {
    zh: '表格已损坏，请在 Excel 或 WPS 中打开并另存',
    en: 'The table is damaged; open it in Excel or LibreOffice and save it anew',
  },
  'too-much': {
    zh: '表格过大（每张表最多 20000 行、100 列），请删除表格以外的空行空列，或分成几个文件',
    en: 'The table is too large (20,000 rows and 100 columns a sheet); delete the empty rows and columns around it, or divide it',
  },
  busy: { zh: '正在处理其他文件，请稍后再试', en: 'Other files are being worked on; try again shortly' },
} as const satisfies Record<string, { readonly zh: string; readonly en: string }>;
export type Unreadable = keyof typeof UNREADABLE;

const unreadable = z.custom<Unreadable>(
  (reason) => typeof reason === 'string' && Object.hasOwn(UNREADABLE, reason),
);

/** What was read of a file. */
export const ReadFile = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), sheets: z.array(ReadSheet) }),
  z.strictObject({ ok: z.literal(false), reason: unreadable }),
]);
export type ReadFile = Value<typeof ReadFile>;

export const MOST_TABLE_BYTES = 10_000_000;
export const MOST_ROWS = 20_000;
export const MOST_COLUMNS = 100;

/** Rows in which something stands, with their numbers, and none that is longer than what stands in it; null for too many. */
export function writtenRows(all: readonly (readonly string[])[]): ReadSheet['rows'] | null {
  const rows = all.flatMap((cells, i) => {
    const length = cells.findLastIndex((cell) => cell.trim() !== '') + 1;
    return length === 0 ? [] : [{ row: i + 1, cells: cells.slice(0, length) }];
  });
  return rows.length > MOST_ROWS || rows.some(({ cells }) => cells.length > MOST_COLUMNS) ? null : rows;
}
