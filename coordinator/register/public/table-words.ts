import { CHANGE_TERMS, WORK_STAGES } from '../../../shared/terms.ts';
import type { Figure } from '../model/work/progress.ts';
import type { Stage } from '../model/work/stage.ts';
import type { Change, PartWork } from '../model/work/works.ts';
import type { Look } from './frame.ts';

type Words = readonly [zh: string, en: string];

const FIGURES: Readonly<Record<Figure['is'], Words>> = {
  none: ['未报', 'none yet'],
  reported: ['责任单位上报', 'reported'],
  confirmed: ['监督小组已确认', 'confirmed by the group'],
  disputed: ['有争议', 'disputed'],
  settled: ['争议已定', 'settled'],
};

/** What stands in tables for what is computed or decided of a project under way. */
export const workStageWord = ({ language }: Look, stage: Stage): string => WORK_STAGES[stage][language];
export const figureWord = ({ t }: Look, is: Figure['is']): string => t(...FIGURES[is]);
export const changeWord = ({ language }: Look, kind: Change['kind']): string => CHANGE_TERMS[kind][language];

/** ‰ as a per cent with one place. */
export const inPercent = (permille: number): string => (permille / 10).toFixed(1);

/** Whether a report is the one that holds of its month. */
export const holds = (
  { months }: PartWork,
  { month, seq }: { readonly month: string; readonly seq: number },
) => months.get(month) === seq;
