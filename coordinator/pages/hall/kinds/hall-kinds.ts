import type { CSSResult } from 'lit';
import type { KindName, Motion, Of, Outcome, Tally } from '../../../../shared/kinds/kinds.ts';
import { appraisal } from './hall-appraisal.ts';
import { decision } from './hall-decision.ts';
import { itemised } from './hall-itemised.ts';
import type { HallKind } from './hall-kind.ts';
import { selection } from './hall-selection.ts';

type KindOf<K extends KindName> = HallKind<Of<Motion, K>, Of<Tally, K>, Of<Outcome, K>>;

const KINDS: { readonly [K in KindName]: KindOf<K> } = { decision, selection, appraisal, itemised };

/** The kind called `name`; given what is of a kind not known exactly, it takes what is of that same kind. */
export const hallKind = <K extends KindName>(name: K): KindOf<K> => KINDS[name];

export const hallKindStyles: readonly CSSResult[] = Object.values(KINDS).map(({ styles }) => styles);
