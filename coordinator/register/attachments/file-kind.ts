/** What a file is by its first bytes: one of those that are taken, the one that telephones send besides, or something else. */
export type FileKind = 'picture' | 'pdf' | 'heic' | 'other';

const latin = (bytes: Uint8Array, from: number, to: number) =>
  Buffer.from(bytes.subarray(from, to)).toString('latin1');

const HEIC = /^(heic|heix|heim|heis|hevc|hevx|mif1|msf1)$/;

/** Judges by content alone; names and what a browser says are a stranger's word. */
export function fileKind(bytes: Uint8Array): FileKind {
  const start = latin(bytes, 0, 12);
  if (start.startsWith('\xff\xd8\xff') || start.startsWith('\x89PNG\r\n\x1a\n')) return 'picture';
  if (start.startsWith('RIFF') && start.endsWith('WEBP')) return 'picture';
  if (start.startsWith('%PDF-')) return 'pdf';
  return latin(bytes, 4, 8) === 'ftyp' && HEIC.test(latin(bytes, 8, 12)) ? 'heic' : 'other';
}
