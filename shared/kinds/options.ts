import { count } from './common.ts';

/** 赞成, 反对, 弃权. */
export const OPTIONS = ['for', 'against', 'abstain'] as const;
export type Option = (typeof OPTIONS)[number];

/** How often each option was chosen. */
export const optionCounts = { for: count, against: count, abstain: count };
