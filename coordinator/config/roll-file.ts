import { Deputy } from '../sitting/entries.ts';
import { type CsvRow, onceOnly, plain, readCsv, tidy } from './csv-file.ts';
import { failed, type Loaded, loaded, type Problem } from './problem.ts';

const SHAPE = {
  columns: {
    id: ['编号', '代表编号'],
    name: ['姓名', '代表姓名'],
    delegation: ['代表团', '代表团名称'],
    seat: ['席位', '席位号', '座位', '座位号'],
    card: ['卡号', '证件卡号'],
    title: ['职务'],
  },
  // Most rolls count their lines in a column of this title, beside the deputies' own numbers.
  fallbacks: { 序号: 'id' },
  required: ['id', 'name', 'seat'],
};

const CURES: Readonly<Record<string, string>> = {
  id: 'write 1 to 64 letters, digits, . _ or -, such as D001',
  name: 'write the name, 60 characters at most, on one line, and close all quotes',
  delegation: 'write 60 characters at most',
  title: 'write 60 characters at most',
  seat: 'write the seat, 20 characters at most, on one line, and close all quotes',
  card: 'write 4 to 32 letters and digits, as text in Excel; several cards apart by ; and 10 at most',
};

/** Cards as readers report them: no separators, upper case. Several in one cell stand apart by `;` `、` or space. */
function cardsOf(cell: string): string[] {
  const cards = plain(cell)
    .toUpperCase()
    .split(/[;、\s]+/)
    .map((card) => card.replaceAll(/[:-]/g, ''));
  return [...new Set(cards)].filter((card) => card !== '');
}

/** The columns of one row that are wrong; none where it is a deputy. */
function readDeputy(cells: CsvRow['cells']): { deputy: Deputy } | { wrong: string[] } {
  const deputy = Deputy.safeParse({
    id: plain(cells.id ?? ''),
    name: tidy(cells.name ?? ''),
    delegation: tidy(cells.delegation ?? ''),
    title: tidy(cells.title ?? ''),
    seat: plain(cells.seat ?? ''),
    cards: cardsOf(cells.card ?? ''),
  });
  const wrong = deputy.success
    ? []
    : deputy.error.issues.map(({ path: [key] }) => (key === 'cards' ? 'card' : String(key)));
  // A name or seat over two lines is a quote gone wrong, and may hide another deputy.
  for (const column of ['name', 'seat']) if (/\S\s*[\r\n]\s*\S/.test(cells[column] ?? '')) wrong.push(column);
  return deputy.success && wrong.length === 0 ? { deputy: deputy.data } : { wrong: [...new Set(wrong)] };
}

function shown(cell: string): string {
  const text = tidy(cell);
  return text === ''
    ? 'the cell is empty'
    : `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}” cannot stand here`;
}

/** Reads the roll (代表名册): see `readCsv` for encodings and headers. */
export function readRoll(path: string, file: string): Loaded<Deputy[]> {
  const rows = readCsv(path, file, SHAPE);
  if (!rows.ok) return rows;
  const problems: Problem[] = [];
  const once = onceOnly(file, problems);
  const deputies: Deputy[] = [];
  for (const { line, cells } of rows.value) {
    const row = readDeputy(cells);
    if ('wrong' in row) {
      for (const column of row.wrong)
        problems.push({
          file,
          line,
          what: `${column}: ${shown(cells[column] ?? '')}`,
          cure: CURES[column] ?? 'correct the cell',
        });
      continue;
    }
    const { deputy } = row;
    once(`id ${deputy.id}`, line, 'give every deputy an id of their own');
    once(`seat ${deputy.seat}`, line, 'give every deputy a seat of their own');
    for (const card of deputy.cards) once(`card ${card}`, line, 'a card belongs to one deputy');
    deputies.push(deputy);
  }
  if (problems.length > 0) return failed(problems);
  if (deputies.length === 0)
    return failed({ file, line: 2, what: 'the roll is empty', cure: 'write one line for each deputy' });
  return loaded(deputies);
}
