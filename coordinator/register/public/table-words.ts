import type { Figure } from '../model/work/progress.ts';
import type { Stage } from '../model/work/stage.ts';
import type { Change, PartWork } from '../model/work/works.ts';
import type { Look } from './frame.ts';

type Words = readonly [zh: string, en: string];

const STAGES: Readonly<Record<Stage, Words>> = {
  chosen: ['待定计划', 'to be planned'],
  planned: ['计划已定', 'planned'],
  'under-way': ['实施中', 'under way'],
  'reported-done': ['已报完成', 'reported done'],
  verified: ['已核实完成', 'verified'],
  appraised: ['测评完成', 'appraised'],
  closed: ['已回头看', 'looked back at'],
  suspended: ['暂缓实施', 'suspended'],
  ended: ['终止实施', 'ended'],
};

const FIGURES: Readonly<Record<Figure['is'], Words>> = {
  none: ['未报', 'none yet'],
  reported: ['责任单位上报', 'reported'],
  confirmed: ['监督小组已确认', 'confirmed by the group'],
  disputed: ['有争议', 'disputed'],
  settled: ['争议已定', 'settled'],
};

const CHANGES: Readonly<Record<Change['kind'], Words>> = {
  changed: ['调整', 'changed'],
  suspended: ['暂缓实施', 'suspended'],
  resumed: ['恢复实施', 'resumed'],
  ended: ['终止实施', 'ended'],
};

/** What stands in tables for what is computed or decided of a project under way. */
export const workStageWord = ({ t }: Look, stage: Stage): string => t(...STAGES[stage]);
export const figureWord = ({ t }: Look, is: Figure['is']): string => t(...FIGURES[is]);
export const changeWord = ({ t }: Look, kind: Change['kind']): string => t(...CHANGES[kind]);

/** ‰ as a per cent with one place. */
export const percentText = (permille: number): string => (permille / 10).toFixed(1);

/** Whether a report is the one that holds of its month. */
export const holds = (
  { months }: PartWork,
  { month, seq }: { readonly month: string; readonly seq: number },
) => months.get(month) === seq;
