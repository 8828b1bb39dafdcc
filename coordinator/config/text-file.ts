import { readFileSync } from 'node:fs';
import { failed, type Loaded, loaded } from './problem.ts';

/** What stands where bytes could not be read as text. */
const LOST = '\uFFFD';

/** How Excel's own files begin: .xlsx (a zip archive) and .xls. */
const WORKBOOKS = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
];

const startsWith = (bytes: Uint8Array, start: readonly number[]) =>
  start.every((byte, i) => bytes[i] === byte);
const occurrences = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

/**
 * The encoding office programs wrote `bytes` in: UTF-16 and UTF-8 by their marks, else UTF-8 where it reads as
 * such, else GB 18030, of which GBK is a part. UTF-8 with a damaged byte stays UTF-8: as GBK it would read as
 * wrong names.
 */
function encodingOf(bytes: Uint8Array): string {
  if (startsWith(bytes, [0xff, 0xfe])) return 'utf-16le';
  if (startsWith(bytes, [0xfe, 0xff])) return 'utf-16be';
  if (startsWith(bytes, [0xef, 0xbb, 0xbf])) return 'utf-8';
  const text = new TextDecoder('utf-8').decode(bytes);
  const lost = occurrences(text, /\uFFFD/g);
  return lost === 0 || occurrences(text, /\p{Script=Han}/gu) > lost ? 'utf-8' : 'gb18030';
}

/** The text of a file; every character of it, or the line of the first that is damaged. */
export function decodeText(bytes: Uint8Array, file: string): Loaded<string> {
  if (WORKBOOKS.some((start) => startsWith(bytes, start)))
    return failed({
      file,
      line: null,
      what: 'this is an Excel workbook, not a text file',
      cure: 'open it in Excel and save it as “CSV UTF-8”',
    });
  const text = new TextDecoder(encodingOf(bytes)).decode(bytes);
  const lost = text.indexOf(LOST);
  if (lost < 0) return loaded(text);
  return failed({
    file,
    line: text.slice(0, lost).split(/\r\n|\n|\r/).length,
    what: 'a character is damaged',
    cure: 'write the text in this line again, and save the file as UTF-8',
  });
}

/** Reads a text file in any of the encodings of {@link encodingOf}. `file` is the name shown in a problem. */
export function readText(path: string, file: string): Loaded<string> {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const what = code === 'ENOENT' ? 'there is no such file' : `cannot be read (${code})`;
    return failed({ file, line: null, what, cure: `check the path ${path} and who may read it` });
  }
  return decodeText(bytes, file);
}
