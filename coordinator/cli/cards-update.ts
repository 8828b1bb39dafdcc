import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import type { LedgerRow } from '../../shared/protocol/ledger-hash.ts';
import { readArchive } from '../bundle/export/archive.ts';
import { PROBLEMS } from '../bundle/verify/problems.ts';
import { verifyBundle } from '../bundle/verify/verify.ts';
import { Ledger } from '../chronicle/ledger.ts';
import { readRow } from '../chronicle/line.ts';
import { LedgerError } from '../chronicle/row.ts';
import { readKeyFile } from '../process/key-file.ts';
import { replay, SITTING_LEDGER } from '../sitting/chronicle.ts';
import type { Sitting } from '../sitting/state.ts';
import { CONFIG, fail, openBook, save, sayDone } from './cards-common.ts';
import { WRONG } from './exit-codes.ts';

/** How every bundle begins: the header of a ZIP archive's first file. */
const BUNDLE_START = Buffer.from('PK\x03\x04');

function isBundle(path: string): boolean {
  const start = Buffer.alloc(BUNDLE_START.length);
  const file = openSync(path, 'r');
  readSync(file, start);
  closeSync(file);
  return start.equals(BUNDLE_START);
}

/** The rows of a bundle that verifies: an invented one could use up all taps of the hall's cards. */
function rowsOfBundle(path: string, key: string | undefined): LedgerRow[] {
  const bytes = readFileSync(path);
  const verified = verifyBundle(bytes, { key });
  if (!verified.ok) fail(`${path}: ${PROBLEMS[verified.broken.problem].en}`, WRONG);
  const ledger = readArchive(bytes)?.['ledger.jsonl'] ?? new Uint8Array();
  return Buffer.from(ledger)
    .toString()
    .split('\n')
    .flatMap((line) => readRow(line) ?? []);
}

/** The sitting a ledger or bundle tells, or the end of the command. */
function sittingOf(path: string, key: string | undefined): Sitting {
  if (!existsSync(path)) fail(`${path}: there is no such ledger or bundle`);
  try {
    if (isBundle(path)) return replay(rowsOfBundle(path, key));
    const ledger = Ledger.read(path, SITTING_LEDGER);
    try {
      return replay(ledger.rows());
    } finally {
      ledger.close();
    }
  } catch (error) {
    if (error instanceof LedgerError) fail(error.message, WRONG);
    return fail(`${path}: cannot be read (${error instanceof Error ? error.message : error})`);
  }
}

/** `hallvote cards update`: taps used in a sitting are used in the next. */
export function updateCommand(): Command {
  return new Command('update')
    .description('会后更新刷卡计数，使旧的刷卡信息失效 · after a sitting: taps used in it stay used')
    .requiredOption('--from <file>', '账本或存证包 · the sitting’s ledger or bundle')
    .requiredOption(...CONFIG)
    .action(({ from, config }: { from: string; config: string }) => {
      const opened = openBook(config);
      const key = readKeyFile(join(opened.hall.data, 'coordinator.key'));
      const sitting = sittingOf(from, key.ok ? key.value.kid : undefined);
      const hall = sitting.begun?.hall;
      if (hall !== opened.hall.hall.id) fail(`${from}: is of the hall ${hall}, not of this one`, WRONG);
      const raised = [...sitting.counters].filter(([card, counter]) => opened.book.raise(card, counter));
      if (raised.length > 0) save(opened);
      sayDone(`已更新 updated: ${raised.length}`);
    });
}
