import { html } from 'hono/html';
import { sha256Hex } from '../../../shared/protocol/bytes.ts';
import { worksTold } from './feed-works.ts';
import type { Html, Look } from './frame.ts';
import type { PublicCycle, PublicRegister } from './public-register.ts';

/** Something that is told. `what`: by which it is the same one for ever. */
export interface FeedEntry {
  readonly what: string;
  readonly at: number;
  readonly title: string;
  readonly path: string;
}

/** What is told of a register: answers that were released, lists, votes, and what was published and decided since. The latest first. */
export function feed(look: Look, base: string): Html {
  const { t, to, name, register, language } = look;
  const entries = register.cycles
    .flatMap((cycle) => [...entriesOf(look, cycle), ...worksTold(look, cycle)])
    .toSorted((a, b) => b.at - a.at)
    .slice(0, 100);
  const at = (path: string) => new URL(to(path), base).href;
  return html`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<id>${urn(register, 'feed')}</id>
<title>${name(register.name)}</title>
<subtitle>${t('答复、清单、票决结果、公示、调整和测评', 'Answers, lists, votes, notices, changes and grades')}</subtitle>
<author><name>${name(register.congress)}</name></author>
<link rel="self" type="application/atom+xml" href="${at('/feed.atom')}"/>
<link rel="alternate" type="text/html" href="${at('/')}"/>
<updated>${moment(entries[0]?.at ?? 0)}</updated>
${entries.map(
  (
    each,
  ) => html`<entry><id>${urn(register, each.what)}</id><title>${each.title}</title><updated>${moment(each.at)}</updated><link rel="alternate" type="text/html" href="${at(each.path)}"/><summary>${each.title}</summary></entry>
`,
)}</feed>
`;
}

function entriesOf({ t, register }: Look, { year, releases, list }: PublicCycle): readonly FeedEntry[] {
  const path = `/cycles/${year}`;
  const told: FeedEntry[] = releases.map(({ at, answers }) => ({
    what: `released ${year} ${at}`,
    at,
    title: t(`${year}年度：公布${answers}件建议的答复`, `${year}: ${answers} proposals answered`),
    path: `/proposals?cycle=${year}`,
  }));
  if (!list) return told;
  const candidates = list.list.projects.length;
  told.push({
    what: `frozen ${list.hash}`,
    at: list.at,
    title: t(
      `${year}年度：候选项目清单公布，共${candidates}件`,
      `${year}: the list of ${candidates} candidates is frozen`,
    ),
    path,
  });
  const chosen = [...register.projects.values()].filter(
    ({ cycle, vote }) => cycle === year && vote?.isChosen,
  );
  if (list.vote)
    told.push({
      what: `voted ${list.hash}`,
      at: list.vote.at,
      title: t(
        `${year}年度：代表票决，入选${chosen.length}件`,
        `${year}: the deputies have chosen ${chosen.length} projects`,
      ),
      path,
    });
  return told;
}

const moment = (time: number) => new Date(time).toISOString();

/** A name that stays, whatever the register's address becomes. */
function urn({ id, key }: PublicRegister, what: string): string {
  const hash = sha256Hex(`hallvote-feed ${id} ${key} ${what}`);
  const parts = [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `8${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ];
  return `urn:uuid:${parts.join('-')}`;
}
