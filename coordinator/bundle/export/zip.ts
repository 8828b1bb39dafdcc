import { zipSync } from 'fflate';

/** A file in an archive. */
export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Larger than any sitting; what claims to be more is not read. */
export const MOST_BYTES = 1024 * 1024 * 1024;

/** Bytes of a ZIP local file header before the name, and where the sizes stand in it (APPNOTE §4.3.7). */
const LOCAL_HEADER = 30;
const STORED_SIZE = 18;
const NAME_LENGTH = 26;
const LOCAL_SIGNATURE = 0x04034b50;

/** The one ZIP archive of these files: stored, in order, every date 1980-01-01. Same files, same bytes. */
export function packZip(files: readonly NamedFile[]): Uint8Array {
  // The date is given in local time, as ZIP has it, so that no time zone shows.
  const options = { level: 0, mtime: new Date(1980, 0, 1) } as const;
  return zipSync(Object.fromEntries(files.map(({ name, bytes }) => [name, bytes])), options);
}

/**
 * Takes the files of an archive one after another, each where it must stand. Only lengths are believed: {@link alteredFile}
 * says whether everything else is in order. Nothing is unpacked, so nothing can swell.
 */
export class ZipReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The next file, whose name is so long; null where it is cut off. */
  take(length: number): Uint8Array | null {
    const bytes = this.#bytes;
    if (this.#at + LOCAL_HEADER > bytes.length) return null;
    const start = this.#at + LOCAL_HEADER + length;
    this.#at = start + this.#view.getUint32(this.#at + STORED_SIZE, true);
    return this.#at <= bytes.length ? bytes.subarray(start, this.#at) : null;
  }

  /** All that come next under such names; null where one is cut off. */
  takeAll(names: RegExp): NamedFile[] | null {
    const all = [];
    for (let name = this.#nextName(names); name !== null; name = this.#nextName(names)) {
      const content = this.take(name.length);
      if (!content) return null;
      all.push({ name, bytes: content });
    }
    return all;
  }

  /** The name, one of `names`, of the file that comes next; null where something else does. */
  #nextName(names: RegExp): string | null {
    const { buffer, byteOffset, length } = this.#bytes;
    const header = Buffer.from(buffer, byteOffset + this.#at, Math.min(LOCAL_HEADER, length - this.#at));
    if (header.length < LOCAL_HEADER || header.readUInt32LE(0) !== LOCAL_SIGNATURE) return null;
    const start = this.#at + LOCAL_HEADER;
    const name = Buffer.from(this.#bytes.subarray(start, start + header.readUInt16LE(NAME_LENGTH))).toString(
      'latin1',
    );
    return names.test(name) ? name : null;
  }
}

/** The file at which an archive first differs from what {@link packZip} makes of `files`; null where it does not. */
export function alteredFile(files: readonly NamedFile[], bytes: Uint8Array): string | null {
  const made = packZip(files);
  if (Buffer.compare(made, bytes) === 0) return null;
  const differs = made.findIndex((byte, i) => byte !== bytes[i]);
  let end = 0;
  for (const { name, bytes: content } of files) {
    end += LOCAL_HEADER + name.length + content.length;
    if (differs >= 0 && differs < end) return name;
  }
  return 'directory';
}
