import { readFileSync } from 'node:fs';
import { failed, type Loaded, loaded } from './problem.ts';

/**
 * The text of `bytes` as office programs write it: UTF-8 with or without a byte order mark, UTF-16 (Excel's
 * "Unicode text"), or GBK/GB 18030, which is what is left when it is no UTF-8.
 */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** Reads a text file in any of the encodings of {@link decodeText}. `file` is the name shown in a problem. */
export function readText(path: string, file: string): Loaded<string> {
  try {
    return loaded(decodeText(readFileSync(path)));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const what = code === 'ENOENT' ? 'there is no such file' : `cannot be read (${code})`;
    return failed({ file, line: null, what, cure: `check the path ${path} and who may read it` });
  }
}
