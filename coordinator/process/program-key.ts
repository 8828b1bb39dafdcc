import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RandomBytes } from '../../shared/protocol/ids.ts';
import { makeKeyFile, readKeyFile } from './key-file.ts';

/**
 * The key with which a program signs its ledger, in its data folder, made for the first start: never beside a ledger, which was
 * written with another. @returns one line on what to put right where it cannot be had.
 */
export function programKey(
  folder: string,
  name: string,
  random: RandomBytes,
): ReturnType<typeof readKeyFile> {
  const file = join(folder, name);
  if (existsSync(file)) return readKeyFile(file);
  const ledger = readdirSync(folder).find((each) => each.endsWith('.ledger'));
  if (ledger === undefined) return { ok: true, value: makeKeyFile(file, random) };
  const problem = `${file} has gone; ${ledger} was written with it → put it back from the copy, or move the ledgers away to begin with a new key`;
  return { ok: false, problem };
}
