import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { HashHex } from '../../../shared/protocol/ids.ts';
import { syncFolder } from '../../process/key-file.ts';

/** The bundles that results were taken from, under the hash of their manifest: whoever doubts a result verifies the same bytes. */
export class BundleShelf {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** It is on the disk when this returns. */
  keep(manifest: string, bundle: Uint8Array): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const path = this.#path(manifest);
    const file = openSync(`${path}.new`, 'w', 0o600);
    try {
      writeFileSync(file, bundle);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(`${path}.new`, path);
    syncFolder(this.#folder);
  }

  /** Null where there is none; a name that is no hash names nothing. */
  read(manifest: string): Buffer | null {
    if (!HashHex.safeParse(manifest).success || !existsSync(this.#path(manifest))) return null;
    return readFileSync(this.#path(manifest));
  }

  #path(manifest: string): string {
    return join(this.#folder, `${manifest}.zip`);
  }
}
