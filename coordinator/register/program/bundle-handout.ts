import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { builtProgram } from '../../../shared/package-root.ts';

/** A bundle is not made again before so long, although the feed has grown. */
const KEPT_MS = 10 * 60_000;

/** The largest ledger takes a minute; a program that hangs must not be waited for for ever. */
const PATIENCE_MS = 10 * 60_000;

/** Writes the bundle of that ledger to `out`, whole or not at all. */
export type MakeBundle = (ledgerFile: string, out: string) => Promise<void>;

/** In a process of its own: reading a large ledger holds up nobody. */
const makeElsewhere: MakeBundle = async (ledgerFile, out) => {
  const program = builtProgram('coordinator/cli/hallvote.js');
  await promisify(execFile)(process.execPath, [program, 'export', ledgerFile, '--out', out], {
    timeout: PATIENCE_MS,
    killSignal: 'SIGKILL',
  });
};

export interface HandoutParts {
  readonly folder: string;
  readonly ledgerFile: string;
  /** The hash of the last entry that is shown. */
  readonly head: () => string;
  readonly now: () => number;
  readonly make?: MakeBundle;
}

/**
 * The register's bundle for whoever asks: made once for everybody, one at a time, and again when the feed has grown, but not
 * more often than every ten minutes. However many ask, no more work comes of it.
 */
export class BundleHandout {
  readonly #parts: HandoutParts;
  #made: { readonly head: string; readonly at: number } | null = null;
  #making: Promise<string | null> | null = null;

  constructor(parts: HandoutParts) {
    this.#parts = parts;
  }

  /** The file of the bundle; null where it could not be made now. */
  async file(): Promise<string | null> {
    const { head, now } = this.#parts;
    const made = this.#made;
    if (made && (made.head === head() || now() - made.at < KEPT_MS)) return this.#path(made.head);
    this.#making ??= this.#make(head()).finally(() => {
      this.#making = null;
    });
    return this.#making;
  }

  async #make(head: string): Promise<string | null> {
    const { folder, ledgerFile, now, make = makeElsewhere } = this.#parts;
    const path = this.#path(head);
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      if (!existsSync(path)) await make(ledgerFile, path);
    } catch {
      // The last one, although older, is whole.
      return this.#made && this.#path(this.#made.head);
    }
    this.#made = { head, at: now() };
    for (const name of readdirSync(folder)) if (join(folder, name) !== path) rmSync(join(folder, name));
    return path;
  }

  #path(head: string): string {
    return join(this.#parts.folder, `${head}.zip`);
  }
}
