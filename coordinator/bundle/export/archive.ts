import { zipSync } from 'fflate';

/** The files of a bundle, in the order in which they stand in the archive. */
export const BUNDLE_FILES = [
  'manifest.jws',
  'ledger.jsonl',
  'keys.json',
  'roll.csv',
  'motions.json',
  'results.json',
  'votes.csv',
  'receipts.csv',
  'acts.csv',
  'report.html',
] as const;
export type BundleFile = (typeof BUNDLE_FILES)[number];

/** A file whose name tells which of its sort it is. */
export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A file for each list of projects and for each secret vote stand behind the others. */
export interface BundleFiles extends Record<BundleFile, Uint8Array> {
  readonly lists: readonly NamedFile[];
  readonly elections: readonly NamedFile[];
}

/** A list of projects, by its hash. */
const LIST_FILE = /^lists\/[0-9a-f]{64}\.txt$/;

/** The archive of a secret vote, by the name of its election. */
const ELECTION_FILE = /^elections\/[1-9A-HJ-NP-Za-km-z]{14,44}\.bel$/;

/** Larger than any sitting; what claims to be more is not read. */
export const MOST_BYTES = 1024 * 1024 * 1024;

/** Bytes of a ZIP local file header before the name, and where the sizes stand in it (APPNOTE §4.3.7). */
const LOCAL_HEADER = 30;
const STORED_SIZE = 18;
const NAME_LENGTH = 26;
const LOCAL_SIGNATURE = 0x04034b50;

/** The one ZIP archive of these files: stored, in order, every date 1980-01-01. Same files, same bytes. */
export function packArchive(files: BundleFiles): Uint8Array {
  // The date is given in local time, as ZIP has it, so that no time zone shows.
  const options = { level: 0, mtime: new Date(1980, 0, 1) } as const;
  return zipSync(Object.fromEntries(inOrder(files).map(({ name, bytes }) => [name, bytes])), options);
}

/** Every file of a bundle as it stands in the archive. */
export function inOrder(files: BundleFiles): NamedFile[] {
  return [...BUNDLE_FILES.map((name) => ({ name, bytes: files[name] })), ...files.lists, ...files.elections];
}

/**
 * The files of an archive, each taken where it must stand; null where they do not fit. Only lengths are believed:
 * {@link alteredPart} says whether everything else is in order. Nothing is unpacked, so nothing can swell.
 */
export function readArchive(bytes: Uint8Array): BundleFiles | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const take = (length: number): Uint8Array | null => {
    if (at + LOCAL_HEADER > bytes.length) return null;
    const start = at + LOCAL_HEADER + length;
    at = start + view.getUint32(at + STORED_SIZE, true);
    return at <= bytes.length ? bytes.subarray(start, at) : null;
  };
  const found = new Map<string, Uint8Array>();
  for (const name of BUNDLE_FILES) {
    const content = take(name.length);
    if (!content) return null;
    found.set(name, content);
  }
  /** All that come next under such names; null where one is cut off. */
  const takeAll = (names: RegExp): NamedFile[] | null => {
    const all = [];
    for (let name = nameAt(bytes, at, names); name !== null; name = nameAt(bytes, at, names)) {
      const content = take(name.length);
      if (!content) return null;
      all.push({ name, bytes: content });
    }
    return all;
  };
  const lists = takeAll(LIST_FILE);
  const elections = lists && takeAll(ELECTION_FILE);
  if (!elections) return null;
  const file = (name: BundleFile): Uint8Array => found.get(name) ?? new Uint8Array();
  return {
    'manifest.jws': file('manifest.jws'),
    'ledger.jsonl': file('ledger.jsonl'),
    'keys.json': file('keys.json'),
    'roll.csv': file('roll.csv'),
    'motions.json': file('motions.json'),
    'results.json': file('results.json'),
    'votes.csv': file('votes.csv'),
    'receipts.csv': file('receipts.csv'),
    'acts.csv': file('acts.csv'),
    'report.html': file('report.html'),
    lists,
    elections,
  };
}

/** The name, one of `names`, of the file that begins at `at`; null where something else does. */
function nameAt(bytes: Uint8Array, at: number, names: RegExp): string | null {
  const header = Buffer.from(bytes.buffer, bytes.byteOffset + at, Math.min(LOCAL_HEADER, bytes.length - at));
  if (header.length < LOCAL_HEADER || header.readUInt32LE(0) !== LOCAL_SIGNATURE) return null;
  const start = at + LOCAL_HEADER;
  const name = Buffer.from(bytes.subarray(start, start + header.readUInt16LE(NAME_LENGTH))).toString(
    'latin1',
  );
  return names.test(name) ? name : null;
}

/** Where an archive first differs from what {@link packArchive} makes of its files; null where it does not. */
export function alteredPart(files: BundleFiles, bytes: Uint8Array): string | null {
  const made = packArchive(files);
  if (Buffer.compare(made, bytes) === 0) return null;
  const differs = made.findIndex((byte, i) => byte !== bytes[i]);
  let end = 0;
  for (const { name, bytes: content } of inOrder(files)) {
    end += LOCAL_HEADER + name.length + content.length;
    if (differs >= 0 && differs < end) return name;
  }
  return 'directory';
}
