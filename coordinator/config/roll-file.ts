import { Deputy } from '../ledger/entries.ts';
import { plain, readCsv } from './csv-file.ts';
import { failed, type Loaded, loaded, type Problem } from './problem.ts';

const SHAPE = {
  columns: {
    id: ['编号', '代表编号', '序号'],
    name: ['姓名', '代表姓名'],
    delegation: ['代表团', '代表团名称'],
    seat: ['席位', '席位号', '座位', '座位号'],
    card: ['卡号', '证件卡号'],
    title: ['职务'],
  },
  required: ['id', 'name', 'seat'],
};

/** Cards as readers report them: no separators, upper case. Several in one cell stand apart by `;` `、` or space. */
function cardsOf(cell: string): string[] {
  return plain(cell)
    .toUpperCase()
    .split(/[;、\s]+/)
    .map((card) => card.replaceAll(/[:-]/g, ''))
    .filter((card) => card !== '');
}

/** Reads the roll (代表名册): see `readCsv` for encodings and headers. */
export function readRoll(path: string, file: string): Loaded<Deputy[]> {
  const rows = readCsv(path, file, SHAPE);
  if (!rows.ok) return rows;
  const problems: Problem[] = [];
  const seen = new Map<string, number>();
  const deputies: Deputy[] = [];
  for (const { line, cells } of rows.value) {
    const once = (what: string, value: string, cure: string) => {
      const before = seen.get(`${what} ${value}`);
      if (before !== undefined)
        problems.push({ file, line, what: `${what} ${value} stands in line ${before} already`, cure });
      seen.set(`${what} ${value}`, line);
    };
    const deputy = Deputy.safeParse({
      id: plain(cells.id ?? ''),
      name: (cells.name ?? '').trim(),
      delegation: (cells.delegation ?? '').trim(),
      title: (cells.title ?? '').trim(),
      seat: plain(cells.seat ?? ''),
      cards: cardsOf(cells.card ?? ''),
    });
    if (!deputy.success) {
      for (const issue of deputy.error.issues)
        problems.push({
          file,
          line,
          what: `${String(issue.path[0])}: ${issue.message}`,
          cure: `correct the cell ${String(issue.path[0])}`,
        });
      continue;
    }
    once('id', deputy.data.id, 'give every deputy an id of their own');
    once('seat', deputy.data.seat, 'give every deputy a seat of their own');
    for (const card of deputy.data.cards) once('card', card, 'a card belongs to one deputy');
    deputies.push(deputy.data);
  }
  if (problems.length > 0) return failed(...problems);
  if (deputies.length === 0)
    return failed({ file, line: 2, what: 'the roll is empty', cure: 'write one line for each deputy' });
  return loaded(deputies);
}
