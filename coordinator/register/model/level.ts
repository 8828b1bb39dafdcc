/** From the highest: whoever lists registers beneath stands above them. */
export const LEVELS = ['city', 'county', 'town'] as const;
export type Level = (typeof LEVELS)[number];
