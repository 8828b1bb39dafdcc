import { CardBook } from '../cards/card-book.ts';
import { type HallConfig, loadHall } from '../config/hall-file.ts';
import { describeProblem, type Loaded } from '../config/problem.ts';
import { USAGE } from './exit-codes.ts';

/** Ends the command with one line. */
export function fail(message: string, code: number = USAGE): never {
  process.stderr.write(`hallvote cards: ${message}\n`);
  process.exit(code);
}

/** The value, or the end of the command with the mistakes in the hall's files. */
export function orFail<T>(read: Loaded<T>): T {
  if (read.ok) return read.value;
  process.stderr.write(`${read.problems.map(describeProblem).join('\n')}\n`);
  process.exit(USAGE);
}

export interface OpenBook {
  readonly hall: HallConfig;
  readonly book: CardBook;
}

/** The hall's cards, or the end of the command. */
export function openBook(config: string): OpenBook {
  const hall = orFail(loadHall(config));
  return { hall, book: orFail(CardBook.open(hall)) };
}

/** Writes the register, or ends the command. */
export function save({ hall, book }: OpenBook): void {
  try {
    book.save();
  } catch (error) {
    fail(`${hall.files.cards}: cannot be written (${error instanceof Error ? error.message : error})`);
  }
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** What was done, and how a running coordinator learns of it. */
export function sayDone(...lines: string[]): void {
  for (const line of lines) say(line);
  say('会场主机正在运行时，请在会务页“重新读取文件” · if the hall is running, read its files again there');
}

export const CONFIG = ['--config <hall.yaml>', '会场配置 · the hall’s configuration'] as const;
