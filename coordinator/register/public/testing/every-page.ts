import { strFromU8, unzipSync } from 'fflate';
import { cyclePage } from '../cycle-page.ts';
import { addressOf, dataOfYear, oc4idsSet } from '../data-files.ts';
import { dataPage } from '../data-page.ts';
import { feed } from '../feed.ts';
import { framed, type Look, lookOf, type Page } from '../frame.ts';
import { NO_TERMS } from '../oc4ids/project.ts';
import { cycleSchema } from '../open-data.ts';
import { overviewPage } from '../overview-page.ts';
import { proposalPage, proposalsPage } from '../proposals-pages.ts';
import type { PublicRegister } from '../public-register.ts';
import { findProposals } from '../search.ts';
import { partPage } from '../works/part-page.ts';
import { partIds } from '../works/parts.ts';
import { pageOfProject } from '../works/work-page.ts';
import { yearsPage } from '../works/years-page.ts';

const FILES = { style: '/public.css', script: '/public.js' };
const BASE = 'https://register.example/';
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

/** Every file of open data and the feeds, as text: of a workbook all of its parts. */
export async function everyFile(register: PublicRegister): Promise<ReadonlyMap<string, string>> {
  const made = new Map<string, string>();
  made.set('/data/schema.json', JSON.stringify(cycleSchema()));
  for (const language of ['zh', 'en'] as const) {
    const look = lookOf(register, language, '/');
    made.set(look.to('/feed.atom'), String(await feed(look, BASE)));
    const sets = [
      ...oc4idsSet(look, NO_TERMS, BASE, null),
      ...register.cycles.flatMap((cycle) => dataOfYear(look, NO_TERMS, BASE, cycle)),
    ];
    for (const file of sets.flatMap(({ files }) => files)) {
      const content = await file.make();
      const text =
        typeof content === 'string'
          ? content
          : Object.values(unzipSync(content))
              .map((part) => strFromU8(part))
              .join('\n');
      made.set(addressOf(look, file), text);
    }
  }
  return made;
}

/** What of a year can be looked at, as long as something is carried out in it. */
const filtersOf = ({ categories, areas, works }: PublicRegister): Record<string, string>[] =>
  works.projects.size === 0
    ? []
    : [
        ...[...categories.keys()].map((category) => ({ category })),
        ...[...areas.keys()].map((area) => ({ area })),
      ];

function pagesOf(register: PublicRegister): readonly (readonly [string, (look: Look) => Page])[] {
  const asked = { q: '', page: 0 };
  return [
    ['/', overviewPage],
    ['/years', yearsPage],
    ['/open-data', (look) => dataPage(look, NO_TERMS, BASE, () => null)],
    ['/proposals', (look) => proposalsPage(look, findProposals(register, NOTHING_FOUND, asked))],
    ...register.cycles.flatMap((each) =>
      [{}, ...filtersOf(register)].map((filter): [string, (look: Look) => Page] => [
        `/cycles/${each.year}${new URLSearchParams(filter).size > 0 ? `?${new URLSearchParams(filter)}` : ''}`,
        (look) => cyclePage(look, each, filter),
      ]),
    ),
    ...[...register.proposals.values()].map((each): [string, (look: Look) => Page] => [
      `/proposals/${each.id}`,
      (look) => proposalPage(look, each),
    ]),
    ...[...register.projects.keys()].map((id) => [`/projects/${id}`, there(pageOfProject, id)] as const),
    ...[...register.works.projects.values()].flatMap((work) => [
      ...partIds(work).map(
        (part) => [`/projects/${work.id}/parts/${part}`, there(partPage, work.id, part)] as const,
      ),
    ]),
  ];
}

/** Pages that there are: one of these that is missing is no page to be looked at. */
const there =
  <A extends readonly string[]>(make: (look: Look, ...of: A) => Page | null, ...of: A) =>
  (look: Look): Page => {
    const page = make(look, ...of);
    if (!page) throw new Error(`there is no page of ${of.join(' ')}`);
    return page;
  };
