import { LedgerError } from '../chronicle/row.ts';
import { StartError } from '../refused-start.ts';
import { writeFeed } from '../register/program/write-feed.ts';
import { USAGE, WRONG } from './exit-codes.ts';

export interface FeedAsked {
  readonly config: string;
  readonly out: string;
}

function fail(what: string, code: number): never {
  process.stderr.write(`hallvote register feed: ${what}\n`);
  process.exit(code);
}

/** Writes what a register publishes into a folder, and says which files. */
export function registerFeed({ config, out }: FeedAsked): void {
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
