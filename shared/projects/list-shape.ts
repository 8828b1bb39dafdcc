import { z } from 'zod';
import { Id, Text, words } from '../protocol/ids.ts';
import type { Value } from '../protocol/value.ts';
import { Year } from './money.ts';
import { MOST_PROJECTS, Sheet } from './sheet.ts';

const Named = z.strictObject({ id: Id, name: Text });
/** In the order of their ids, each once. */
const names = z
  .array(Named)
  .max(1000)
  .refine((all) => all.every(({ id }, i) => i === 0 || (all[i - 1]?.id ?? '') < id), 'ids must rise');

/** What the sheets of a list speak of by id, each with its name: whoever reads the list needs no other file. */
export const ListNames = z.strictObject({
  categories: names,
  bodies: names,
  areas: names,
  sources: names,
});
export type ListNames = Value<typeof ListNames>;

/** 候选项目清单: the candidates of a cycle in their order, and how many of them may be chosen. */
export const List = z
  .strictObject({
    register: Id,
    congress: words(1, 2000),
    cycle: Year,
    places: z.number().int().positive().max(MOST_PROJECTS),
    names: ListNames,
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
