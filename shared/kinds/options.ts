import { count } from './common.ts';

/** 赞成, 反对, 弃权. */
export const OPTIONS = ['for', 'against', 'abstain'] as const;
export type Option = (typeof OPTIONS)[number];

export const OPTION_TITLES = { for: '赞成', against: '反对', abstain: '弃权' } as const;

/** How often each option was chosen. */
export const optionCounts = { for: count, against: count, abstain: count };
