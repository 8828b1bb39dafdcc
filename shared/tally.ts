import { z } from 'zod';
import { type Choice, GRADES, OPTIONS } from './ballot.ts';
import { Id } from './ids.ts';
import type { Motion } from './motion.ts';

const count = z.number().int().nonnegative();

export const DecisionTally = z.strictObject({
  kind: z.literal('decision'),
  for: count,
  against: count,
  abstain: count,
});
export const SelectionTally = z.strictObject({
  kind: z.literal('selection'),
  votes: z.array(z.strictObject({ id: Id, votes: count })),
});
export const AppraisalTally = z.strictObject({
  kind: z.literal('appraisal'),
  items: z.array(
    z.strictObject({ id: Id, satisfied: count, basic: count, dissatisfied: count, 'dont-know': count }),
  ),
});

/** 计票: the bare counts, in the motion's own order. */
export const Tally = z.discriminatedUnion('kind', [DecisionTally, SelectionTally, AppraisalTally]);
export type Tally = z.infer<typeof Tally>;
export type DecisionTally = z.infer<typeof DecisionTally>;
export type SelectionTally = z.infer<typeof SelectionTally>;
export type AppraisalTally = z.infer<typeof AppraisalTally>;

/** Counts valid choices on `motion`, one a deputy; their order makes no difference. */
export function tally(motion: Motion, choices: Iterable<Choice>): Tally {
  const counts = new Map<string, number>();
  const add = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  const get = (key: string) => counts.get(key) ?? 0;
  for (const choice of choices) {
    if (choice.kind === 'decision') add(choice.option);
    else if (choice.kind === 'selection') choice.chosen.forEach(add);
    else for (const { item, grade } of choice.grades) add(`${item}/${grade}`);
  }
  switch (motion.kind) {
    case 'decision': {
      const [yes, no, abstain] = OPTIONS.map(get);
      return { kind: 'decision', for: yes ?? 0, against: no ?? 0, abstain: abstain ?? 0 };
    }
    case 'selection':
      return { kind: 'selection', votes: motion.candidates.map(({ id }) => ({ id, votes: get(id) })) };
    case 'appraisal':
      return {
        kind: 'appraisal',
        items: motion.items.map(({ id }) => {
          const [satisfied, basic, dissatisfied, dontKnow] = GRADES.map((grade) => get(`${id}/${grade}`));
          return {
            id,
            satisfied: satisfied ?? 0,
            basic: basic ?? 0,
            dissatisfied: dissatisfied ?? 0,
            'dont-know': dontKnow ?? 0,
          };
        }),
      };
  }
}
