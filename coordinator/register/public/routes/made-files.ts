import type { DataFile } from '../data-files.ts';
import type { Look } from '../frame.ts';
import type { PublicRegister } from '../public-register.ts';

/** A file of a large year takes a second to make, in which nobody else is answered: it may be so old. */
const KEPT_MS = 30_000;
/** A file of so many rows is made in a moment. */
const QUICK_ROWS = 2_000;

interface Made {
  readonly of: PublicRegister;
  readonly at: number;
  readonly content: Promise<string | Buffer>;
  bytes: number | null;
}

/** Files of open data, each made once as long as nothing changes. */
export class MadeFiles {
  readonly #now: () => number;
  readonly #made = new Map<string, Made>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @param isFixed whether the register's address is always the same: else whoever asks could have any number of files kept. */
  content(look: Look, file: DataFile, isFixed: boolean): Promise<string | Buffer> {
    const known = this.#current(look, file);
    if (known) return known.content;
    const content = file.make();
    if (file.by.includes('address') && !isFixed) return content;
    const made: Made = { of: look.register, at: this.#now(), content, bytes: null };
    content.then(
      (one) => {
        made.bytes = Buffer.byteLength(one);
      },
      // Whoever asked is told; the next one has it made anew.
      () => this.#made.delete(keyOf(look, file)),
    );
    this.#made.set(keyOf(look, file), made);
    return content;
  }

  /** How large it is: of a small one always, of a large one only where it has been made. */
  async bytes(look: Look, file: DataFile, rows: number, isFixed: boolean): Promise<number | null> {
    if (rows <= QUICK_ROWS) return Buffer.byteLength(await this.content(look, file, isFixed));
    return this.#current(look, file)?.bytes ?? null;
  }

  #current(look: Look, file: DataFile): Made | null {
    const known = this.#made.get(keyOf(look, file));
    return known && (known.of === look.register || this.#now() - known.at < KEPT_MS) ? known : null;
  }
}

const keyOf = ({ language }: Look, { path, by }: DataFile): string =>
  by.includes('language') ? `${path} ${language}` : path;
