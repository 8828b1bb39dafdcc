import { z } from 'zod';
import { Basis, Item, MAX_ITEMS } from '../../shared/kinds/common.ts';
import { type KindName, kindOf, Motion } from '../../shared/kinds/kinds.ts';
import { itemsOfList, listDifference } from '../../shared/kinds/motion-list.ts';
import { Fraction, Threshold } from '../../shared/kinds/quorum-and-majority.ts';
import { Id, Text, words } from '../../shared/protocol/ids.ts';
import { type ListFile, readListFile } from './list-file.ts';
import { type Loaded, loaded } from './problem.ts';
import { numberAsText, readYaml } from './yaml-file.ts';

/** Refuses entries whose `id` an earlier entry has. */
function idsDiffer(what: string) {
  return (all: readonly { id: string }[], context: z.RefinementCtx) => {
    const seen = new Set<string>();
    all.forEach(({ id }, i) => {
      if (seen.has(id))
        context.addIssue({ code: 'custom', path: [i, 'id'], message: `there are two ${what} ${id}` });
      seen.add(id);
    });
  };
}

/** Items may be written as bare titles; those without an id are numbered. */
const itemsWith = <I extends { id?: string | undefined }>(prefix: string, what: string, item: z.ZodType<I>) =>
  z
    .array(z.union([words(1, 2000).transform((zh) => ({ title: { zh }, id: undefined })), item]))
    .min(1)
    .max(MAX_ITEMS)
    .transform((all) => all.map((each, i) => ({ ...each, id: each.id ?? `${prefix}${i + 1}` })))
    .superRefine(idsDiffer(what));

const PlainItem = Item.partial({ id: true });
const items = (prefix: string, what: string) => itemsWith(prefix, what, PlainItem);

const common = {
  id: Id,
  title: Text,
  text: Text.optional(),
  voting: z.enum(['open', 'secret']).default('open'),
  press: z.enum(['first', 'last']).default('last'),
  seconds: z.number().int().min(5).max(86_400).nullable().default(null),
  quorum: z.preprocess(numberAsText, Fraction.optional()),
  basis: Basis.default('roll'),
};

/** The file of a frozen list of projects, beside the agenda: what is not written of its items is taken from it. */
const list = words(1, 200).optional();

const HALF: Threshold = { kind: 'more-than', num: 1, den: 2 };

/** An item with a rule of its own. */
const RuledItem = z.strictObject({
  ...PlainItem.shape,
  threshold: z.preprocess(numberAsText, Threshold.optional()),
  basis: Basis.optional(),
});

/** How a motion of each kind is written. */
const WRITTEN = {
  decision: z.strictObject({
    ...common,
    kind: z.literal('decision'),
    threshold: z.preprocess(numberAsText, Threshold).default(HALF),
  }),
  selection: z.strictObject({
    ...common,
    kind: z.literal('selection'),
    list,
    candidates: items('c', 'candidates').optional(),
    places: z.number().int().positive().optional(),
    threshold: z.preprocess(numberAsText, Threshold.nullable()).default(HALF),
  }),
  appraisal: z.strictObject({
    ...common,
    kind: z.literal('appraisal'),
    list,
    items: items('i', 'items').optional(),
    dontKnow: z.boolean().default(false),
    threshold: z.preprocess(numberAsText, Threshold).default(HALF),
  }),
  itemised: z.strictObject({
    ...common,
    kind: z.literal('itemised'),
    items: itemsWith('i', 'items', RuledItem),
    threshold: z.preprocess(numberAsText, Threshold).default(HALF),
  }),
} satisfies Record<KindName, z.ZodObject>;
const Written = z.discriminatedUnion('kind', [
  WRITTEN.decision,
  WRITTEN.selection,
  WRITTEN.appraisal,
  WRITTEN.itemised,
]);

/** What an agenda says, with the text of every list of projects that its motions name. */
export interface Agenda {
  readonly motions: Motion[];
  readonly lists: string[];
}

type ReadList = (name: string) => Loaded<ListFile>;
type Written = z.output<typeof Written>;

/** `written` with what it leaves to its list, and under its `list` the hash; items that say no more than their list's are whole. */
function withList(written: Written, named: ListFile | null): object {
  const { list: _, ...rest } = { list: undefined, ...written };
  if (!named) return rest;
  const whole = itemsOfList(named.list);
  const complete = (items: readonly Item[] | undefined) =>
    items?.map((item) => ({ note: whole.find(({ id }) => id === item.id)?.note, ...item })) ?? whole;
  if (written.kind === 'selection') {
    const { places = named.list.places } = written;
    return { ...rest, candidates: complete(written.candidates), places, list: named.hash };
  }
  return written.kind === 'appraisal' ? { ...rest, items: complete(written.items), list: named.hash } : rest;
}

function agendaSchema(hallQuorum: Fraction, read: ReadList) {
  const motion = Written.transform(
    (written, context): { id: string; motion: Motion; text: string | null } => {
      const complain = (path: PropertyKey[], message: string, cure?: string) => {
        context.addIssue({ code: 'custom', path, message, params: { cure } });
        return z.NEVER;
      };
      const name = 'list' in written ? written.list : undefined;
      const found = name === undefined ? null : read(name);
      if (found?.ok === false) {
        const [problem] = found.problems;
        return complain(['list'], problem?.what ?? '', problem?.cure);
      }
      const named = found?.value ?? null;
      if (!named)
        for (const of of ['candidates', 'places', 'items'] as const)
          if (of in WRITTEN[written.kind].shape && !Object.hasOwn(written, of))
            return complain([of], 'is missing', `add the setting ${of}, or list: with the register’s file`);
      const says = { ...withList(written, named), quorum: written.quorum ?? hallQuorum };
      const motion = Motion.safeParse(says);
      if (!motion.success) {
        for (const { path, message } of motion.error.issues)
          context.addIssue({ code: 'custom', path, message });
        return z.NEVER;
      }
      const differs = named && listDifference(motion.data, named.list);
      if (differs) {
        const items = written.kind === 'appraisal' ? 'items' : 'candidates';
        return differs.in === 'places'
          ? complain(
              ['places'],
              `the list has ${named.list.places} places`,
              `write ${named.list.places}, or leave it out`,
            )
          : complain(
              [items, differs.at],
              `is not what ${name} says: ${whatIsAt(named, motion.data, differs.at)}`,
              `write it as ${name} does, or leave ${items} out`,
            );
      }
      return { id: motion.data.id, motion: motion.data, text: named?.text ?? null };
    },
  );
  const motions = z.array(motion).min(1).superRefine(idsDiffer('motions'));
  return z.strictObject({ motions });
}

/** What a list has where an item differs from it. */
function whatIsAt({ list }: ListFile, motion: Motion, at: number): string {
  const item = kindOf(motion.kind).parts(motion)[at];
  const meant = list.projects[at] ?? list.projects.find(({ id }) => id === item?.id);
  return meant ? `${meant.id} ${meant.sheet.title.zh}` : 'it has no such project';
}

/** Reads the agenda (议程) and the lists that it names; `quorum` is the hall's, for motions that name none. */
export function readAgenda(path: string, file: string, quorum: Fraction): Loaded<Agenda> {
  const lists = new Map<string, Loaded<ListFile>>();
  const read: ReadList = (name) => {
    const known = lists.get(name) ?? readListFile(path, name);
    lists.set(name, known);
    return known;
  };
  const agenda = readYaml(path, file, agendaSchema(quorum, read));
  if (!agenda.ok) return agenda;
  const { motions } = agenda.value;
  const texts = new Set(motions.flatMap(({ text }) => text ?? []));
  return loaded({ motions: motions.map(({ motion }) => motion), lists: [...texts] });
}
