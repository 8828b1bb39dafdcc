import { MOST_TAPS } from '../../shared/protocol/card-proof.ts';
import { type CardKind, type Deputy, RegisteredCard } from '../sitting/entries.ts';
import { type CsvRow, type CsvShape, onceOnly, plain, readCsv } from './csv-file.ts';
import { failed, type Loaded, loaded, type Problem } from './problem.ts';

export const CARDS_SHAPE = {
  columns: {
    card: ['卡号', '证件卡号'],
    deputy: ['代表', '代表编号', '编号'],
    kind: ['类型', '卡类型'],
    status: ['状态', '卡状态'],
    counter: ['计数', '刷卡计数'],
  },
  required: ['card', 'deputy'],
} as const satisfies CsvShape;

const KINDS: Readonly<Record<string, CardKind>> = { '': 'uid', ntag424dna: 'ntag424', 普通卡: 'uid' };
const STATUSES: Readonly<Record<string, RegisteredCard['status']>> = {
  '': 'active',
  有效: 'active',
  正常: 'active',
  挂失: 'lost',
  已挂失: 'lost',
  注销: 'cancelled',
  已注销: 'cancelled',
};

const CURES: Readonly<Record<string, string>> = {
  card: 'write 4 to 32 letters and digits, as text in Excel',
  deputy: 'write the deputy’s id as it stands in the roll',
  kind: 'write uid or ntag424',
  status: 'write active, lost or cancelled',
  counter: `write a whole number from 0 to ${MOST_TAPS}`,
};

/** Cards of this kind are known by their UID of 7 bytes. */
export const NTAG424_UID = /^[0-9A-F]{14}$/;

/** A card's number as readers report it: no separators, upper case. */
export const cardNumber = (cell: string): string =>
  plain(cell)
    .toUpperCase()
    .replaceAll(/[:\s-]/g, '');

/** A line of the register and where it stands. */
export interface RegisterLine {
  readonly line: number;
  readonly card: RegisteredCard;
}

function readLine(cells: CsvRow['cells']): { card: RegisteredCard } | { wrong: string[] } {
  const kind = plain(cells.kind ?? '')
    .toLowerCase()
    .replaceAll(/[\s-]/g, '');
  const status = plain(cells.status ?? '').toLowerCase();
  const counter = plain(cells.counter ?? '');
  const read = RegisteredCard.safeParse({
    card: cardNumber(cells.card ?? ''),
    deputy: plain(cells.deputy ?? ''),
    kind: KINDS[kind] ?? kind,
    status: STATUSES[status] ?? status,
    counter: /^\d*$/.test(counter) ? Number(counter) : counter,
  });
  if (!read.success) return { wrong: [...new Set(read.error.issues.map(({ path }) => String(path[0])))] };
  const isOdd = read.data.kind === 'ntag424' && !NTAG424_UID.test(read.data.card);
  return isOdd ? { wrong: ['uid'] } : { card: read.data };
}

function problemIn(column: string, cells: CsvRow['cells']): Pick<Problem, 'what' | 'cure'> {
  if (column === 'uid')
    return {
      what: `card: “${plain(cells.card ?? '')}” is no UID of an NTAG 424 DNA`,
      cure: 'write the 14 hexadecimal digits a reader shows, or set the kind to uid',
    };
  const cell = plain(cells[column] ?? '').slice(0, 40);
  const what = cell === '' ? 'the cell is empty' : `“${cell}” cannot stand here`;
  return { what: `${column}: ${what}`, cure: CURES[column] ?? 'correct the cell' };
}

/** Reads the register of cards (`card,deputy,kind,status,counter`); an empty one is fine. */
export function readCards(path: string, file: string): Loaded<RegisterLine[]> {
  const rows = readCsv(path, file, CARDS_SHAPE);
  if (!rows.ok) return rows;
  const problems: Problem[] = [];
  const once = onceOnly(file, problems);
  const lines: RegisterLine[] = [];
  for (const { line, cells } of rows.value) {
    const read = readLine(cells);
    if ('wrong' in read) {
      for (const column of read.wrong) problems.push({ file, line, ...problemIn(column, cells) });
      continue;
    }
    once(`card ${read.card.card}`, line, 'a card stands in the register once');
    lines.push({ line, card: read.card });
  }
  return problems.length > 0 ? failed(problems) : loaded(lines);
}

/** Where register and roll contradict each other. */
export function cardsAgainstRoll(
  lines: readonly RegisterLine[],
  deputies: readonly Deputy[],
  file: string,
): Problem[] {
  const known = new Set(deputies.map(({ id }) => id));
  const owners = new Map(deputies.flatMap(({ id, cards }) => cards.map((card) => [card, id] as const)));
  return lines.flatMap(({ line, card: { card, deputy, status } }): Problem[] => {
    const owner = owners.get(card);
    if (owner !== undefined && owner !== deputy)
      return [
        {
          file,
          line,
          what: `card ${card} is ${owner}’s in the roll`,
          cure: 'a card belongs to one deputy: correct this line, or the roll',
        },
      ];
    if (status !== 'active' || known.has(deputy)) return [];
    return [
      {
        file,
        line,
        what: `deputy ${deputy} is not on the roll`,
        cure: 'correct the id, or set the card’s status to cancelled',
      },
    ];
  });
}
