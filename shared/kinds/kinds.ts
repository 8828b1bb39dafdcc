import { z } from 'zod';
import type { Value } from '../protocol/value.ts';
import {
  AppraisalChoice,
  AppraisalMotion,
  AppraisalOutcome,
  AppraisalTally,
  appraisal,
} from './appraisal.ts';
import { DecisionChoice, DecisionMotion, DecisionOutcome, DecisionTally, decision } from './decision.ts';
import { ItemisedChoice, ItemisedMotion, ItemisedOutcome, ItemisedTally, itemised } from './itemised.ts';
import type { Kind } from './kind.ts';
import {
  SelectionChoice,
  SelectionMotion,
  SelectionOutcome,
  SelectionTally,
  selection,
} from './selection.ts';

/** 表决事项: what is voted on, and by which rule. */
export const Motion = z.discriminatedUnion('kind', [
  DecisionMotion,
  SelectionMotion,
  AppraisalMotion,
  ItemisedMotion,
]);
export type Motion = Value<typeof Motion>;

/** What a deputy chose, in the open. */
export const Choice = z.discriminatedUnion('kind', [
  DecisionChoice,
  SelectionChoice,
  AppraisalChoice,
  ItemisedChoice,
]);
export type Choice = Value<typeof Choice>;

/** 计票: the bare counts, in the motion's own order. */
export const Tally = z.discriminatedUnion('kind', [
  DecisionTally,
  SelectionTally,
  AppraisalTally,
  ItemisedTally,
]);
export type Tally = Value<typeof Tally>;

/** What the motion's rule draws from the counts. */
export const Outcome = z.discriminatedUnion('kind', [
  DecisionOutcome,
  SelectionOutcome,
  AppraisalOutcome,
  ItemisedOutcome,
]);
export type Outcome = Value<typeof Outcome>;

export type KindName = Motion['kind'];

/** The member of a union that is of kind `K`. */
export type Of<Union, K extends KindName> = Extract<Union, { kind: K }>;

type KindOf<K extends KindName> = Kind<Of<Motion, K>, Of<Choice, K>, Of<Tally, K>, Of<Outcome, K>>;

const KINDS: { readonly [K in KindName]: KindOf<K> } = { decision, selection, appraisal, itemised };

/** The kind called `name`; given what is of a kind not known exactly, it takes what is of that same kind. */
export const kindOf = <K extends KindName>(name: K): KindOf<K> => KINDS[name];
