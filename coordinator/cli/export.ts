import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { nodeSigner } from '../../shared/ed25519-node.ts';
import { makeBundle } from '../export/bundle.ts';
import { readKeyFile } from '../export/key-file.ts';
import { Ledger, LedgerError } from '../ledger/ledger.ts';
import { VERSION } from '../main.ts';
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
    const ledger = Ledger.read(file);
    const made = makeBundle([...ledger.rows()], nodeSigner(key.value), VERSION);
    ledger.close();
    return made.ok ? made.bytes : fail(made.problem, USAGE);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return fail(error.message, WRONG);
  }
}

/** `hallvote export`: one archive that anybody can verify; the coordinator may be running. */
export function exportCommand(): Command {
  return new Command('export')
    .description('导出存证包 · write the bundle of a sitting')
    .argument('<ledger>', '账本文件 · the ledger')
    .requiredOption('--out <bundle>', '写到此文件 · write it here')
    .option('--key <file>', '主机密钥，默认在账本旁 · the coordinator’s key, beside the ledger by default')
    .action((file: string, { out, key }: { out: string; key?: string }) => {
      const bytes = bundleOf(file, key ?? join(dirname(file), 'coordinator.key'));
      try {
        writeFileSync(out, bytes);
      } catch (error) {
        fail(`${out}: cannot be written: ${error instanceof Error ? error.message : error}`, USAGE);
      }
    });
}
