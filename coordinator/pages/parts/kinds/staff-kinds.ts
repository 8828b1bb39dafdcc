import type { KindName, Motion, Of, Outcome, Tally } from '../../../../shared/kinds/kinds.ts';
import { appraisal } from './staff-appraisal.ts';
import { decision } from './staff-decision.ts';
import { itemised } from './staff-itemised.ts';
import type { StaffKind } from './staff-kind.ts';
import { selection } from './staff-selection.ts';

type KindOf<K extends KindName> = StaffKind<Of<Motion, K>, Of<Tally, K>, Of<Outcome, K>>;

const KINDS: { readonly [K in KindName]: KindOf<K> } = { decision, selection, appraisal, itemised };

/** The kind called `name`; given what is of a kind not known exactly, it takes what is of that same kind. */
export const staffKind = <K extends KindName>(name: K): KindOf<K> => KINDS[name];
