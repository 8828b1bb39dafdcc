import type { AppraisalMotion } from '../../../../shared/kinds/appraisal.ts';
import type { DecisionMotion } from '../../../../shared/kinds/decision.ts';
import type { ItemisedMotion } from '../../../../shared/kinds/itemised.ts';
import type { SelectionMotion } from '../../../../shared/kinds/selection.ts';

/** Small motions for the tests of these pages. */

const common = (id: string) => ({
  id,
  title: { zh: `事项 ${id}`, en: `Motion ${id}` },
  voting: 'open' as const,
  press: 'last' as const,
  seconds: null,
  quorum: { num: 2, den: 3 },
  basis: 'roll' as const,
});
const threshold = { kind: 'more-than' as const, num: 1, den: 2 };
const items = (n: number) =>
  Array.from({ length: n }, (_, i) => ({
    id: `p${i + 1}`,
    title: { zh: `项目${i + 1}`, en: `Project ${i + 1}` },
  }));

export const decisionMotion = (id: string): DecisionMotion => ({
  ...common(id),
  kind: 'decision',
  threshold,
});

export const selectionMotion = (id: string, candidates: number, places: number): SelectionMotion => ({
  ...common(id),
  kind: 'selection',
  candidates: items(candidates),
  places,
  threshold,
});

export const itemisedMotion = (id: string, n: number): ItemisedMotion => ({
  ...common(id),
  kind: 'itemised',
  items: items(n),
  threshold,
});

export const appraisalMotion = (id: string, n: number, dontKnow: boolean): AppraisalMotion => ({
  ...common(id),
  kind: 'appraisal',
  items: items(n),
  dontKnow,
  threshold,
});
