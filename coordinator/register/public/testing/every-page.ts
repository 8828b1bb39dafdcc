import { cyclePage } from '../cycle-page.ts';
import { framed, type Look, lookOf, type Page } from '../frame.ts';
import { overviewPage } from '../overview-page.ts';
import { projectPage } from '../project-page.ts';
import { proposalPage, proposalsPage } from '../proposals-pages.ts';
import type { PublicRegister } from '../public-register.ts';
import { findProposals } from '../search.ts';

const FILES = { style: '/public.css', script: '/public.js' };
const NOTHING_FOUND = { find: () => [] };

/** Every page that is made of what is public, by its address, in both languages. */
export async function everyPage(register: PublicRegister): Promise<ReadonlyMap<string, string>> {
  const made = new Map<string, string>();
  for (const language of ['zh', 'en'] as const)
    for (const [path, page] of pagesOf(register)) {
      const look = lookOf(register, language, path);
      made.set(look.to(path), String(await framed(look, page(look), FILES)));
    }
  return made;
}

function pagesOf(register: PublicRegister): readonly [string, (look: Look) => Page][] {
  const asked = { q: '', page: 0 };
  return [
    ['/', overviewPage],
    ['/proposals', (look) => proposalsPage(look, findProposals(register, NOTHING_FOUND, asked))],
    ...register.cycles.map((each): [string, (look: Look) => Page] => [
      `/cycles/${each.year}`,
      (look) => cyclePage(look, each),
    ]),
    ...[...register.proposals.values()].map((each): [string, (look: Look) => Page] => [
      `/proposals/${each.id}`,
      (look) => proposalPage(look, each),
    ]),
    ...[...register.projects.values()].flatMap((each): [string, (look: Look) => Page][] => {
      const list = register.cycles.find(({ year }) => year === each.cycle)?.list;
      return list ? [[`/projects/${each.id}`, (look) => projectPage(look, each, list)]] : [];
    }),
  ];
}
