import { z } from 'zod';
import { needed, reaches, Threshold } from '../fraction.ts';
import { OPTION_TERMS } from '../terms.ts';
import { count, ofEveryMotion } from './common.ts';
import { counter, type Kind } from './kind.ts';
import { OPTIONS, optionCounts } from './options.ts';

/** 表决: the motion itself, for, against or abstain. */

export const DecisionMotion = z.strictObject({
  ...ofEveryMotion,
  kind: z.literal('decision'),
  threshold: Threshold,
});
export type DecisionMotion = z.infer<typeof DecisionMotion>;

export const DecisionChoice = z.strictObject({ kind: z.literal('decision'), option: z.enum(OPTIONS) });
export type DecisionChoice = z.infer<typeof DecisionChoice>;

export const DecisionTally = z.strictObject({ kind: z.literal('decision'), ...optionCounts });
export type DecisionTally = z.infer<typeof DecisionTally>;

export const DecisionOutcome = z.strictObject({
  kind: z.literal('decision'),
  passed: z.boolean(),
  needed: count,
});
export type DecisionOutcome = z.infer<typeof DecisionOutcome>;

export const decision: Kind<DecisionMotion, DecisionChoice, DecisionTally, DecisionOutcome> = {
  parts: () => [],
  invalid: () => null,
  count: (_motion, choices) => {
    const of = counter([...choices].map(({ option }) => option));
    return { kind: 'decision', for: of('for'), against: of('against'), abstain: of('abstain') };
  },
  decide: ({ basis, threshold }, tally, turnout) => ({
    kind: 'decision',
    passed: reaches(tally.for, turnout[basis], threshold),
    needed: needed(turnout[basis], threshold),
  }),
  fits: (_motion, tally, cast) => tally.for + tally.against + tally.abstain === cast,
  undecided: () => null,
  questions: ({ title }) => [
    { answers: OPTIONS.map((option) => OPTION_TERMS[option].zh), min: 1, max: 1, question: title.zh },
  ],
  votes: (_motion, choice) => [OPTIONS.map((option) => (option === choice.option ? 1 : 0))],
  tallyOf: (_motion, [votes = []]) => ({
    kind: 'decision',
    for: votes[0] ?? 0,
    against: votes[1] ?? 0,
    abstain: votes[2] ?? 0,
  }),
  countsOf: (tally) => [OPTIONS.map((option) => tally[option])],
};
