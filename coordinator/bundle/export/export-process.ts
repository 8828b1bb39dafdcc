import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { builtProgram } from '../../../shared/package-root.ts';

const HALLVOTE = builtProgram('coordinator/cli/hallvote.js');

/** The largest ledger takes a minute; a program that hangs must not be waited for until the hall stops. */
const PATIENCE_MS = 10 * 60_000;

/** The bundle of a ledger, made by another process: reading a large ledger must not hold up a vote. */
export async function exportElsewhere(ledgerFile: string): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'hallvote-export-'));
  const out = join(folder, 'bundle.zip');
  try {
    await promisify(execFile)(process.execPath, [HALLVOTE, 'export', ledgerFile, '--out', out], {
      timeout: PATIENCE_MS,
      killSignal: 'SIGKILL',
    });
    return readFileSync(out);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The bundle of a sitting so far, under the name of its file; null while a vote is open. */
export async function bundleOf(
  ledgerFile: string,
  sitting: string,
  isVoting: () => boolean,
): Promise<{ readonly name: string; readonly bytes: Uint8Array } | null> {
  if (isVoting()) return null;
  try {
    return { name: `${sitting}.zip`, bytes: await exportElsewhere(ledgerFile) };
  } catch (error) {
    // A vote may have opened while the other process was starting.
    if (isVoting()) return null;
    throw error;
  }
}
