import { isAcceptableKey } from '../../shared/protocol/keys.ts';
import { EnrolledTerminal } from '../sitting/entries.ts';
import { onceOnly, plain, readCsv } from './csv-file.ts';
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
  const once = onceOnly(file, problems);
  const terminals: EnrolledTerminal[] = [];
  for (const { line, cells } of rows.value) {
    const row = EnrolledTerminal.safeParse({
      terminal: plain(cells.terminal ?? ''),
      seat: plain(cells.seat ?? ''),
      key: plain(cells.key ?? ''),
    });
    if (!row.success || !isAcceptableKey(row.data.key)) {
      const wrong = row.success ? ['key'] : row.error.issues.map(({ path: [column] }) => String(column));
      problems.push({
        file,
        line,
        what: `${wrong.join(', ')} is not valid`,
        cure: 'write the terminal’s id, its seat and the key it prints when it starts',
      });
      continue;
    }
    const { terminal, seat, key } = row.data;
    for (const what of [`terminal ${terminal}`, `seat ${seat}`, `key ${key}`])
      once(what, line, 'name it once');
    terminals.push(row.data);
  }
  return problems.length > 0 ? failed(problems) : loaded(terminals);
}
