import { closeSync, existsSync, openSync, readSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { packageVersion } from '../../shared/package-root.ts';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import { makeBundle } from '../bundle/export/bundle.ts';
import { Ledger } from '../chronicle/ledger.ts';
import { LedgerError } from '../chronicle/row.ts';
import { readKeyFile } from '../process/key-file.ts';
import { SITTING_LEDGER } from '../sitting/chronicle.ts';
import { USAGE, WRONG } from './exit-codes.ts';

function fail(message: string, code: number): never {
  process.stderr.write(`hallvote export: ${message}\n`);
  process.exit(code);
}

function bundleOf(file: string, keyFile: string): Uint8Array {
  if (!existsSync(file)) fail(`${file}: there is no such ledger`, USAGE);
  const key = readKeyFile(keyFile);
  if (!key.ok) fail(key.problem, USAGE);
  try {
    const ledger = Ledger.read(file, SITTING_LEDGER);
    const made = makeBundle([...ledger.rows()], nodeSigner(key.value), packageVersion());
    ledger.close();
    return made.ok ? made.bytes : fail(made.problem, USAGE);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return fail(error.message, WRONG);
  }
}

/** How every bundle begins: the header of a ZIP archive's first file. */
const BUNDLE_START = Buffer.from('PK\x03\x04');

/** Whether there is a file at `path` that is no bundle: a slip of the hand must not cost a ledger or a key. */
function isPrecious(path: string): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile() || stat.size === 0) return false;
  const start = Buffer.alloc(BUNDLE_START.length);
  const file = openSync(path, 'r');
  readSync(file, start);
  closeSync(file);
  return !start.equals(BUNDLE_START);
}

/** Writes the whole file or, where that fails, leaves what was there. */
function writeWhole(path: string, bytes: Uint8Array): void {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat && !stat.isFile()) {
    writeFileSync(path, bytes);
    return;
  }
  writeFileSync(`${path}.new`, bytes);
  renameSync(`${path}.new`, path);
}

/** `hallvote export`: one archive that anybody can verify; the coordinator may be running. */
export function exportCommand(): Command {
  return new Command('export')
    .argument('<ledger>', '账本文件 · the ledger')
    .requiredOption('--out <bundle>', '写到此文件 · write it here')
    .option('--key <file>', '主机密钥，默认在账本旁 · the coordinator’s key, beside the ledger by default')
    .action((file: string, { out, key }: { out: string; key?: string }) => {
      try {
        if (isPrecious(out)) fail(`${out}: there is a file that is no bundle; name another`, USAGE);
        writeWhole(out, bundleOf(file, key ?? join(dirname(file), 'coordinator.key')));
      } catch (error) {
        fail(`${out}: cannot be written: ${error instanceof Error ? error.message : error}`, USAGE);
      }
    });
}
