import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { sha256Hex } from '../../../shared/protocol/bytes.ts';
import { HashHex } from '../../../shared/protocol/ids.ts';
import { syncFolder } from '../../process/key-file.ts';

/** What strangers' files become. */
export const TYPES = ['jpg', 'pdf'] as const;
/** All that is kept: documents of the register's own have a text besides. */
const KEPT = [...TYPES, 'json'] as const;
export type AttachmentType = (typeof KEPT)[number];

/** A file as it is handed out. */
export interface Attachment {
  readonly type: AttachmentType;
  readonly bytes: Buffer;
}

const NEW = '.new';

/**
 * Files under the SHA-256 of what is in them, in folders of its first letters: `3f/a9/3fa9….jpg`, and `3fa9….small.jpg`
 * beside it. Nothing of a path is ever a stranger's: a name that is no hash names nothing.
 */
export class AttachmentStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Keeps a file and gives its hash; it is on the disk when this returns. The same file is kept once. */
  keep(type: AttachmentType, bytes: Uint8Array, small: Uint8Array | null): string {
    const hash = sha256Hex(bytes);
    // The small one first: whoever sees the file sees both.
    if (small) this.#write(this.#path(hash, `small.${type}`), small);
    this.#write(this.#path(hash, type), bytes);
    return hash;
  }

  /** The file of that hash, or its small picture; null where there is none. */
  read(hash: string, size: 'whole' | 'small' = 'whole'): Attachment | null {
    if (!HashHex.safeParse(hash).success) return null;
    for (const type of KEPT) {
      const path = this.#path(hash, size === 'small' ? `small.${type}` : type);
      if (existsSync(path)) return { type, bytes: readFileSync(path) };
    }
    return null;
  }

  /** What the file of that hash is; null where there is none. */
  typeOf(hash: string): AttachmentType | null {
    if (!HashHex.safeParse(hash).success) return null;
    return KEPT.find((type) => existsSync(this.#path(hash, type))) ?? null;
  }

  has(hash: string): boolean {
    return this.typeOf(hash) !== null;
  }

  /** Takes a file away for good, as far as the disk forgets. */
  remove(hash: string): void {
    if (!HashHex.safeParse(hash).success) return;
    for (const type of KEPT)
      for (const name of [type, `small.${type}`]) rmSync(this.#path(hash, name), { force: true });
  }

  /** Takes away what nobody knows: files of which no entry came to speak, and halves of files. To be called at a start. */
  sweep(isKnown: (hash: string) => boolean): void {
    for (const path of this.#files()) {
      const [hash = ''] = path.slice(path.lastIndexOf('/') + 1).split('.');
      if (path.endsWith(NEW) || !isKnown(hash)) rmSync(join(this.#folder, path));
    }
  }

  #files(): string[] {
    if (!existsSync(this.#folder)) return [];
    const all = readdirSync(this.#folder, { recursive: true, encoding: 'utf8' });
    return all.map((path) => path.replaceAll('\\', '/')).filter((path) => /^..\/..\/./.test(path));
  }

  #path(hash: string, ending: string): string {
    return join(this.#folder, hash.slice(0, 2), hash.slice(2, 4), `${hash}.${ending}`);
  }

  #write(path: string, bytes: Uint8Array): void {
    if (existsSync(path)) return;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const file = openSync(path + NEW, 'w', 0o600);
    try {
      writeFileSync(file, bytes);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(path + NEW, path);
    for (const folder of [dirname(path), dirname(dirname(path)), this.#folder]) syncFolder(folder);
  }
}
