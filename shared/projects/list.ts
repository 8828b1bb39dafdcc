import { sha256Hex } from '../protocol/bytes.ts';
import type { Text } from '../protocol/ids.ts';
import { List, ListNames } from './list-shape.ts';
import type { Sheet } from './sheet.ts';

export { List, ListNames };

/**
 * The list's one spelling: what is frozen, and what a hall's ballot names by its hash. UTF-8 lines that end with LF, `name
 * value`, in the order written here; a value is JSON of text in NFC, a number or a list of them, without spaces. Two lists
 * that say the same to a reader have the same text; one that differs in a letter, a fen or a day has another.
 */
export function listText({ register, congress, cycle, places, names, projects }: List): string {
  const lines = ['hallvote-list 1'];
  const say = (name: string, value: unknown) => lines.push(`${name} ${JSON.stringify(inNfc(value))}`);
  say('register', register);
  say('congress', congress);
  say('cycle', cycle);
  say('places', places);
  for (const what of NAMED)
    for (const { id, name } of names[what])
      for (const [tag, text] of Object.entries(name)) say(`${what}.${tag}`, [id, text]);
  say('candidates', projects.length);
  for (const { id, sheet } of projects) {
    say('project', id);
    for (const what of ['title', 'summary'] as const)
      for (const [tag, text] of Object.entries(sheet[what])) say(`${what}.${tag}`, text);
    say('category', sheet.category);
    say('lead', sheet.lead);
    say('co', sheet.co);
    say('content', sheet.content);
    say('beneficiaries', sheet.beneficiaries);
    say('from', sheet.from);
    for (const part of sheet.parts) {
      say('part', part.id);
      say('part.title', part.title);
      say('part.body', part.body);
      say('part.area', part.area);
      say('part.place', part.place);
      say('part.target', [part.target.thousandths, part.target.unit]);
      say('part.finish', part.finish);
      for (const { source, year, fen } of part.funding) say('part.funding', [source, year, fen]);
    }
  }
  return `${lines.join('\n')}\n`;
}

const NAMED = ['categories', 'bodies', 'areas', 'sources'] as const;

/** The names that `projects` use, of all that there are: sorted by id, and none that no sheet speaks of. */
export function namesIn(
  projects: readonly { readonly sheet: Sheet }[],
  all: { readonly [V in keyof ListNames]: ReadonlyMap<string, Text> },
): ListNames {
  const sheets = projects.map(({ sheet }) => sheet);
  const parts = sheets.flatMap((sheet) => sheet.parts);
  const named = (what: keyof ListNames, ids: readonly string[]) =>
    [...new Set(ids)].sort().flatMap((id) => {
      const name = all[what].get(id);
      return name ? [{ id, name }] : [];
    });
  return {
    categories: named(
      'categories',
      sheets.map(({ category }) => category),
    ),
    bodies: named('bodies', [
      ...sheets.flatMap(({ lead, co }) => [lead, ...co]),
      ...parts.map(({ body }) => body),
    ]),
    areas: named(
      'areas',
      parts.map(({ area }) => area),
    ),
    sources: named(
      'sources',
      parts.flatMap(({ funding }) => funding.map(({ source }) => source)),
    ),
  };
}

/** SHA-256 of {@link listText}, in hexadecimal: the name of exactly this list. */
export const listHash = (list: List): string => sha256Hex(listText(list));

function inNfc(value: unknown): unknown {
  if (typeof value === 'string') return value.normalize('NFC');
  return Array.isArray(value) ? value.map(inNfc) : value;
}
