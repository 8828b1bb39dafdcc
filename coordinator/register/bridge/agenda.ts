import { stringify } from 'yaml';
import type { List } from '../../../shared/projects/list.ts';
import { listFileName } from './list-file.ts';

/**
 * The vote on this list: one selection (差额票决), secret, its candidates as people read them. The list's file, which it names,
 * must lie beside the agenda: the hall compares both, and its ballots carry the list's hash.
 */
export function motionOf(list: List) {
  const { cycle, places, projects } = list;
  return {
    id: `projects-${cycle}`,
    kind: 'selection',
    title: {
      zh: `${cycle}年度民生实事项目票决`,
      en: `Vote on the livelihood projects of ${cycle}`,
    },
    voting: 'secret',
    places,
    list: listFileName(list),
    candidates: projects.map(({ id, sheet: { title, summary } }) => ({ id, title, note: summary })),
  };
}

/** An agenda with nothing else on it. */
export const agendaOf = (list: List): string => stringify({ motions: [motionOf(list)] }, { lineWidth: 0 });
