import { Command } from 'commander';
import { CardDesk, DEVICE, type ReaderOptions, readerOption } from './card-desk.ts';
import { CONFIG, fail, type OpenBook, openBook, save, sayDone } from './cards-common.ts';

interface ReadOptions extends ReaderOptions {
  readonly config: string;
  /** `true` where no deputy is named: all without a card. */
  readonly intoRoll?: true | string[];
}

/** Prints the number of every card tapped, until told to stop. */
async function printTaps(options: ReadOptions): Promise<void> {
  const desk = await CardDesk.open(options, false);
  for (let tap = await desk.tap(); tap; tap = await desk.tap()) process.stdout.write(`${tap.card}\n`);
  await desk.stop();
}

function namedDeputies({ book }: OpenBook, named: true | readonly string[]): readonly string[] {
  if (named === true) return book.deputies.map(({ id }) => id).filter((id) => !book.hasCard(id));
  const unknown = named.find((id) => !book.deputy(id));
  return unknown === undefined ? named : fail(`there is no deputy ${unknown} on the roll`);
}

/** Asks for one deputy's card after the other; each is on the disk before the next is asked for. */
async function walk(opened: OpenBook, options: ReadOptions, named: true | readonly string[]): Promise<void> {
  const { book } = opened;
  const deputies = namedDeputies(opened, named);
  if (deputies.length === 0) {
    sayDone('没有缺卡的代表 · every deputy has a card');
    return;
  }
  const desk = await CardDesk.open(options, false);
  let written = 0;
  for (const deputy of deputies) {
    const { name = '', seat = '' } = book.deputy(deputy) ?? {};
    process.stderr.write(`请刷卡 tap: ${deputy} ${name} ${seat}\n`);
    for (;;) {
      const tap = await desk.tap();
      if (!tap) {
        await desk.stop();
        fail(`the reader’s program ended; ${written} of ${deputies.length} cards were written`);
      }
      const done = book.issue(deputy, tap.card, 'uid');
      if (done.ok) break;
      process.stderr.write(`${done.problem}\n`);
    }
    save(opened);
    written += 1;
  }
  await desk.stop();
  sayDone(`已登记 registered: ${written}`);
}

/** `hallvote cards read`: what a reader reads, on the screen or into the register. */
export function readCommand(): Command {
  return new Command('read')
    .description('读卡：显示卡号，或逐个登记 · show the cards tapped, or register them one by one')
    .requiredOption(...CONFIG)
    .option(
      '--into-roll [deputy...]',
      '逐个代表登记；不写则为所有缺卡的 · for these deputies, or all without a card',
    )
    .addOption(readerOption())
    .option(...DEVICE)
    .action(async (options: ReadOptions) => {
      const { intoRoll } = options;
      if (intoRoll === undefined) await printTaps(options);
      else await walk(openBook(options.config), options, intoRoll);
    });
}
