import { z } from 'zod';
import { Fraction, Threshold } from '../../shared/fraction.ts';
import { Id, Text } from '../../shared/ids.ts';
import { Basis, Item, MAX_ITEMS, Motion } from '../../shared/motion.ts';
import type { Loaded } from './problem.ts';
import { readYaml } from './yaml-file.ts';

/** Items may be written as bare titles; those without an id are numbered. */
const items = (prefix: string) =>
  z
    .array(z.union([Text.transform((title) => ({ title })), Item.partial({ id: true })]))
    .min(1)
    .max(MAX_ITEMS)
    .transform((all) => all.map((item, i) => ({ id: `${prefix}${i + 1}`, ...item })));

const common = {
  id: Id,
  title: Text,
  text: Text.optional(),
  voting: z.enum(['open', 'secret']).default('open'),
  press: z.enum(['first', 'last']).default('last'),
  seconds: z.number().int().min(5).max(86_400).nullable().default(null),
  quorum: Fraction.optional(),
  basis: Basis.default('roll'),
};

const HALF: Threshold = { kind: 'more-than', num: 1, den: 2 };

const Written = z.discriminatedUnion('kind', [
  z.strictObject({ ...common, kind: z.literal('decision'), threshold: Threshold.default(HALF) }),
  z.strictObject({
    ...common,
    kind: z.literal('selection'),
    candidates: items('c'),
    places: z.number().int().positive(),
    threshold: Threshold.nullable().default(HALF),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('appraisal'),
    items: items('i'),
    dontKnow: z.boolean().default(false),
    threshold: Threshold.default(HALF),
  }),
]);

function agendaSchema(hallQuorum: Fraction) {
  const motion = Written.transform((written, context): Motion => {
    const motion = Motion.safeParse({ ...written, quorum: written.quorum ?? hallQuorum });
    if (motion.success) return motion.data;
    for (const { path, message } of motion.error.issues) context.addIssue({ code: 'custom', path, message });
    return z.NEVER;
  });
  const motions = z
    .array(motion)
    .min(1)
    .superRefine((all, context) => {
      all.forEach(({ id }, i) => {
        if (all.findIndex((other) => other.id === id) < i)
          context.addIssue({ code: 'custom', path: [i, 'id'], message: `there are two motions ${id}` });
      });
    });
  return z.strictObject({ motions });
}

/** Reads the agenda (议程); `quorum` is the hall's, for motions that name none. */
export function readAgenda(path: string, file: string, quorum: Fraction): Loaded<Motion[]> {
  const agenda = readYaml(path, file, agendaSchema(quorum));
  return agenda.ok ? { ok: true, value: agenda.value.motions } : agenda;
}
