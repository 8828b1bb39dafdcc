import { listFileName } from '../../bridge/list-file.ts';
import type { Look } from '../frame.ts';
import type { PublicList, PublicProject } from '../public-register.ts';
import { moment } from './dates.ts';
import type { Document } from './shape.ts';

const hashed = (hash: string): string => `SHA-256 ${hash}`;

/** What can be read of a project, and what proves how it was chosen. `at` makes an address whole. */
export function documentsOf(
  { t, to, name, register, language }: Look,
  { id }: PublicProject,
  { list, hash, at: frozen, vote }: PublicList,
  at: (path: string) => string,
): readonly Document[] {
  const path = `/projects/${encodeURIComponent(id)}`;
  const author = name(register.congress);
  const page: Document = {
    id: 'page',
    title: t('项目公开页', 'Page of the project'),
    url: at(to(path)),
    format: 'text/html',
    ...{ language, author },
  };
  const datePublished = moment(frozen);
  return [
    page,
    {
      id: 'sheet',
      documentType: 'projectScope',
      title: t('项目单', 'Sheet of the project'),
      url: at(to(`${path}/sheet.pdf`)),
      format: 'application/pdf',
      ...{ datePublished, language, author },
    },
    {
      id: 'list',
      documentType: 'projectScope',
      title: t('候选项目清单全文', 'Text of the list of candidates'),
      description: hashed(hash),
      url: at(`/lists/${listFileName(list)}`),
      format: 'text/plain',
      // The list is written once, in the register's first language.
      language: 'zh',
      ...{ datePublished, author },
    },
    ...(vote?.how === 'bundle'
      ? [
          {
            id: 'vote',
            documentType: 'budgetApproval',
            title: t('会场存证包', 'Bundle of the vote'),
            description: t(
              `存证包清单的 ${hashed(vote.result.manifest)}，可用 hallvote verify 核验`,
              `${hashed(vote.result.manifest)} of its manifest; hallvote verify verifies it`,
            ),
            url: at(`/bundles/${vote.result.manifest}.zip`),
            datePublished: moment(vote.at),
            format: 'application/zip',
            ...{ language, author },
          },
        ]
      : []),
  ];
}
