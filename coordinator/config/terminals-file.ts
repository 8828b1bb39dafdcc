import { isAcceptableKey } from '../../shared/keys.ts';
import { EnrolledTerminal } from '../ledger/entries.ts';
import { plain, readCsv } from './csv-file.ts';
import { failed, type Loaded, loaded, type Problem } from './problem.ts';

const SHAPE = {
  columns: {
    terminal: ['终端', '终端编号'],
    seat: ['席位', '席位号', '座位', '座位号'],
    key: ['公钥', '密钥'],
  },
  required: ['terminal', 'seat', 'key'],
};

/** Reads the terminals enrolled from the start: `terminal,seat,key`; an empty list is fine. */
export function readTerminals(path: string, file: string): Loaded<EnrolledTerminal[]> {
  const rows = readCsv(path, file, SHAPE);
  if (!rows.ok) return rows;
  const problems: Problem[] = [];
  const seen = new Map<string, number>();
  const terminals: EnrolledTerminal[] = [];
  for (const { line, cells } of rows.value) {
    const row = EnrolledTerminal.safeParse({
      terminal: plain(cells.terminal ?? ''),
      seat: plain(cells.seat ?? ''),
      key: plain(cells.key ?? ''),
    });
    if (!row.success || !isAcceptableKey(row.data.key)) {
      const column = row.success ? 'key' : String(row.error.issues[0]?.path[0]);
      problems.push({
        file,
        line,
        what: `${column} is not valid`,
        cure: 'copy the line the terminal prints when it starts',
      });
      continue;
    }
    for (const value of [`terminal ${row.data.terminal}`, `seat ${row.data.seat}`, `key ${row.data.key}`]) {
      const before = seen.get(value);
      if (before !== undefined)
        problems.push({
          file,
          line,
          what: `${value} stands in line ${before} already`,
          cure: 'name it once',
        });
      seen.set(value, line);
    }
    terminals.push(row.data);
  }
  return problems.length > 0 ? failed(...problems) : loaded(terminals);
}
