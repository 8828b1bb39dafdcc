import { closeSync, existsSync, openSync, readSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { packageVersion } from '../../shared/package-root.ts';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import { makeBundle } from '../bundle/export/bundle.ts';
import { applicationOf, Ledger } from '../chronicle/ledger.ts';
import { LedgerError } from '../chronicle/row.ts';
import { readKeyFile } from '../process/key-file.ts';
import { AttachmentStore } from '../register/attachments/attachment-store.ts';
import { makeRegisterBundle } from '../register/feed/bundle/make-bundle.ts';
import { REGISTER_LEDGER } from '../register/model/book.ts';
import { SITTING_LEDGER } from '../sitting/chronicle.ts';
import { USAGE, WRONG } from './exit-codes.ts';

function fail(message: string, code: number): never {
  process.stderr.write(`hallvote export: ${message}\n`);
  process.exit(code);
}

function bundleOf(file: string, keyFile: string | undefined): Uint8Array {
  if (!existsSync(file)) fail(`${file}: there is no such ledger`, USAGE);
  const isRegister = applicationOf(file) === REGISTER_LEDGER.application;
  const key = readKeyFile(keyFile ?? join(dirname(file), isRegister ? 'register.key' : 'coordinator.key'));
  if (!key.ok) fail(key.problem, USAGE);
  const signer = nodeSigner(key.value);
  const version = packageVersion();
  try {
    const ledger = Ledger.read(file, isRegister ? REGISTER_LEDGER : SITTING_LEDGER);
    const attachments = new AttachmentStore(join(dirname(file), 'attachments'));
    const made = isRegister
      ? makeRegisterBundle(
          { rows: () => ledger.rows(), attachment: (hash) => attachments.read(hash) },
          signer,
          version,
        )
      : makeBundle([...ledger.rows()], signer, version);
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

/** `hallvote export`: one archive that anybody can verify, of a sitting or of a register; the program may be running. */
export function exportCommand(): Command {
  return new Command('export')
    .argument('<ledger>', '账本文件 · the ledger')
    .requiredOption('--out <bundle>', '写到此文件 · write it here')
    .option(
      '--key <file>',
      '主机或项目库的密钥，默认在账本旁 · the key of coordinator or register, beside the ledger by default',
    )
    .action((file: string, { out, key }: { out: string; key?: string }) => {
      try {
        if (isPrecious(out)) fail(`${out}: there is a file that is no bundle; name another`, USAGE);
        writeWhole(out, bundleOf(file, key));
      } catch (error) {
        fail(`${out}: cannot be written: ${error instanceof Error ? error.message : error}`, USAGE);
      }
    });
}
