import { stringify } from 'yaml';
import type { List } from '../../../shared/projects/list.ts';
import { listFileName } from './list-file.ts';

/**
 * The agenda that has a hall vote on this list: one selection (差额票决), secret, its candidates as people read them. The list's
 * file, which it names, must lie beside it: the hall compares both, and its ballots carry the list's hash.
 */
export function agendaOf(list: List): string {
  const { cycle, places, projects } = list;
  const agenda = {
    motions: [
      {
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
      },
    ],
  };
  return stringify(agenda, { lineWidth: 0 });
}
