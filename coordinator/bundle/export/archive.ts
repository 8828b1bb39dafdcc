import { alteredFile, type NamedFile, packZip, ZipReader } from './zip.ts';

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

/** A file for each list of projects and for each secret vote stand behind the others. */
export interface BundleFiles extends Record<BundleFile, Uint8Array> {
  readonly lists: readonly NamedFile[];
  readonly elections: readonly NamedFile[];
}

/** A list of projects, by its hash. */
const LIST_FILE = /^lists\/[0-9a-f]{64}\.txt$/;

/** The archive of a secret vote, by the name of its election. */
const ELECTION_FILE = /^elections\/[1-9A-HJ-NP-Za-km-z]{14,44}\.bel$/;

/** The one ZIP archive of these files. Same files, same bytes. */
export const packArchive = (files: BundleFiles): Uint8Array => packZip(inOrder(files));

/** Every file of a bundle as it stands in the archive. */
export function inOrder(files: BundleFiles): NamedFile[] {
  return [...BUNDLE_FILES.map((name) => ({ name, bytes: files[name] })), ...files.lists, ...files.elections];
}

/**
 * The files of an archive, each taken where it must stand; null where they do not fit. Only lengths are believed:
 * {@link alteredPart} says whether everything else is in order. Nothing is unpacked, so nothing can swell.
 */
export function readArchive(bytes: Uint8Array): BundleFiles | null {
  const zip = new ZipReader(bytes);
  const found = new Map<string, Uint8Array>();
  for (const name of BUNDLE_FILES) {
    const content = zip.take(name.length);
    if (!content) return null;
    found.set(name, content);
  }
  const lists = zip.takeAll(LIST_FILE);
  const elections = lists && zip.takeAll(ELECTION_FILE);
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

/** Where an archive first differs from what {@link packArchive} makes of its files; null where it does not. */
export const alteredPart = (files: BundleFiles, bytes: Uint8Array): string | null =>
  alteredFile(inOrder(files), bytes);
