import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { delimiterOf } from '../../config/csv-file.ts';
import { decodeText } from '../../config/text-file.ts';
import { readWorkbook } from './read-xlsx.ts';
import { asWritten } from './safe-text.ts';
import { MOST_TABLE_BYTES, type ReadFile, writtenRows } from './workbook.ts';

const startsWith = (bytes: Uint8Array, text: string) =>
  Buffer.from(bytes.subarray(0, text.length)).toString('latin1') === text;

/** The sheets of a table that somebody has sent; judged by content. To be run where a failure takes nothing with it. */
export async function readTable(bytes: Uint8Array): Promise<ReadFile> {
  if (bytes.length > MOST_TABLE_BYTES) return { ok: false, reason: 'too-large' };
  if (startsWith(bytes, 'PK\x03\x04')) return readWorkbook(bytes);
  // How a workbook of old begins, and one that is locked.
  if (startsWith(bytes, '\xd0\xcf\x11\xe0'))
    return {
      ok: false,
      reason: Buffer.from(bytes).includes('EncryptedPackage', 0, 'utf16le') ? 'locked' : 'not-a-table',
    };
  return readCsvTable(bytes);
}

const Records = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }));

/** A row of a file may take several lines: it is numbered as a spreadsheet shows it. */
function readCsvTable(bytes: Uint8Array): ReadFile {
  const text = decodeText(bytes, '');
  if (!text.ok || /[^\P{Cc}\t\r\n]/u.test(text.value)) return { ok: false, reason: 'not-a-table' };
  try {
    const records = Records.parse(
      parse(text.value, {
        bom: true,
        delimiter: delimiterOf(text.value),
        info: true,
        record_delimiter: ['\r\n', '\n', '\r'],
        relax_column_count: true,
        skip_empty_lines: false,
      }),
    );
    const rows = writtenRows(records.map(({ record }) => record.map(asWritten)));
    return rows ? { ok: true, sheets: [{ name: 'CSV', rows, odd: [] }] } : { ok: false, reason: 'too-much' };
  } catch (error) {
    if (error instanceof CsvError) return { ok: false, reason: 'damaged' };
    throw error;
  }
}
