import { z } from 'zod';
import { sha256Hex } from '../../../shared/protocol/bytes.ts';
import { Id, words } from '../../../shared/protocol/ids.ts';
import type { Value } from '../../../shared/protocol/value.ts';
import { Year } from './money.ts';
import { MOST_PROJECTS, Sheet } from './sheet.ts';

/** 候选项目清单: the candidates of a cycle in their order, and how many of them may be chosen. */
export const List = z
  .strictObject({
    register: Id,
    congress: words(1, 2000),
    cycle: Year,
    places: z.number().int().positive().max(MOST_PROJECTS),
    projects: z
      .array(z.strictObject({ id: Id, sheet: Sheet }))
      .min(1)
      .max(MOST_PROJECTS),
  })
  .refine(
    ({ projects }) => new Set(projects.map(({ id }) => id)).size === projects.length,
    'ids must differ',
  );
export type List = Value<typeof List>;

/**
 * The list's one spelling: what is frozen, and what a hall's ballot names by its hash. UTF-8 lines that end with LF, `name
 * value`, in the order written here; a value is JSON of text in NFC, a number or a list of them, without spaces. Two lists
 * that say the same to a reader have the same text; one that differs in a letter, a fen or a day has another.
 */
export function listText({ register, congress, cycle, places, projects }: List): string {
  const lines = ['hallvote-list 1'];
  const say = (name: string, value: unknown) => lines.push(`${name} ${JSON.stringify(inNfc(value))}`);
  say('register', register);
  say('congress', congress);
  say('cycle', cycle);
  say('places', places);
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

/** SHA-256 of {@link listText}, in hexadecimal: the name of exactly this list. */
export const listHash = (list: List): string => sha256Hex(listText(list));

function inNfc(value: unknown): unknown {
  if (typeof value === 'string') return value.normalize('NFC');
  return Array.isArray(value) ? value.map(inNfc) : value;
}
