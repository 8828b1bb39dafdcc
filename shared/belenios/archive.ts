import { z } from 'zod';
import { strictJson } from '../protocol/strict-json.ts';
import type { Value } from '../protocol/value.ts';
import { sha256Hex } from './hash.ts';

/** The archive of an election (`.bel`): a tar of the oldest kind, append-only, whose events name their parents. */

const BLOCK = 512;
const EventJson = z.strictObject({
  parent: z.string().optional(),
  height: z.number().int().nonnegative(),
  type: z.enum(['Setup', 'Ballot', 'EndBallots', 'EncryptedTally', 'PartialDecryption', 'Result']),
  payload: z.string().optional(),
});
export type ArchiveEvent = Value<typeof EventJson>;

export interface Archive {
  /** The header's text: version and the time that all files bear. */
  readonly header: string;
  readonly events: readonly ArchiveEvent[];
  /** Texts by the SHA-256 of their bytes. */
  readonly data: ReadonlyMap<string, string>;
}

/** What is wrong with an archive: which file, counted from 0. */
export interface ArchiveProblem {
  readonly problem: 'damaged' | 'wrong-hash' | 'broken-chain';
  readonly file: number;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The 512 bytes before a file's content, every one of them settled by name, length and time. */
function tarHeader(name: string, length: number, timestamp: number): Uint8Array {
  const header = new Uint8Array(BLOCK);
  const write = (text: string, at: number) => header.set(encoder.encode(text), at);
  const octal = (n: number) => n.toString(8).padStart(11, '0');
  write(name.slice(0, 100), 0);
  write(['0000644', '0000000', '0000000', octal(length), octal(timestamp), ''].join('\0'), 100);
  write(' '.repeat(8), 148);
  write('0', 156);
  const sum = header.reduce((all, byte) => all + byte, 0);
  write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

/** One file of an archive, as it stands there. */
export function archiveFile(name: string, content: Uint8Array, timestamp: number): Uint8Array {
  const file = new Uint8Array(BLOCK * (1 + Math.ceil(content.length / BLOCK)));
  file.set(tarHeader(name, content.length, timestamp));
  file.set(content, BLOCK);
  return file;
}

const Timestamp = z.object({ timestamp: z.coerce.number().int().nonnegative() });

/** Takes an archive apart: every byte, every hash and the whole chain of events is checked on the way. */
export function readArchive(bytes: Uint8Array): Archive | ArchiveProblem {
  const textAt = (from: number, to: number) => decoder.decode(bytes.subarray(from, to));
  const data = new Map<string, string>();
  const events: ArchiveEvent[] = [];
  let header: string | null = null;
  let timestamp = 0;
  let parent: string | undefined;
  let at = 0;
  for (let file = 0; at < bytes.length; file += 1) {
    const bad = (problem: ArchiveProblem['problem']): ArchiveProblem => ({ problem, file });
    const name = textAt(at, at + 100).replace(/\0.*$/s, '');
    const length = Number.parseInt(textAt(at + 124, at + 135), 8);
    if (!Number.isInteger(length) || at + BLOCK + length > bytes.length) return bad('damaged');
    const content = bytes.subarray(at + BLOCK, at + BLOCK + length);
    const text = decoder.decode(content);
    if (header === null) {
      header = text;
      timestamp = Timestamp.safeParse(strictJson(text)).data?.timestamp ?? -1;
      if (timestamp < 0) return bad('damaged');
    }
    const whole = archiveFile(name, content, timestamp);
    if (whole.some((byte, i) => byte !== bytes[at + i])) return bad('damaged');
    at += whole.length;
    const [, digest, kind] = /^([0-9a-f]{64})\.(data|event)\.json$/.exec(name) ?? [];
    if (file === 0) continue;
    if (digest === undefined || digest !== sha256Hex(content)) return bad('wrong-hash');
    if (kind === 'data') {
      data.set(digest, text);
      continue;
    }
    const event = EventJson.safeParse(strictJson(text));
    const isNext =
      event.success &&
      event.data.parent === parent &&
      event.data.height === events.length &&
      (event.data.payload === undefined || data.has(event.data.payload));
    if (!isNext) return bad('broken-chain');
    events.push(event.data);
    parent = digest;
  }
  return header === null ? { problem: 'damaged', file: 0 } : { header, events, data };
}
