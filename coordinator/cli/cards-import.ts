import { basename } from 'node:path';
import { Command } from 'commander';
import { readCards } from '../config/cards-file.ts';
import { describeProblem } from '../config/problem.ts';
import { CONFIG, fail, openBook, orFail, save, sayDone } from './cards-common.ts';

/** `hallvote cards import`: many cards at once from a table; all of them or none. */
export function importCommand(): Command {
  return new Command('import')
    .description('从 CSV 批量登记（列：deputy,card，可加 kind）· register the cards of a CSV')
    .argument('<csv>', '表格 · the table')
    .requiredOption(...CONFIG)
    .action((csv: string, { config }: { config: string }) => {
      const opened = openBook(config);
      const lines = orFail(readCards(csv, basename(csv)));
      for (const { line, card } of lines) {
        const { deputy, kind, status, counter } = card;
        const done = opened.book.issue(deputy, card.card, kind, counter);
        const cure = 'correct this line, or the register';
        if (!done.ok) fail(describeProblem({ file: basename(csv), line, what: done.problem, cure }));
        if (status !== 'active') opened.book.block(card.card, status);
      }
      save(opened);
      sayDone(`已登记 registered: ${lines.length}`);
    });
}
