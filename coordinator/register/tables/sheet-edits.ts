import type { Funding } from '../../../shared/projects/money.ts';
import { Fen, Year } from '../../../shared/projects/money.ts';
import { Part, Sheet } from '../../../shared/projects/sheet.ts';
import { inOrder, type Text } from '../../../shared/protocol/ids.ts';
import type { Register } from '../model/state.ts';
import { dayOf, fenOf, thousandthsOf } from './amounts.ts';
import type { TableRow } from './columns.ts';
import type { MONEY_COLUMNS, PART_COLUMNS, PROJECT_COLUMNS } from './project-columns.ts';
import { moneyKey, moneyOf } from './project-tables.ts';
import { id, known, type Read, RowReader, several, some, text } from './row-reader.ts';

type Vocabulary = Register['vocabulary'];
/** Of a sheet or a part, whatever has been said of it so far. */
type Said<T> = { -readonly [K in keyof T]?: T[K] };

/** `text` with what a row says in Chinese and in English; its other languages stay. */
function inLanguages(was: Text | undefined, said: { zh?: string; en?: string }): Text | null {
  const { en, ...others } = { ...was, ...said };
  const { zh } = others;
  if (zh === undefined || zh === '') return null;
  return inOrder({ ...others, zh, ...(en === undefined || en === '' ? {} : { en }) });
}

/** What a row says of a project, over what was said of it before; null where something in it is refused. */
export function editedSheet(
  was: Sheet | null,
  row: TableRow<typeof PROJECT_COLUMNS>,
  names: Vocabulary,
): Omit<Sheet, 'parts'> | null {
  const reader = new RowReader(row);
  const sheet: Said<Sheet> = was ? { ...was } : { co: [], content: '', beneficiaries: '', from: [] };
  const title: { zh?: string; en?: string } = {};
  const summary: { zh?: string; en?: string } = {};
  const any = (cell: string): Read<string> => ({ value: cell });
  reader.read('title', any, (value) => (title.zh = value));
  reader.read('titleEn', any, (value) => (title.en = value));
  reader.read('summary', any, (value) => (summary.zh = value));
  reader.read('summaryEn', any, (value) => (summary.en = value));
  reader.read('category', known(names.categories), (value) => (sheet.category = value));
  reader.read('lead', known(names.bodies), (value) => (sheet.lead = value));
  reader.read('co', several(known(names.bodies)), (value) => (sheet.co = value));
  reader.read('content', text(Sheet.shape.content), (value) => (sheet.content = value));
  reader.read('beneficiaries', text(Sheet.shape.beneficiaries), (value) => (sheet.beneficiaries = value));
  reader.read('from', several(id), (value) => (sheet.from = value));
  for (const [column, said, before] of [
    ['title', title, was?.title],
    ['summary', summary, was?.summary],
  ] as const) {
    const words = inLanguages(before, said);
    const read = Sheet.shape.title.safeParse(words);
    if (read.success) sheet[column] = read.data;
    else reader.refuse(words ? 'bad-text' : 'empty', column);
  }
  for (const column of ['category', 'lead'] as const)
    if (sheet[column] === undefined && row.cell(column) === undefined) reader.refuse('empty', column);
  const whole = Sheet.omit({ parts: true }).safeParse(withoutParts(sheet));
  if (!whole.success && !reader.isRefused) reader.refuse('bad-text');
  return whole.success && !reader.isRefused ? whole.data : null;
}

function withoutParts({ parts: _, ...rest }: Said<Sheet>): Omit<Said<Sheet>, 'parts'> {
  return rest;
}

/** What a row says of a part; `removed` where it says that there is none any more; null where something is refused. */
export function editedPart(
  was: Part | null,
  partId: string,
  row: TableRow<typeof PART_COLUMNS>,
  names: Vocabulary,
): Part | 'removed' | null {
  const remove = (row.cell('remove') ?? '').normalize('NFKC').toLowerCase();
  if (REMOVED.has(remove)) return row.isBroken ? null : 'removed';
  const reader = new RowReader(row);
  if (remove !== '' && remove !== '否' && remove !== 'no') reader.refuse('bad-choice', 'remove');
  const part: Said<Part> = was ? { ...was } : { place: '', funding: [] };
  const target: Said<Part['target']> = { ...was?.target };
  reader.read('title', text(Part.shape.title), (value) => (part.title = value));
  reader.read('body', known(names.bodies), (value) => (part.body = value));
  reader.read('area', known(names.areas), (value) => (part.area = value));
  reader.read('place', text(Part.shape.place), (value) => (part.place = value));
  reader.read('quantity', some(thousandthsOf, 'bad-quantity'), (value) => (target.thousandths = value));
  reader.read('unit', text(Part.shape.target.shape.unit), (value) => (target.unit = value));
  reader.read('finish', some(dayOf, 'bad-day'), (value) => (part.finish = value));
  const whole = Part.safeParse({ ...part, id: partId, target });
  if (!whole.success && !reader.isRefused)
    for (const column of missingIn(whole.error.issues)) reader.refuse('empty', column);
  return whole.success && !reader.isRefused ? whole.data : null;
}

const REMOVED: ReadonlySet<string> = new Set(['是', '删除', 'x', '√', 'yes']);

/** Columns without which there is no part. */
function missingIn(issues: readonly { readonly path: readonly PropertyKey[] }[]) {
  const columns = { body: 'body', area: 'area', finish: 'finish', target: 'quantity' } as const;
  const missing = new Set(issues.map(({ path }) => path[0]));
  return Object.entries(columns).flatMap(([field, column]) => (missing.has(field) ? [column] : []));
}

/** What a row says of money: the key of its line, and the line, or null where there is to be none; null where it is refused. */
export function readMoney(
  row: TableRow<typeof MONEY_COLUMNS>,
  names: Vocabulary,
): { readonly key: string; readonly line: Funding | null } | null {
  const reader = new RowReader(row);
  const line: Said<Funding> = {};
  const isNone = row.cell('amount') === '';
  const year = (cell: string) => {
    const read = Year.safeParse(Number(cell.normalize('NFKC').replace(/年$/, '')));
    return read.success ? read.data : null;
  };
  reader.read('source', known(names.sources), (value) => (line.source = value));
  reader.read('year', some(year, 'bad-year'), (value) => (line.year = value));
  if (!isNone) reader.read('amount', some(fenOf, 'bad-money'), (value) => (line.fen = value));
  const { source, year: ofYear, fen } = line;
  if (reader.isRefused || source === undefined || ofYear === undefined) return null;
  const whole = Fen.safeParse(fen);
  const isLine = whole.success && whole.data > 0;
  return {
    key: moneyKey(source, ofYear),
    line: isLine ? { source, year: ofYear, fen: whole.data } : null,
  };
}

/** A part's money with the lines of a table in place of its own. */
export function editedMoney(
  funding: readonly Funding[],
  lines: ReadonlyMap<string, Funding | null>,
): Funding[] {
  const all = moneyOf(funding);
  let hasChanged = false;
  for (const [key, line] of lines) {
    if (all.get(key)?.fen === line?.fen) continue;
    hasChanged = true;
    if (line) all.set(key, line);
    else all.delete(key);
  }
  return hasChanged ? [...all.values()] : [...funding];
}
