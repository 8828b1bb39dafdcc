#!/usr/bin/env node
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Command, Option } from 'commander';
import { deskReader } from '../hardware/desk-reader.ts';
import { CardDesk } from './card-desk-loop.ts';
import { stopOnSignal } from './signals.ts';
import { TypedReader } from './typed-reader.ts';

/** Readers for a desk; `simulated`: cards are typed on standard input. */
const READERS = ['pcsc', 'pn532', 'input', 'simulated'] as const;

interface Options {
  readonly reader: (typeof READERS)[number];
  readonly device?: string;
  readonly personalise?: true;
}

const random = (): Uint8Array => randomBytes(16);

async function run(options: Options): Promise<void> {
  const typed = options.reader === 'simulated' ? new TypedReader(random) : null;
  /** What is typed is done one after the other. */
  let typing = Promise.resolve();
  const stop = () => desk.stop();
  const end = () => stop().finally(() => process.exit(0));
  const desk = new CardDesk({
    reader: typed ?? deskReader(options.reader, options.device),
    personalise: options.personalise ?? false,
    print: (line) => process.stdout.write(`${JSON.stringify(line)}\n`),
    onEnd: () => void typing.then(end),
    random,
  });
  stopOnSignal(stop);
  await desk.start();
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    if (!desk.take(line) && typed) typing = typing.then(() => typed.type(line));
  });
  // Whoever started this program is gone.
  lines.on('close', end);
}

const program = new Command('card-desk')
  .description('读卡台：供 hallvote cards 使用 · the reader behind hallvote cards')
  .addOption(new Option('--reader <kind>', '读卡器 · the reader').choices(READERS).default('pcsc'))
  .option('--device <path>', '设备文件 · its device file')
  .option('--personalise', '为卡写入密钥 · cards are to be given keys')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse();
await run(program.opts<Options>());
