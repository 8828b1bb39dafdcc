import { Command } from 'commander';
import { CONFIG, openBook } from './cards-common.ts';

const TITLES = ['卡号 card', '代表 deputy', '姓名 name', '类型 kind', '状态 status', '计数 counter'];

/** How wide a text stands in a terminal: Chinese characters take two places. */
const width = (text: string): number =>
  [...text].reduce((sum, char) => sum + (/[\u1100-\u115F\u2E80-\uFFEF]/.test(char) ? 2 : 1), 0);

function table(rows: readonly (readonly string[])[]): string {
  const widths = TITLES.map((_, i) => Math.max(...rows.map((row) => width(row[i] ?? ''))));
  return rows
    .map((row) => row.map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - width(cell))).join('  '))
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

/** `hallvote cards list`: every card the hall's files know. */
export function listCommand(): Command {
  return new Command('list')
    .description('列出证件卡 · list the cards')
    .requiredOption(...CONFIG)
    .option('--json', '输出 JSON · print JSON')
    .action(({ config, json }: { config: string; json?: boolean }) => {
      const { book } = openBook(config);
      const cards = book.cards.map((card) => ({ ...card, name: book.deputy(card.deputy)?.name ?? '' }));
      if (json) {
        process.stdout.write(`${JSON.stringify(cards)}\n`);
        return;
      }
      const rows = cards.map(({ card, deputy, name, kind, status, counter }) => [
        card,
        deputy,
        name,
        kind,
        status,
        kind === 'ntag424' ? String(counter) : '',
      ]);
      process.stdout.write(table([TITLES, ...rows]));
    });
}
