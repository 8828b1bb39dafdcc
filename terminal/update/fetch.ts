import { createHash, type KeyObject } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { backoffMs, type Random } from '../../shared/backoff.ts';
import { sha256Hex } from '../../shared/protocol/bytes.ts';
import { CONTENTS, MANIFESTS, MOST_AT_ONCE, MOST_TOGETHER } from '../../shared/update/fetching.ts';
import {
  type Machine,
  MOST_MANIFEST,
  misfit,
  openManifest,
  type ReleaseFile,
} from '../../shared/update/manifest.ts';
import type { UpdateRefusal } from '../../shared/update/messages.ts';
import type { Clock } from '../machine/clock.ts';
import { fetchedContent, fetchedManifest, type Places } from './places.ts';

/** An answer that has not come whole by then is asked for again. */
const ANSWER_MS = 60_000;
const AGAIN = { firstMs: 500, mostMs: 20_000 };
/** So many times in a row something may not come; a coordinator that says "later" does not count. */
const MOST_FAILURES = 12;
/** How long the seat waits before it looks whether a vote is over. */
const PAUSE_MS = 1_000;

export interface FetchParts {
  readonly places: Places;
  readonly releaseKey: KeyObject | null;
  readonly machine: Machine;
  /** The coordinator's pages, `http://host:port`. */
  readonly from: string;
  /** What asks there; plain `fetch` unless told otherwise. */
  readonly fetch?: typeof fetch | undefined;
  /** While true nothing is asked for: a vote may be open. */
  readonly isBusy: () => boolean;
  /** SHA-256 of a file of the version that runs; null where there is none. */
  readonly sourceHash: (path: string) => Promise<string | null>;
  readonly onProgress: (percent: number) => void;
  readonly clock: Clock;
  readonly random: Random;
}

/** The disk or the program is at fault, not what was fetched. */
class Refused extends Error {
  readonly why: UpdateRefusal;
  constructor(why: UpdateRefusal) {
    super(why);
    this.why = why;
  }
}

/**
 * Fetches what is missing of a release into the terminal's own folder, each content looked at as it comes. What is there from
 * an earlier try is not fetched again. @returns why not; null where all is there. Ends with `unavailable` when `signal` says so.
 */
export async function fetchRelease(
  hash: string,
  parts: FetchParts,
  signal: AbortSignal,
): Promise<UpdateRefusal | null> {
  try {
    await fetchAll(hash, parts, signal);
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.why;
    return signal.aborted ? 'unavailable' : 'disk';
  }
}

async function fetchAll(hash: string, parts: FetchParts, signal: AbortSignal): Promise<void> {
  const { places, releaseKey, machine, onProgress, sourceHash } = parts;
  if (releaseKey === null) throw new Refused('no-release-key');
  await mkdir(join(places.update, 'contents'), { recursive: true, mode: 0o700 });
  const text = (await held(fetchedManifest(places), hash)) ?? (await fetchManifest(hash, parts, signal));
  const opened = openManifest(text, releaseKey);
  if (!opened.ok) throw new Refused(opened.reason);
  const { manifest } = opened.value;
  const unfit = misfit(manifest, machine);
  if (unfit !== null) throw new Refused(unfit);
  await writeFile(fetchedManifest(places), text);

  // Once each content, where one of its files is not in the running version under the same name.
  const wanted = new Map<string, ReleaseFile>();
  for (const file of manifest.files)
    if (!wanted.has(file.sha256) && (await sourceHash(file.path)) !== file.sha256)
      wanted.set(file.sha256, file);
  const missing: ReleaseFile[] = [];
  for (const file of wanted.values()) {
    const path = fetchedContent(places, file.sha256);
    if (!existsSync(path) || (await hashOf(path)) !== file.sha256) missing.push(file);
  }
  await tidy(places, new Set(manifest.files.map(({ sha256 }) => sha256)));

  const all = missing.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  for (const group of groupsOf(missing)) {
    const [only] = group;
    if (only && only.size > MOST_TOGETHER) await fetchLarge(only, parts, signal);
    else await fetchGroup(group, parts, signal);
    done += group.reduce((sum, { size }) => sum + size, 0);
    onProgress(all === 0 ? 100 : Math.floor((done / all) * 100));
  }
}

/** Contents that are asked for together: a hall of seats asks for thousands of small ones. */
export function groupsOf(files: readonly ReleaseFile[]): ReleaseFile[][] {
  const groups: ReleaseFile[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const file of files) {
    const last = groups.at(-1);
    if (last && last.length < MOST_AT_ONCE && bytes + file.size <= MOST_TOGETHER) last.push(file);
    else groups.push([file]);
    bytes = (groups.at(-1) === last ? bytes : 0) + file.size;
  }
  return groups;
}

async function held(path: string, hash: string): Promise<string | null> {
  const text = await readFile(path, 'latin1').catch(() => null);
  return text !== null && sha256Hex(text) === hash ? text : null;
}

async function fetchManifest(hash: string, parts: FetchParts, signal: AbortSignal): Promise<string> {
  const chunks: Uint8Array[] = [];
  await get(MANIFESTS + hash, parts, signal, async (body) => {
    chunks.length = 0;
    let length = 0;
    for await (const chunk of body) {
      length += chunk.length;
      if (length > MOST_MANIFEST) return false;
      chunks.push(chunk);
    }
    return sha256Hex(Buffer.concat(chunks)) === hash;
  });
  return Buffer.concat(chunks).toString('latin1');
}

/** Small contents, one behind the other in one answer. */
async function fetchGroup(
  group: readonly ReleaseFile[],
  parts: FetchParts,
  signal: AbortSignal,
): Promise<void> {
  const most = group.reduce((sum, { size }) => sum + size, 0);
  const names = group.map(({ sha256 }) => sha256).join('+');
  await get(CONTENTS + names, parts, signal, async (body) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of body) {
      length += chunk.length;
      if (length > most) return false;
      chunks.push(chunk);
    }
    const bytes = Buffer.concat(chunks);
    let at = 0;
    for (const { size, sha256 } of group) {
      const content = bytes.subarray(at, at + size);
      at += size;
      if (content.length !== size || sha256Hex(content) !== sha256) return false;
      writeFileSync(fetchedContent(parts.places, sha256), content, { mode: 0o600 });
    }
    return true;
  });
}

async function fetchLarge(file: ReleaseFile, parts: FetchParts, signal: AbortSignal): Promise<void> {
  const path = fetchedContent(parts.places, file.sha256);
  await get(CONTENTS + file.sha256, parts, signal, async (body) => {
    const sum = createHash('sha256');
    const target = await open(`${path}.part`, 'w', 0o600);
    try {
      let length = 0;
      for await (const chunk of body) {
        length += chunk.length;
        if (length > file.size) return false;
        sum.update(chunk);
        await target.writeFile(chunk);
      }
    } finally {
      await target.close();
    }
    if (sum.digest('hex') !== file.sha256) return false;
    await rename(`${path}.part`, path);
    return true;
  });
}

/**
 * Asks until `take` has had the whole answer; what comes otherwise than signed counts as not having come.
 * @throws {Refused} where it does not come, time and again; what the disk says.
 */
async function get(
  path: string,
  { from, fetch: ask = fetch, isBusy, clock, random }: FetchParts,
  signal: AbortSignal,
  take: (body: AsyncIterable<Uint8Array>) => Promise<boolean>,
): Promise<void> {
  let isBent = false;
  for (let failures = 0; failures < MOST_FAILURES; ) {
    while (isBusy()) await wait(clock, PAUSE_MS, signal);
    signal.throwIfAborted();
    const response = await ask(from + path, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
    }).catch(() => null);
    signal.throwIfAborted();
    if (response?.status === 503) {
      await response.body?.cancel().catch(() => {});
      await wait(clock, (0.5 + random()) * 1000 * Number(response.headers.get('retry-after') ?? 1), signal);
      continue;
    }
    if (response?.ok && response.body) {
      const came = await take(broken(response.body)).catch((error: unknown) => {
        if (error instanceof Broken) return null;
        throw error;
      });
      if (came === true) return;
      isBent ||= came === false;
    } else await response?.body?.cancel().catch(() => {});
    signal.throwIfAborted();
    await wait(clock, backoffMs(failures, AGAIN, random), signal);
    failures += 1;
  }
  throw new Refused(isBent ? 'altered' : 'unavailable');
}

/** The line broke in the middle of an answer. */
class Broken extends Error {}

async function* broken(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]();
  for (;;) {
    const next = await chunks.next().catch((error: unknown) => {
      throw new Broken(String(error));
    });
    if (next.done) return;
    yield next.value;
  }
}

function wait(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ms, () => {
      signal.removeEventListener('abort', stop);
      resolve();
    });
    const stop = () => {
      cancel();
      reject(signal.reason);
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

/** Removes contents that are not of this release. */
async function tidy(places: Places, wanted: ReadonlySet<string>): Promise<void> {
  const folder = join(places.update, 'contents');
  for (const name of await readdir(folder))
    if (!wanted.has(name)) await rm(join(folder, name), { recursive: true, force: true });
}

async function hashOf(path: string): Promise<string> {
  const sum = createHash('sha256');
  const file = await open(path);
  try {
    for await (const chunk of file.createReadStream({ autoClose: false })) sum.update(chunk);
  } finally {
    await file.close();
  }
  return sum.digest('hex');
}

/** SHA-256 of files below `root`, each looked at once; null for what is no file. */
export function sourceHashes(root: string): (path: string) => Promise<string | null> {
  const known = new Map<string, Promise<string | null>>();
  return (path) => {
    const found = known.get(path) ?? hashOf(join(root, path)).catch(() => null);
    known.set(path, found);
    return found;
  };
}
