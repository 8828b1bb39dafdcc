import { z } from 'zod';
import type { Choice, KindName, Motion, Of } from '../../../shared/kinds/kinds.ts';
import type { Value } from '../../../shared/protocol/value.ts';
import { type AppraisalDraft, AppraisalReviewBody, appraisal, GradingBody } from './appraisal.ts';
import { DecisionBody, type DecisionDraft, decision } from './decision.ts';
import type { DraftKind } from './draft-kind.ts';
import { ItemBody, type ItemisedDraft, ItemisedReviewBody, itemised } from './itemised.ts';
import { CandidateBody, type SelectionDraft, SelectionReviewBody, selection } from './selection.ts';

/**
 * A ballot in a deputy's hands: what has been chosen and which page is shown. It holds the motion it was
 * begun on, so that nothing that arrives later can rebuild it.
 */
export type Draft = DecisionDraft | SelectionDraft | AppraisalDraft | ItemisedDraft;

/** A ballot on the screen, page by page. */
export const BALLOT_BODIES = [
  DecisionBody,
  CandidateBody,
  SelectionReviewBody,
  GradingBody,
  AppraisalReviewBody,
  ItemBody,
  ItemisedReviewBody,
] as const;
const BallotBody = z.discriminatedUnion('is', BALLOT_BODIES);
export type BallotBody = Value<typeof BallotBody>;

type KindOf<K extends KindName> = DraftKind<Of<Motion, K>, Of<Draft, K>, Of<Choice, K>, BallotBody>;

const KINDS: { readonly [K in KindName]: KindOf<K> } = { decision, selection, appraisal, itemised };

/** The kind called `name`; given what is of a kind not known exactly, it takes what is of that same kind. */
export const draftKind = <K extends KindName>(name: K): KindOf<K> => KINDS[name];
