import { z } from 'zod';
import { Basis, Item, MAX_ITEMS } from '../../shared/kinds/common.ts';
import { Fraction, Threshold } from '../../shared/kinds/fraction.ts';
import { type KindName, Motion } from '../../shared/kinds/kinds.ts';
import { Id, Text, words } from '../../shared/protocol/ids.ts';
import type { Loaded } from './problem.ts';
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
    candidates: items('c', 'candidates'),
    places: z.number().int().positive(),
    threshold: z.preprocess(numberAsText, Threshold.nullable()).default(HALF),
  }),
  appraisal: z.strictObject({
    ...common,
    kind: z.literal('appraisal'),
    items: items('i', 'items'),
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

function agendaSchema(hallQuorum: Fraction) {
  const motion = Written.transform((written, context): Motion => {
    const motion = Motion.safeParse({ ...written, quorum: written.quorum ?? hallQuorum });
    if (motion.success) return motion.data;
    for (const { path, message } of motion.error.issues) context.addIssue({ code: 'custom', path, message });
    return z.NEVER;
  });
  const motions = z.array(motion).min(1).superRefine(idsDiffer('motions'));
  return z.strictObject({ motions });
}

/** Reads the agenda (议程); `quorum` is the hall's, for motions that name none. */
export function readAgenda(path: string, file: string, quorum: Fraction): Loaded<Motion[]> {
  const agenda = readYaml(path, file, agendaSchema(quorum));
  return agenda.ok ? { ok: true, value: agenda.value.motions } : agenda;
}
