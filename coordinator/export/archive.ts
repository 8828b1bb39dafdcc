import { type Unzipped, unzipSync, zipSync } from 'fflate';

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

/** Larger than any sitting; rubbish that claims to be more is not unpacked. */
const MOST_BYTES = 1024 * 1024 * 1024;

/** The one ZIP archive of these files: stored, in order, every date 1980-01-01. Same files, same bytes. */
export function packArchive(files: BundleFiles): Uint8Array {
  // The date is given in local time, as ZIP has it, so that no time zone shows.
  const options = { level: 0, mtime: new Date(1980, 0, 1) } as const;
  return zipSync(Object.fromEntries(BUNDLE_FILES.map((name) => [name, files[name]])), options);
}

function unzip(bytes: Uint8Array): Unzipped | null {
  try {
    return unzipSync(bytes, {
      filter: ({ name, originalSize, compression }) =>
        BUNDLE_FILES.some((known) => known === name) && compression === 0 && originalSize <= MOST_BYTES,
    });
  } catch {
    return null;
  }
}

/** The files of an archive; null unless it is, byte for byte, what {@link packArchive} makes of them. */
export function unpackArchive(bytes: Uint8Array): BundleFiles | null {
  const found = unzip(bytes);
  if (!found) return null;
  const file = (name: BundleFile): Uint8Array => found[name] ?? new Uint8Array();
  const files: BundleFiles = {
    'manifest.jws': file('manifest.jws'),
    'ledger.jsonl': file('ledger.jsonl'),
    'keys.json': file('keys.json'),
    'roll.csv': file('roll.csv'),
    'motions.json': file('motions.json'),
    'results.json': file('results.json'),
    'votes.csv': file('votes.csv'),
    'report.html': file('report.html'),
  };
  return Buffer.compare(packArchive(files), bytes) === 0 ? files : null;
}
