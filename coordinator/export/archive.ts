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
  'report.html',
] as const;
export type BundleFile = (typeof BUNDLE_FILES)[number];
export type BundleFiles = Record<BundleFile, Uint8Array>;

/** Larger than any sitting; what claims to be more is not read. */
export const MOST_BYTES = 1024 * 1024 * 1024;

/** Bytes of a ZIP local file header before the name, and where the sizes stand in it (APPNOTE §4.3.7). */
const LOCAL_HEADER = 30;
const STORED_SIZE = 18;

/** The one ZIP archive of these files: stored, in order, every date 1980-01-01. Same files, same bytes. */
export function packArchive(files: BundleFiles): Uint8Array {
  // The date is given in local time, as ZIP has it, so that no time zone shows.
  const options = { level: 0, mtime: new Date(1980, 0, 1) } as const;
  return zipSync(Object.fromEntries(BUNDLE_FILES.map((name) => [name, files[name]])), options);
}

/**
 * The files of an archive, each taken where it must stand; null where they do not fit. Only lengths are believed:
 * {@link alteredPart} says whether everything else is in order. Nothing is unpacked, so nothing can swell.
 */
export function readArchive(bytes: Uint8Array): BundleFiles | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const take = (name: BundleFile): Uint8Array | null => {
    if (at + LOCAL_HEADER > bytes.length) return null;
    const start = at + LOCAL_HEADER + name.length;
    at = start + view.getUint32(at + STORED_SIZE, true);
    return at <= bytes.length ? bytes.subarray(start, at) : null;
  };
  const found = new Map<BundleFile, Uint8Array>();
  for (const name of BUNDLE_FILES) {
    const content = take(name);
    if (!content) return null;
    found.set(name, content);
  }
  const file = (name: BundleFile): Uint8Array => found.get(name) ?? new Uint8Array();
  return {
    'manifest.jws': file('manifest.jws'),
    'ledger.jsonl': file('ledger.jsonl'),
    'keys.json': file('keys.json'),
    'roll.csv': file('roll.csv'),
    'motions.json': file('motions.json'),
    'results.json': file('results.json'),
    'votes.csv': file('votes.csv'),
    'report.html': file('report.html'),
  };
}

/** Where an archive first differs from what {@link packArchive} makes of its files; null where it does not. */
export function alteredPart(files: BundleFiles, bytes: Uint8Array): BundleFile | 'directory' | null {
  const made = packArchive(files);
  if (Buffer.compare(made, bytes) === 0) return null;
  const differs = made.findIndex((byte, i) => byte !== bytes[i]);
  let end = 0;
  for (const name of BUNDLE_FILES) {
    end += LOCAL_HEADER + name.length + files[name].length;
    if (differs >= 0 && differs < end) return name;
  }
  return 'directory';
}
