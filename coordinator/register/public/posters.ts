import { total } from '../../../shared/projects/money.ts';
import type { Part } from '../../../shared/projects/sheet.ts';
import type { PosterPaper } from '../papers/documents.ts';
import { textIn } from './list-names.ts';
import type { PublicList, PublicProject, PublicRegister } from './public-register.ts';
import { partPath } from './works/shown.ts';

/** What a poster is made of besides the register. */
export interface PosterOrder {
  readonly size: PosterPaper['size'];
  /** The address of the register, which people will read on the site for a year. */
  readonly base: string;
  /** The day of the vote. */
  readonly date: string;
}

/** The posters of a chosen project, one a part, or that of `part` alone; null where there is none. */
export function posterOf(
  register: PublicRegister,
  list: PublicList,
  { id, cycle, vote }: PublicProject,
  part: string | null,
  { size, base, date }: PosterOrder,
): PosterPaper | null {
  // What hangs at the site is what holds now; what was promised at the vote, its page says.
  const sheet = register.works.projects.get(id)?.sheet;
  const parts = (sheet?.parts ?? []).filter((each) => part === null || each.id === part);
  if (!sheet || !vote?.isChosen || parts.length === 0) return null;
  const { congress } = register;
  const named = textIn(register, list);
  const site = ({ title, area, place, body, target, finish, funding, ...each }: Part) => ({
    ...{ title, place, target, finish },
    area: named('areas', area),
    body: named('bodies', body),
    fen: total(funding),
    address: new URL(partPath(id, each.id), base).href,
  });
  return {
    kind: 'poster',
    language: 'zh',
    issuer: congress.zh,
    ...{ date, size, congress, cycle, vote },
    project: sheet.title,
    sites: parts.map(site),
  };
}
