import type { KindName, Motion, Of, Outcome, Tally } from '../../../../shared/kinds/kinds.ts';
import { appraisal } from './report-appraisal.ts';
import { decision } from './report-decision.ts';
import { itemised } from './report-itemised.ts';
import type { ReportKind } from './report-kind.ts';
import { selection } from './report-selection.ts';

type KindOf<K extends KindName> = ReportKind<Of<Motion, K>, Of<Tally, K>, Of<Outcome, K>>;

const KINDS: { readonly [K in KindName]: KindOf<K> } = { decision, selection, appraisal, itemised };

/** The kind called `name`; given what is of a kind not known exactly, it takes what is of that same kind. */
export const reportKind = <K extends KindName>(name: K): KindOf<K> => KINDS[name];
