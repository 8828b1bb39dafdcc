import { listFileName } from '../../../../shared/projects/list-file.ts';
import type { DocumentKind } from '../../model/work/fields.ts';
import type { Look } from '../frame.ts';
import type { PublicList, PublicProject } from '../public-register.ts';
import { changeWord } from '../table-words.ts';
import { moment } from './dates.ts';
import type { Document } from './shape.ts';

const hashed = (hash: string): string => `SHA-256 ${hash}`;

/** Kinds of published documents that say of one project or of a whole year what no figure here says. */
const KINDS: Readonly<Partial<Record<DocumentKind, string>>> = {
  'mid-year-report': 'physicalProgressReport',
  'annual-report': 'physicalProgressReport',
  'rectification-letter': 'oversightReport',
  'look-back-report': 'projectEvaluation',
};

/** Documents that were published of a project or of its whole year; one that was corrected is left out for the other. */
function publishedOf({ register, name, language }: Look, one: PublicProject, at: (path: string) => string) {
  const all = [...register.works.documents.values()];
  return all.flatMap((each): readonly Document[] => {
    const documentType = KINDS[each.kind];
    const isOfIt = each.project === null ? each.cycle === one.cycle : each.project === one.id;
    if (!isOfIt || documentType === undefined) return [];
    if (all.some(({ replaces }) => replaces === each.document)) return [];
    return [
      {
        id: `document-${each.document}`,
        documentType,
        title: each.title,
        description: hashed(each.pdf),
        url: at(`/attachments/${each.pdf}.pdf`),
        datePublished: moment(each.at),
        format: 'application/pdf',
        ...{ language, author: name(register.congress) },
      },
    ];
  });
}

/** The decisions by which a project was changed, suspended or ended, by the hashes of their signed documents. */
function decisionsOn(look: Look, { id }: PublicProject): readonly Document[] {
  const { register, name } = look;
  return [...(register.works.projects.get(id)?.changes ?? [])].map(
    ({ seq, kind, decision, reason, document, at }) => ({
      id: `decision-${seq}`,
      ...(kind === 'ended' && { documentType: 'cancellationDetails' }),
      ...(kind === 'changed' && { documentType: 'projectScope' }),
      title: decision,
      description: `${changeWord(look, kind)}: ${reason}; ${hashed(document)}`,
      datePublished: moment(at),
      language: 'zh',
      author: name(register.congress),
    }),
  );
}

/** What can be read of a project, and what proves how it was chosen. `at` makes an address whole. */
export function documentsOf(
  look: Look,
  one: PublicProject,
  { list, hash, at: frozen, vote }: PublicList,
  at: (path: string) => string,
): readonly Document[] {
  const { t, to, name, register, language } = look;
  const { id } = one;
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
    ...decisionsOn(look, one),
    ...publishedOf(look, one, at),
  ];
}
