import { readFileSync, statSync } from 'node:fs';
import type { Language } from '../../shared/protocol/ids.ts';
import { MOST_BYTES } from '../bundle/export/zip.ts';
import { USAGE } from './exit-codes.ts';

/** A ledger longer than this takes long enough to say how far it is. */
export const LONG = 2000;

export interface VerifyOptions {
  key?: string;
  hall?: readonly string[];
  json?: boolean;
  lang: Language;
}

/** Says that there is nothing to verify, and ends. */
export function fail(file: string, error: unknown): never {
  const why = error instanceof Error ? error.message : String(error);
  process.stderr.write(`hallvote verify: ${file}: cannot be read; check the path (${why})\n`);
  process.exit(USAGE);
}

/** What is in `file`; null where it is too large to be a bundle. */
export function read(file: string): Uint8Array | null {
  try {
    return statSync(file).size > MOST_BYTES ? null : readFileSync(file);
  } catch (error) {
    return fail(file, error);
  }
}

/** The options that each verification needs, with the key in the form it is compared in. */
export type Checked = Pick<VerifyOptions, 'key' | 'json'>;

/** Tells how far something is, where somebody looks on and there is more than `least` of it. */
export const teller =
  ({ json }: Checked) =>
  (what: string, least: number) =>
  (done: number, all: number) => {
    if (process.stderr.isTTY && !json && all > least) process.stderr.write(progressLine(what, done, all));
  };

const BAR = 30;

/** One line that overwrites itself until all is done. */
export function progressLine(what: string, done: number, all: number): string {
  const full = Math.floor((BAR * done) / all);
  const bar = `${'█'.repeat(full)}${'░'.repeat(BAR - full)}`;
  return `\r${what} ${bar} ${done}/${all}${done === all ? '\n' : ''}`;
}
