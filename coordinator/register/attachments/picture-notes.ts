/** Segments that say how to draw: Adobe's (APP14) is one of them, the others of their kind are notes. */
const ADOBE = 0xee;
const [START_OF_SCAN, END] = [0xda, 0xd9];

const isNote = (marker: number) => marker === 0xfe || (marker >= 0xe0 && marker <= 0xef && marker !== ADOBE);

/** Where the pixels that begin at `at` end: at a mark that is neither stuffing nor a restart. */
function endOfScan(jpeg: Buffer, at: number): number {
  for (let mark = jpeg.indexOf(0xff, at); mark !== -1; mark = jpeg.indexOf(0xff, mark + 1)) {
    const next = jpeg[mark + 1] ?? END;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return mark;
  }
  return jpeg.length;
}

/**
 * A JPEG without the notes beside its pixels (place, time, camera, preview) and without whatever follows it, the pixels as
 * they are: for pictures within a PDF. Null where it is not built as a JPEG is.
 */
export function jpegWithoutNotes(bytes: Uint8Array): Uint8Array | null {
  const jpeg = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (jpeg[0] !== 0xff || jpeg[1] !== 0xd8) return null;
  const kept = [jpeg.subarray(0, 2)];
  let hasScan = false;
  for (let at = 2; ; ) {
    // One that was cut short is drawn as far as it goes.
    if (at + 4 > jpeg.length && jpeg[at + 1] !== END) return hasScan ? Buffer.concat(kept) : null;
    if (jpeg[at] !== 0xff) return null;
    const marker = jpeg[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === END) return hasScan ? Buffer.concat([...kept, jpeg.subarray(at, at + 2)]) : null;
    const end = at + 2 + jpeg.readUInt16BE(at + 2);
    if (end < at + 4 || end > jpeg.length) return null;
    const until = marker === START_OF_SCAN ? endOfScan(jpeg, end) : end;
    hasScan ||= marker === START_OF_SCAN;
    if (!isNote(marker)) kept.push(jpeg.subarray(at, until));
    at = until;
  }
}

/** Boxes of a JPEG 2000 that draw it. */
const BOXES = new Set(['jP  ', 'ftyp', 'jp2h', 'jp2c']);

/** The same for a JPEG 2000, boxed or bare. */
export function jpeg2000WithoutNotes(bytes: Uint8Array): Uint8Array | null {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (file[0] === 0xff && file[1] === 0x4f) return bytes;
  const kept: Buffer[] = [];
  for (let at = 0; at + 8 <= file.length; ) {
    const said = file.readUInt32BE(at);
    if (said === 1 && at + 16 > file.length) return null;
    const size = said === 1 ? Number(file.readBigUInt64BE(at + 8)) : said === 0 ? file.length - at : said;
    if (size < 8 || at + size > file.length) return null;
    if (BOXES.has(file.toString('latin1', at + 4, at + 8))) kept.push(file.subarray(at, at + size));
    at += size;
  }
  return kept.length > 0 ? Buffer.concat(kept) : null;
}
