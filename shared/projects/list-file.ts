import type { List } from './list.ts';

/** The file of a list, beside the agenda that names it; apart from what makes the list, which no page carries. */
export const listFileName = ({ register, cycle }: Pick<List, 'register' | 'cycle'>): string =>
  `list-${register}-${cycle}.txt`;
