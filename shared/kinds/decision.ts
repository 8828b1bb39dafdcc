import { z } from 'zod';
import type { Value } from '../protocol/value.ts';
import { count, ofEveryMotion } from './common.ts';
import type { Kind } from './kind.ts';
import { OPTIONS, optionCounts } from './options.ts';
import { needed, reaches, Threshold } from './quorum-and-majority.ts';

/** 表决: the motion itself, for, against or abstain. */

export const DecisionMotion = z.strictObject({
  ...ofEveryMotion,
  kind: z.literal('decision'),
  threshold: Threshold,
});
export type DecisionMotion = Value<typeof DecisionMotion>;

export const DecisionChoice = z.strictObject({ kind: z.literal('decision'), option: z.enum(OPTIONS) });
export type DecisionChoice = Value<typeof DecisionChoice>;

export const DecisionTally = z.strictObject({ kind: z.literal('decision'), ...optionCounts });
export type DecisionTally = Value<typeof DecisionTally>;

export const DecisionOutcome = z.strictObject({
  kind: z.literal('decision'),
  passed: z.boolean(),
  needed: count,
});
export type DecisionOutcome = Value<typeof DecisionOutcome>;

export const decision: Kind<DecisionMotion, DecisionChoice, DecisionTally, DecisionOutcome> = {
  parts: () => [],
  invalid: () => null,
  ballot: ({ title }) => [{ title, cells: OPTIONS.map((mark) => ({ item: '', mark })), min: 1, max: 1 }],
  marked: ({ option }) => [{ item: '', mark: option }],
  tally: (_motion, marks) => ({
    kind: 'decision',
    for: marks('', 'for'),
    against: marks('', 'against'),
    abstain: marks('', 'abstain'),
  }),
  marks: (tally) => [OPTIONS.map((option) => tally[option])],
  decide: ({ basis, threshold }, tally, turnout) => ({
    kind: 'decision',
    passed: reaches(tally.for, turnout[basis], threshold),
    needed: needed(turnout[basis], threshold),
  }),
  undecided: () => null,
};
