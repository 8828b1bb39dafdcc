import { reaches } from '../../../../shared/kinds/quorum-and-majority.ts';
import type { Graded, WorkRules } from './fields.ts';

/** 满意, 基本满意, 不满意. */
export const WORK_GRADES = ['satisfied', 'basic', 'dissatisfied'] as const;
export type Grade = (typeof WORK_GRADES)[number];

/**
 * The grade of a project by the congress's own rule: 满意 where the satisfied reach its threshold of the basis; 基本满意 where
 * both together reach theirs; else 不满意. With the usual rule exactly half is not enough: 82 of 164 are not more than half.
 * @param cast and @param roll of the vote; which is the basis, the rule says.
 */
export function gradeOf(
  { satisfied, basic }: Pick<Graded, 'satisfied' | 'basic'>,
  { cast, roll }: { readonly cast: number; readonly roll: number },
  rules: Pick<WorkRules, 'satisfied' | 'acceptable' | 'basis'>,
): Grade {
  const basis = rules.basis === 'roll' ? roll : cast;
  if (reaches(satisfied, basis, rules.satisfied)) return 'satisfied';
  return reaches(satisfied + basic, basis, rules.acceptable) ? 'basic' : 'dissatisfied';
}
