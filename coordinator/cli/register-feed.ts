import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import { replay } from '../chronicle/chronicle.ts';
import { Ledger } from '../chronicle/ledger.ts';
import { LedgerError } from '../chronicle/row.ts';
import { loadRegister } from '../config/register-file.ts';
import { readKeyFile } from '../process/key-file.ts';
import { orRefuse, StartError } from '../refused-start.ts';
import { AttachmentStore } from '../register/attachments/attachment-store.ts';
import { REGISTER, REGISTER_LEDGER } from '../register/model/book.ts';
import { type FeedWritten, writeFeedFolder } from '../register/program/feed-folder.ts';
import { FeedSource } from '../register/program/feed-source.ts';
import { USAGE, WRONG } from './exit-codes.ts';

/** Writes the feed of the register that `configFile` describes, which may be running. @throws {StartError} {@link LedgerError} */
export function writeFeed(configFile: string, out: string): FeedWritten {
  const { data, register: about } = orRefuse(loadRegister(configFile));
  const file = join(data, `${about.id}.ledger`);
  if (!existsSync(file)) throw new StartError(`${file}: 没有台账 · there is no ledger`);
  const key = readKeyFile(join(data, 'register.key'));
  if (!key.ok) throw new StartError(key.problem);
  const ledger = Ledger.read(file, REGISTER_LEDGER);
  try {
    const state = replay(REGISTER, ledger.rows());
    const register = () => state;
    const source = new FeedSource({ register, ledger, signer: nodeSigner(key.value) });
    const attachments = new AttachmentStore(join(data, 'attachments'));
    return writeFeedFolder({ register, source, attachments }, out);
  } finally {
    ledger.close();
  }
}

function fail(what: string, code: number): never {
  process.stderr.write(`hallvote register feed: ${what}\n`);
  process.exit(code);
}

function run({ config, out }: { config: string; out: string }): void {
  try {
    const written = writeFeed(config, out);
    if (!written.ok) fail(`${out}: ${written.problem.zh} · ${written.problem.en}`, USAGE);
    const { files } = written;
    process.stdout.write(
      files.length === 0
        ? '没有变化 · nothing has changed\n'
        : `${files.join('\n')}\n已写入 ${files.length} 个文件 · ${files.length} files written\n`,
    );
  } catch (error) {
    if (error instanceof StartError) fail(error.message, USAGE);
    if (error instanceof LedgerError) fail(error.message, WRONG);
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    fail(`${out}: 无法写入，请另选 · cannot be written to (${why}); name another`, USAGE);
  }
}

/** `hallvote register feed`: what a register publishes, into a folder. */
export function feedCommand(): Command {
  return new Command('feed')
    .description(
      '把公开的台账写入文件夹（U 盘、网站） · write what is public of the ledger into a folder: a stick, a web server',
    )
    .requiredOption('--config <register.yaml>', '项目库配置 · the register’s configuration')
    .requiredOption('--out <folder>', '写到此文件夹 · write it here')
    .action(run);
}
