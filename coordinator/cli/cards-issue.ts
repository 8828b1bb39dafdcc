import { Command, Option } from 'commander';
import { type CardKeys, readCardKeys } from '../cards/card-keys.ts';
import { cardNumber } from '../config/cards-file.ts';
import type { HallConfig } from '../config/hall-file.ts';
import { failed } from '../config/problem.ts';
import { CARD_KINDS, type CardKind } from '../sitting/entries.ts';
import { CardDesk, DEVICE, type ReaderOptions, readerOption } from './card-desk.ts';
import { CONFIG, fail, type OpenBook, openBook, orFail, save, sayDone } from './cards-common.ts';

const kindOption = () => new Option('--kind <kind>', '卡的类型 · the kind of card').choices(CARD_KINDS);

/** The keys for cards of this kind; null for cards that have none. */
function keysFor(kind: CardKind, { cards }: HallConfig): CardKeys | null {
  if (kind === 'uid') return null;
  const missing = failed({
    file: 'hall.yaml',
    line: null,
    what: 'cards.key names no key for NTAG 424 cards',
    cure: 'add cards: { key: cards.key } and run hallvote cards key',
  });
  return orFail(cards.key === null ? missing : readCardKeys(cards.key));
}

/** A card read on the desk, personalised where it has keys: whose turn it is goes to the screen. */
async function tapped(
  opened: OpenBook,
  deputy: string,
  kind: CardKind,
  reader: ReaderOptions,
): Promise<{ card: string; counter: number }> {
  const keys = keysFor(kind, opened.hall);
  const desk = await CardDesk.open(reader, keys !== null);
  try {
    const name = opened.book.deputy(deputy)?.name ?? '';
    process.stderr.write(`请放上 ${deputy} ${name} 的卡 · hold the card of ${deputy} to the reader\n`);
    for (;;) {
      const tap = await desk.tap();
      if (!tap) return fail('the reader’s program ended');
      const refused = opened.book.whyNotIssue(deputy, tap.card, kind);
      if (!refused.ok) {
        desk.skip('refused');
        return fail(refused.problem);
      }
      if (!keys) return { card: tap.card, counter: 0 };
      const done = await desk.personalise(tap.card, keys);
      if (done.ok) return { card: tap.card, counter: done.counter };
      process.stderr.write(`${done.what}；请再放一次 · hold it there again\n`);
    }
  } finally {
    await desk.stop();
  }
}

interface IssueOptions extends ReaderOptions {
  readonly config: string;
  readonly card?: string;
  readonly tap?: true;
  readonly kind: CardKind;
}

async function issue(deputy: string, options: IssueOptions): Promise<void> {
  if ((options.card === undefined) === (options.tap === undefined)) fail('say either --card <uid> or --tap');
  const opened = openBook(options.config);
  if (!opened.book.deputy(deputy)) fail(`there is no deputy ${deputy} on the roll`);
  const { card, counter } =
    options.card === undefined
      ? await tapped(opened, deputy, options.kind, options)
      : { card: cardNumber(options.card), counter: 0 };
  const done = opened.book.issue(deputy, card, options.kind, counter);
  if (!done.ok) fail(done.problem);
  save(opened);
  sayDone(`已发卡 issued: ${card} → ${deputy} (${options.kind})`);
}

/** `hallvote cards issue`: a card for a deputy; one with keys is given them here, when it is tapped. */
export function issueCommand(): Command {
  return new Command('issue')
    .description('给代表发卡 · give a deputy a card')
    .argument('<deputy>', '代表编号 · the deputy’s id')
    .requiredOption(...CONFIG)
    .option(
      '--card <uid>',
      '卡号（ntag424：已写入本会场密钥的卡）· its number; with ntag424, a card that has its keys',
    )
    .option('--tap', '刷卡读取；ntag424 同时写入密钥 · read it here; with ntag424, write its keys')
    .addOption(kindOption().default('uid'))
    .addOption(readerOption())
    .option(...DEVICE)
    .action(issue);
}

interface ReplaceOptions extends ReaderOptions {
  readonly config: string;
  readonly tap?: true;
  readonly lost?: true;
  readonly kind?: CardKind;
}

async function replace(old: string, card: string | undefined, options: ReplaceOptions): Promise<void> {
  if ((card === undefined) === (options.tap === undefined)) fail('name the new card, or say --tap');
  const opened = openBook(options.config);
  const before = opened.book.get(cardNumber(old));
  if (!before) fail(`there is no card ${cardNumber(old)}`);
  const { deputy } = before;
  const kind = options.kind ?? before.kind;
  const { card: fresh, counter } =
    card === undefined ? await tapped(opened, deputy, kind, options) : { card: cardNumber(card), counter: 0 };
  if (fresh === before.card) fail(`${fresh} is the old card`);
  const done = opened.book.issue(deputy, fresh, kind, counter);
  if (!done.ok) fail(done.problem);
  opened.book.block(before.card, options.lost ? 'lost' : 'cancelled');
  save(opened);
  sayDone(`已换卡 replaced: ${before.card} → ${fresh}, ${deputy} (${kind})`);
}

/** `hallvote cards replace`: the old card is blocked, and its deputy has a new one of the same kind. */
export function replaceCommand(): Command {
  return new Command('replace')
    .description('换卡：旧卡停用 · a new card for an old one, which is blocked')
    .argument('<old>', '旧卡号 · the old card')
    .argument('[new]', '新卡号 · the new card')
    .requiredOption(...CONFIG)
    .option('--tap', '刷卡读取新卡 · read the new card here')
    .option('--lost', '旧卡挂失（否则注销）· the old card was lost, not given back')
    .addOption(kindOption())
    .addOption(readerOption())
    .option(...DEVICE)
    .action(replace);
}
