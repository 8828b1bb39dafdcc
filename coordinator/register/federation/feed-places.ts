import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Child } from '../../config/children-file.ts';
import { trustingFetch } from '../../process/trusting-fetch.ts';
import { PullEnds, pullFault } from './pull-faults.ts';

/** Where the files of a feed lie. What cannot be read ends the pull with a sentence. */
export interface FeedPlace {
  /** The bytes of a file; null where there is no such file. */
  readonly read: (name: string) => Promise<AsyncIterable<Uint8Array> | null>;
}

const NO_FILE = [404, 410];

/** A register's own web server, or whatever carries its files. @param signal ends whatever is under way. */
export function webPlace(address: string, ask: typeof fetch, signal: AbortSignal): FeedPlace {
  return {
    read: async (name) => {
      try {
        const answer = await ask(new URL(name, address), { redirect: 'manual', signal });
        if (answer.status === 200) return bytesOf(answer, signal);
        await answer.body?.cancel();
        if (NO_FILE.includes(answer.status)) return null;
        const isLed = answer.status >= 300 && answer.status < 400;
        throw new PullEnds(
          isLed ? pullFault('led-elsewhere') : pullFault('unreachable', null, `HTTP ${answer.status}`),
        );
      } catch (error) {
        throw ended(error, signal);
      }
    },
  };
}

async function* bytesOf({ body }: Response, signal: AbortSignal): AsyncIterable<Uint8Array> {
  if (!body) return;
  try {
    yield* body;
  } catch (error) {
    throw ended(error, signal);
  }
}

function ended(error: unknown, signal: AbortSignal): PullEnds {
  if (error instanceof PullEnds) return error;
  if (signal.aborted) return new PullEnds(pullFault('too-slow'));
  if (error instanceof TypeError && error.message === 'led elsewhere')
    return new PullEnds(pullFault('led-elsewhere'));
  return new PullEnds(pullFault('unreachable', null, codeOf(error)));
}

/** What the machine calls it: `ECONNREFUSED`; nothing that an address or a file could stand in. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return /^[A-Z][A-Z_0-9]{1,60}$/.test(code) ? code : '';
}

/** A folder as `hallvote register feed` writes it: a stick, a share. */
export function folderPlace(folder: string): FeedPlace {
  return {
    read: async (name) => {
      if (!existsSync(folder)) throw new PullEnds(pullFault('no-folder'));
      const file = join(folder, name);
      return existsSync(file) ? bytesIn(file) : null;
    },
  };
}

async function* bytesIn(file: string): AsyncIterable<Uint8Array> {
  try {
    yield* createReadStream(file);
  } catch (error) {
    throw new PullEnds(pullFault('unreachable', null, codeOf(error)));
  }
}

/** Where the feed of that register lies. */
export const placeOf = ({ place }: Child, signal: AbortSignal): FeedPlace =>
  place.is === 'web' ? webPlace(place.address, trustingFetch(place.ca), signal) : folderPlace(place.folder);

/** A file as text. @param most bytes; one that has more ends the pull. */
export async function textOf(bytes: AsyncIterable<Uint8Array>, most: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > most) throw new PullEnds(pullFault('too-large'));
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const LF = 10;

/** Its lines without their ends, one at a time. @param most bytes of a line, and of all. */
export async function* linesOf(
  bytes: AsyncIterable<Uint8Array>,
  most: { readonly line: number; readonly all: number },
): AsyncIterable<string> {
  let begun: Uint8Array[] = [];
  let length = 0;
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > most.all) throw new PullEnds(pullFault('too-large'));
    let from = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, from)) {
      begun.push(chunk.subarray(from, end));
      yield Buffer.concat(begun).toString('utf8');
      begun = [];
      length = 0;
      from = end + 1;
    }
    length += chunk.length - from;
    if (length > most.line) throw new PullEnds(pullFault('too-large'));
    begun.push(chunk.subarray(from));
  }
  // What has no end is told with the next pull.
}
