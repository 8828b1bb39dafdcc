import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { nodeSigner } from '../../shared/ed25519-node.ts';
import { makeBundle } from '../export/bundle.ts';
import { readKeyFile } from '../export/key-file.ts';
import { Ledger, LedgerError } from '../ledger/ledger.ts';
import { USAGE } from './exit-codes.ts';

function fail(message: string): never {
  process.stderr.write(`hallvote export: ${message}\n`);
  process.exit(USAGE);
}

/** `hallvote export`: one archive that anybody can verify; the coordinator may be running. */
export function exportCommand(): Command {
  return new Command('export')
    .description('导出存证包 · write the bundle of a sitting')
    .argument('<ledger>', '账本文件 · the ledger')
    .requiredOption('--out <bundle>', '写到此文件 · write it here')
    .option('--key <file>', '主机密钥，默认在账本旁 · the coordinator’s key, beside the ledger by default')
    .action((file: string, { out, key: keyFile }: { out: string; key?: string }) => {
      if (!existsSync(file)) fail(`${file}: there is no such ledger`);
      const key = readKeyFile(keyFile ?? join(dirname(file), 'coordinator.key'));
      if (!key.ok) fail(key.problem);
      try {
        const ledger = Ledger.read(file);
        const made = makeBundle([...ledger.rows()], nodeSigner(key.value));
        ledger.close();
        if (!made.ok) fail(made.problem);
        writeFileSync(out, made.bytes);
      } catch (error) {
        if (!(error instanceof LedgerError)) throw error;
        fail(error.message);
      }
    });
}
