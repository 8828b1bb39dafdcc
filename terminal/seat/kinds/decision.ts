import { z } from 'zod';
import type { DecisionChoice, DecisionMotion } from '../../../shared/kinds/decision.ts';
import { OPTIONS, type Option } from '../../../shared/kinds/options.ts';
import { Text } from '../../../shared/protocol/ids.ts';
import type { Value } from '../../../shared/protocol/value.ts';
import { type DraftKind, heading, keep } from './draft-kind.ts';

/** 表决: one press chooses, one confirms. */

export interface DecisionDraft {
  readonly kind: 'decision';
  readonly motion: DecisionMotion;
  readonly option: Option | null;
}

export const DecisionBody = z.strictObject({
  is: z.literal('decision'),
  ...heading,
  text: Text.nullable(),
  chosen: z.enum(OPTIONS).nullable(),
});

export const decision: DraftKind<
  DecisionMotion,
  DecisionDraft,
  DecisionChoice,
  Value<typeof DecisionBody>
> = {
  begin: (motion) => ({ kind: 'decision', motion, option: null }),
  isTouched: ({ option }) => option !== null,
  legend: ({ option }) => [
    option === null ? null : { act: 'back' },
    { act: 'choose', option: 'for' },
    { act: 'choose', option: 'against' },
    { act: 'choose', option: 'abstain' },
    option === null ? null : { act: 'confirm' },
  ],
  isChosen: ({ option }, meaning) => meaning.act === 'choose' && meaning.option === option,
  pressed: (draft, meaning) => {
    if (meaning.act === 'choose') return keep({ ...draft, option: meaning.option });
    if (meaning.act === 'back') return keep({ ...draft, option: null });
    if (meaning.act !== 'confirm' || draft.option === null) return keep(draft);
    return { is: 'cast', choice: { kind: 'decision', option: draft.option } };
  },
  towards: (draft, { option }) => (draft.option === option ? { act: 'confirm' } : { act: 'choose', option }),
  onward: () => 'next',
  atHand: () => null,
  sheetKey: null,
  body: ({ motion, option }, above) => ({
    is: 'decision',
    ...above,
    text: motion.text ?? null,
    chosen: option,
  }),
};
