import type { KindName, Motion, Of, Outcome, Tally } from '../../../../shared/kinds/kinds.ts';
import { appraisal } from './chair-appraisal.ts';
import { decision } from './chair-decision.ts';
import { itemised } from './chair-itemised.ts';
import type { ChairKind } from './chair-kind.ts';
import { selection } from './chair-selection.ts';

type KindOf<K extends KindName> = ChairKind<Of<Motion, K>, Of<Tally, K>, Of<Outcome, K>>;

const KINDS: { readonly [K in KindName]: KindOf<K> } = { decision, selection, appraisal, itemised };

/** The kind called `name`; given what is of a kind not known exactly, it takes what is of that same kind. */
export const chairKind = <K extends KindName>(name: K): KindOf<K> => KINDS[name];
