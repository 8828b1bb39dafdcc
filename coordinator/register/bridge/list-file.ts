import type { List } from '../../../shared/projects/list.ts';

/** The file of a list, beside the agenda that names it. */
export const listFileName = ({ register, cycle }: Pick<List, 'register' | 'cycle'>): string =>
  `list-${register}-${cycle}.txt`;
