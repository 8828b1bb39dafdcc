import { createInterface } from 'node:readline';
import { Option } from 'commander';
import { builtProgram } from '../../shared/package-root.ts';
import { FromCardDesk, type ToCardDesk } from '../../shared/protocol/card-desk.ts';
import { readProof } from '../../shared/protocol/card-proof.ts';
import { fromHex, toHex } from '../../shared/protocol/ntag424.ts';
import type { CardKeys } from '../cards/card-keys.ts';
import { fail } from './cards-common.ts';
import { type Program, ProgramError, Programs } from './programs.ts';

/** It runs as a process of its own: nothing here imports it. */
const CARD_DESK = builtProgram('terminal/card-desk/card-desk.js');

/** A reader that is there is ready within this time. */
const READY_MS = 5_000;
/** A program that has said nothing for so long hangs; on a busy machine it only begins slowly. */
const HUNG_MS = 120_000;

const after = (ms: number) =>
  new Promise<'waited'>((resolve) => {
    setTimeout(resolve, ms, 'waited').unref();
  });

const READERS = ['pcsc', 'pn532', 'input', 'simulated'] as const;

/** Options of every command that reads cards. */
export interface ReaderOptions {
  readonly reader: (typeof READERS)[number];
  readonly device?: string;
}

export const readerOption = (): Option =>
  new Option(
    '--reader <kind>',
    '读卡器（simulated：在键盘上输入卡号）· the reader (simulated: type the cards)',
  )
    .choices(READERS)
    .default('pcsc');
export const DEVICE = [
  '--device <path>',
  '读卡器的设备文件；pcsc：名称的一部分 · the reader’s device file; with pcsc, a part of its name',
] as const;

type Tap = Extract<FromCardDesk, { card: unknown }>;

/** The card reader on this desk: taps, one after the other, and cards personalised. */
export class CardDesk {
  readonly #programs = new Programs();
  readonly #program: Program;

  private constructor(options: ReaderOptions, args: readonly string[]) {
    const device = options.device === undefined ? [] : ['--device', options.device];
    const all = ['--reader', options.reader, ...device, ...args];
    this.#program = this.#programs.start(all, { file: CARD_DESK });
  }

  /** Starts the reader and waits until it is ready, or ends the command with what is wrong. */
  static async open(options: ReaderOptions, personalise: boolean): Promise<CardDesk> {
    const desk = new CardDesk(options, personalise ? ['--personalise'] : []);
    const fault = await desk.#whyNotReady();
    if (fault !== null) {
      await desk.stop();
      fail(`the reader does not work: ${fault}`);
    }
    // What is typed here are the cards of the simulated reader.
    if (options.reader === 'simulated')
      createInterface({ input: process.stdin })
        .on('line', (line) => desk.#program.child.stdin?.write(`${line}\n`))
        .on('close', () => desk.#tell({ end: true }));
    return desk;
  }

  /** Null as soon as the reader is ready; the last fault where it does not become so in a while after the first. */
  async #whyNotReady(): Promise<string | null> {
    let fault: string | null = null;
    let waited = after(HUNG_MS);
    for (;;) {
      const line = await Promise.race([this.#next(), waited]);
      if (line === 'waited' || line === null) return fault ?? 'its program does not answer';
      if ('what' in line) {
        if (fault === null) waited = after(READY_MS);
        fault = line.what;
      } else if ('status' in line) return null;
    }
  }

  async #next(): Promise<FromCardDesk | null> {
    try {
      return FromCardDesk.parse(JSON.parse(await this.#programs.line(this.#program)));
    } catch (error) {
      if (error instanceof ProgramError) return null;
      throw error;
    }
  }

  #tell(order: ToCardDesk): void {
    this.#program.child.stdin?.write(`${JSON.stringify(order)}\n`);
  }

  /** The next tap; null where the reader's program has ended. Faults on the way are shown. */
  async tap(): Promise<Tap | null> {
    for (;;) {
      const line = await this.#next();
      if (line === null || 'card' in line) return line;
      if ('status' in line && line.status === 'fault') process.stderr.write(`${line.what}\n`);
    }
  }

  /**
   * Gives the card that lies there its keys; what went wrong, or the counter of its first message. The card must have
   * been the last {@link tap}.
   */
  async personalise(
    uid: string,
    keys: CardKeys,
  ): Promise<
    { readonly ok: true; readonly counter: number } | { readonly ok: false; readonly what: string }
  > {
    const bytes = fromHex(uid);
    if (bytes?.length !== 7) return { ok: false, what: 'this is no NTAG 424 DNA' };
    this.#tell({ personalise: { uid, keys: keys.of(bytes).map(toHex) } });
    for (;;) {
      const line = await this.#next();
      if (line === null) return { ok: false, what: 'the reader’s program ended' };
      if ('failed' in line) return { ok: false, what: line.what };
      if ('personalised' in line) {
        const counter = readProof(line.proof)?.counter;
        return counter !== undefined && keys.holds(line.proof)
          ? { ok: true, counter }
          : { ok: false, what: 'the card’s message is not right' };
      }
    }
  }

  /** Leaves the card that lies there as it is. */
  skip(why: string): void {
    this.#tell({ skip: why });
  }

  async stop(): Promise<void> {
    await this.#programs.stop();
  }
}
