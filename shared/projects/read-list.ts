import { List, type ListNames, listText } from './list.ts';

/** The longest text of a list that is read: a hundred projects with all their parts fit. */
export const MOST_LIST_CHARS = 8_000_000;

/** The longest text of a list that a hall votes on: it has to reach every seat. A hundred projects with six parts each fit. */
export const MOST_HALL_LIST = 500_000;

/** Values under their names, as the lines give them; what they may be, the schema says. */
type Said = Record<string, unknown>;

/**
 * The list that `text` spells ({@link listText}); null where it is no list, or not in its one spelling: what is read here
 * has the hash of its text, always.
 */
export function readList(text: string): List | null {
  if (text.length > MOST_LIST_CHARS) return null;
  const said = saidIn(text);
  const list = said && List.safeParse(said);
  return list?.success && listText(list.data) === text ? list.data : null;
}

interface ReadPart extends Said {
  funding: Said[];
}
interface ReadSheet extends Said {
  parts: ReadPart[];
}
interface Named {
  readonly id: unknown;
  readonly name: Said;
}

function saidIn(text: string): Said | null {
  const [format, ...lines] = text.split('\n');
  if (format !== 'hallvote-list 1') return null;
  const names: { [V in keyof ListNames]: Named[] } = { categories: [], bodies: [], areas: [], sources: [] };
  const projects: { id: unknown; sheet: ReadSheet }[] = [];
  const list: Said = { names, projects };
  for (const line of lines.slice(0, -1)) {
    const { name, value } = lineOf(line);
    const [what = '', tag] = name.split('.');
    const sheet = projects.at(-1)?.sheet;
    if (name === 'project') projects.push({ id: value, sheet: { parts: [] } });
    else if (!sheet && isNamed(what)) addName(names[what], tag ?? '', value);
    else if (!sheet) list[name] = value;
    else if (what === 'part') onPart(sheet.parts, tag, value);
    else if (tag !== undefined) sheet[what] = { ...asSaid(sheet[what]), [tag]: value };
    else sheet[name] = value;
  }
  // Says nothing that the projects do not: the spelling is compared.
  delete list.candidates;
  return list;
}

const isNamed = (what: string): what is keyof ListNames =>
  what === 'categories' || what === 'bodies' || what === 'areas' || what === 'sources';

function addName(named: Named[], tag: string, value: unknown): void {
  const [id, text] = asList(value);
  const last = named.at(-1);
  if (last?.id === id && last) last.name[tag] = text;
  else named.push({ id, name: { [tag]: text } });
}

function onPart(parts: ReadPart[], what: string | undefined, value: unknown): void {
  if (what === undefined) parts.push({ id: value, funding: [] });
  const part = parts.at(-1);
  if (!part || what === undefined) return;
  const [first, second, third] = asList(value);
  if (what === 'target') part.target = { thousandths: first, unit: second };
  else if (what === 'funding') part.funding.push({ source: first, year: second, fen: third });
  else part[what] = value;
}

/** The name and the JSON value of a line; a value that is none is no list's. */
function lineOf(line: string): { name: string; value: unknown } {
  const space = line.indexOf(' ');
  try {
    return { name: line.slice(0, space), value: JSON.parse(line.slice(space + 1)) };
  } catch {
    return { name: '', value: null };
  }
}

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const isSaid = (value: unknown): value is Said => typeof value === 'object' && value !== null;
const asSaid = (value: unknown): Said => (isSaid(value) ? value : {});
