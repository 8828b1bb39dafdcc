import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RandomBytes } from '../../shared/protocol/ids.ts';
import { makeKeyFile, readKeyFile } from '../process/key-file.ts';

/**
 * The coordinator's key in its data folder, made for a hall's first start: never beside a ledger, whose seats know another.
 * @returns one line on what to put right where it cannot be had.
 */
export function coordinatorKey(folder: string, random: RandomBytes): ReturnType<typeof readKeyFile> {
  const file = join(folder, 'coordinator.key');
  if (existsSync(file)) return readKeyFile(file);
  const ledger = readdirSync(folder).find((name) => name.endsWith('.ledger'));
  if (ledger === undefined) return { ok: true, value: makeKeyFile(file, random) };
  const problem = `${file} has gone; ${ledger} was written with it → put it back from the copy, or move the ledgers away to begin with a new key`;
  return { ok: false, problem };
}
