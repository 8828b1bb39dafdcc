import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { makeCardKeys } from '../cards/card-keys.ts';
import { cardNumber } from '../config/cards-file.ts';
import { loadHall } from '../config/hall-file.ts';
import { CONFIG, fail, openBook, orFail, save, sayDone } from './cards-common.ts';
import { importCommand } from './cards-import.ts';
import { issueCommand, replaceCommand } from './cards-issue.ts';
import { listCommand } from './cards-list.ts';
import { readCommand } from './cards-read.ts';
import { updateCommand } from './cards-update.ts';

function keyCommand(): Command {
  return new Command('key')
    .description('生成发卡主密钥（只做一次，请备份）· make the cards’ master key: once, and back it up')
    .requiredOption(...CONFIG)
    .action(({ config }: { config: string }) => {
      const { cards } = orFail(loadHall(config));
      if (cards.key === null) fail('hall.yaml names no key → add cards: { key: cards.key }');
      if (existsSync(cards.key))
        fail(`${cards.key}: there is a key already, and cards may have been made with it`);
      try {
        makeCardKeys(cards.key, randomBytes);
      } catch (error) {
        fail(`${cards.key}: cannot be written (${error instanceof Error ? error.message : error})`);
      }
      sayDone(`已生成 made: ${cards.key}`);
    });
}

interface BlockOptions {
  readonly config: string;
  readonly lost?: boolean;
  readonly cancelled?: boolean;
}

function blockCommand(): Command {
  return new Command('block')
    .description('停用一张卡 · no check-in with this card any more')
    .argument('<card>', '卡号 · the card')
    .requiredOption(...CONFIG)
    .option('--lost', '挂失 · it was lost')
    .option('--cancelled', '注销 · it was taken back')
    .action((card: string, { config, lost, cancelled }: BlockOptions) => {
      if (lost === cancelled) fail('say either --lost or --cancelled');
      const opened = openBook(config);
      const number = cardNumber(card);
      const done = opened.book.block(number, lost ? 'lost' : 'cancelled');
      if (!done.ok) fail(done.problem);
      save(opened);
      sayDone(`已停用 blocked: ${number}`);
    });
}

/** `hallvote cards`: the hall's register of cards, and the writing of keys into those that have one. */
export function cardsCommand(): Command {
  return new Command('cards')
    .addCommand(listCommand())
    .addCommand(keyCommand())
    .addCommand(issueCommand())
    .addCommand(blockCommand())
    .addCommand(replaceCommand())
    .addCommand(importCommand())
    .addCommand(readCommand())
    .addCommand(updateCommand());
}
