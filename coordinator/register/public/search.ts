import type { PublicSearch } from '../../contract/register/public-routes.ts';
import { pairsIn } from '../beside/bigrams.ts';
import type { SearchIndex } from '../beside/search.ts';
import type { FoundProposals } from './proposals-pages.ts';
import type { PublicProposal, PublicRegister } from './public-register.ts';

const PAGE_ROWS = 20;
/** More than this that is found by words is nobody's to read through. */
const MOST_FOUND = 500;

/** What is looked for among proposals that are public: by words the best first, else the newest. */
export function findProposals(
  { proposals }: PublicRegister,
  cleared: Pick<SearchIndex, 'find'>,
  asked: PublicSearch,
): FoundProposals {
  const { q, category, area, stage, cycle, page } = asked;
  const all =
    q.trim() === ''
      ? [...proposals.values()]
      : known(proposals, cleared.find(q, { most: MOST_FOUND, ...(cycle !== undefined && { cycle }) }));
  const found = all.filter(
    (one) =>
      (category === undefined || one.category === category) &&
      (area === undefined || one.area === area) &&
      (stage === undefined || one.stage === stage) &&
      (cycle === undefined || one.cycle === cycle),
  );
  const rows = found.slice(page * PAGE_ROWS, (page + 1) * PAGE_ROWS);
  return { asked, rows, total: found.length, isMore: found.length > (page + 1) * PAGE_ROWS };
}

/** So much of a title must stand in another proposal for both to ask for the like. */
const LIKE = 0.4;
const MOST_LIKE = 5;

/** What else asks for the like, the nearest first. */
export function similarProposals(
  { proposals }: PublicRegister,
  cleared: Pick<SearchIndex, 'similar'>,
  { title, text }: { readonly title: string; readonly text: string },
): readonly PublicProposal[] {
  const mine = [...pairsIn(title)];
  return known(proposals, cleared.similar(`${title}\n${text}`, { most: 20 }))
    .filter(({ wording }) => {
      const theirs = pairsIn(`${wording?.title}\n${wording?.text}`);
      return mine.filter((pair) => theirs.has(pair)).length >= LIKE * mine.length;
    })
    .slice(0, MOST_LIKE);
}

const known = (
  proposals: PublicRegister['proposals'],
  found: readonly { readonly proposal: string }[],
): PublicProposal[] =>
  found.flatMap(({ proposal }) => {
    const one = proposals.get(proposal);
    return one ? [one] : [];
  });
