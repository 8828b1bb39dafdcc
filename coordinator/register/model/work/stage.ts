import { figureOf, isDone } from './progress.ts';
import { openRectification, type Work } from './works.ts';

/** How far a project that was chosen is; computed, never set. */
export const STAGES = [
  'chosen',
  'planned',
  'under-way',
  'reported-done',
  'verified',
  'appraised',
  'closed',
  'suspended',
  'ended',
] as const;
export type Stage = (typeof STAGES)[number];

/** How far a project is. `verified`: every part's target is reached, and the group has confirmed it or it was settled. */
export function stageOf(work: Work): Stage {
  if (work.standing !== 'running') return work.standing;
  const parts = work.sheet.parts.flatMap((part) => {
    const its = work.parts.get(part.id);
    return its ? [{ part, its }] : [];
  });
  if (work.appraisals.size > 0)
    return work.lookBacks.size > 0 && openRectification(work) === null ? 'closed' : 'appraised';
  if (!parts.every(({ its }) => its.plan && !its.plan.isStale))
    return parts.some(({ its }) => its.latest) ? 'under-way' : 'chosen';
  if (parts.every(({ part, its }) => isDone(part, its))) {
    const isVerified = parts.every(({ its }) => ['confirmed', 'settled'].includes(figureOf(its).is));
    return isVerified ? 'verified' : 'reported-done';
  }
  return parts.some(({ its }) => its.latest) ? 'under-way' : 'planned';
}
