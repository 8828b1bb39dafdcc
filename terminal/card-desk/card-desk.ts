#!/usr/bin/env node
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Command, Option } from 'commander';
import type { CardReader } from '../../hardware/capabilities.ts';
import { seatHardware } from '../../hardware/seat-hardware.ts';
import type { FromCardDesk } from '../../shared/protocol/card-desk.ts';
import { guarded } from '../../shared/protocol/guarded.ts';
import { faultLine, lastResort } from '../machine/last-resort.ts';
import { stopOnSignal } from '../machine/signals.ts';
import { CardDesk } from './card-desk-loop.ts';
import { TypedReader } from './typed-reader.ts';

/** Readers for a desk; `simulated`: cards are typed on standard input. */
const READERS = ['pcsc', 'pn532', 'input', 'simulated'] as const;

interface Options {
  readonly reader: (typeof READERS)[number];
  readonly device?: string;
  readonly personalise?: true;
}

const print = (line: FromCardDesk) => process.stdout.write(`${JSON.stringify(line)}\n`);

/** The options do not go together. */
class DeskError extends Error {}

const random = (): Uint8Array => randomBytes(16);

/** The reader named, and what must be opened before it. */
function openReader({ reader, device }: Options): { reader: CardReader; before: () => Promise<void> } {
  const alone = (reader: CardReader) => ({ reader, before: async () => {} });
  if (reader === 'simulated') return alone(new TypedReader(random));
  if (reader === 'pcsc') return alone(seatHardware({ kind: 'none' }, { kind: 'pcsc', name: device }).reader);
  if (device === undefined) throw new DeskError(`say with --device where the ${reader} reader is`);
  if (reader === 'input') return alone(seatHardware({ kind: 'none' }, { kind: 'input', device }).reader);
  const { panel, reader: pn532 } = seatHardware({ kind: 'firmata', port: device }, { kind: 'pn532' });
  return { reader: pn532, before: () => panel.start() };
}

async function run(options: Options): Promise<void> {
  const { reader, before } = openReader(options);
  const typed = reader instanceof TypedReader ? reader : null;
  /** What is typed is done one after the other. */
  let typing = Promise.resolve();
  const stop = () => desk.stop();
  const end = () => stop().finally(() => process.exit(0));
  const desk = new CardDesk({
    reader,
    personalise: options.personalise ?? false,
    print,
    onEnd: () => void typing.then(end),
    random,
  });
  stopOnSignal(stop);
  const fault = (error: unknown): void => {
    print({ status: 'fault', what: faultLine(error) });
  };
  lastResort({ report: fault, stop });
  await before();
  await desk.start();
  const lines = createInterface({ input: process.stdin });
  const take = (line: string) => {
    if (!desk.take(line) && typed) typing = typing.then(() => typed.type(line)).catch(fault);
  };
  lines.on(
    'line',
    guarded('a line', (_what, error) => fault(error), take),
  );
  // Whoever started this program is gone.
  lines.on('close', () => void end());
}

const program = new Command('card-desk')
  .description('读卡台：供 hallvote cards 使用 · the reader behind hallvote cards')
  .addOption(new Option('--reader <kind>', '读卡器 · the reader').choices(READERS).default('pcsc'))
  .option('--device <path>', '设备文件；pcsc：名称的一部分 · its device file; with pcsc, a part of its name')
  .option('--personalise', '为卡写入密钥 · cards are to be given keys')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse();
try {
  await run(program.opts<Options>());
} catch (error) {
  if (!(error instanceof DeskError)) throw error;
  process.stdout.write(`${JSON.stringify({ status: 'fault', what: error.message })}\n`);
}
