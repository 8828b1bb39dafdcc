import type { z } from 'zod';
import { PAGE_ROWS, type ProposalFilter, type ProposalQueue } from '../../contract/register/documents.ts';
import type { SideStore } from '../beside/side-store.ts';
import { draftsHash } from '../model/drafts.ts';
import { type Proposal, proposalState, type Register } from '../model/state.ts';
import { proposalRow, type Sight } from './desk-documents.ts';

/** More than a page of what is found by words is nobody's to read through. */
const MOST_FOUND = 1_000;

/** The proposals of a cycle that are looked for: by what they say, best ones first, else the newest first. */
export function queueOf(
  register: Register,
  beside: Pick<SideStore, 'of' | 'sent' | 'cleared'>,
  filter: z.output<typeof ProposalFilter>,
  sight: Sight,
): ProposalQueue {
  const { cycle, text = '', page } = filter;
  const { all, stage, category } = cycleOf(register, cycle, sight.office);
  const index = sight.people ? beside.sent : beside.cleared;
  const ordered =
    text.trim() === ''
      ? all.toReversed()
      : index.find(text, { cycle, most: MOST_FOUND }).flatMap(({ proposal }) => {
          const found = register.proposals.get(proposal);
          return found && (sight.office || found.wording) ? [found] : [];
        });
  const found = ordered.filter((one) => isWanted(one, filter, sight));
  const shown = found.slice(page * PAGE_ROWS, (page + 1) * PAGE_ROWS);
  return {
    rows: shown.map((one) =>
      proposalRow(one, sight.people && !one.wording ? beside.of(one.id) : null, sight),
    ),
    total: found.length,
    counts: {
      stage,
      category,
      drafted: sight.drafts ? (register.draftedOf.get(cycle)?.size ?? 0) : null,
      drafts: sight.drafts ? draftsHash(register, cycle) : null,
      draftedAs: sight.drafts ? countBy(all.filter(isDrafted), ({ draft }) => draft?.is ?? '') : null,
    },
  };
}

/** The proposals of a cycle in the order in which they came, and how many there are of each stage and category. */
interface Counted {
  readonly all: readonly Proposal[];
  readonly stage: Readonly<Record<string, number>>;
  readonly category: Readonly<Record<string, number>>;
}

/** Proposals are a value: what was counted of them holds until there are others. */
const counted = new WeakMap<Register['proposals'], Map<string, Counted>>();

/** @param isOffice whoever is of no office sees what has been cleared, and counts of nothing else. */
function cycleOf({ proposals }: Register, cycle: number, isOffice: boolean): Counted {
  const known = counted.get(proposals) ?? new Map<string, Counted>();
  counted.set(proposals, known);
  const key = `${cycle} ${isOffice}`;
  const before = known.get(key);
  if (before) return before;
  const all = [...proposals.values()].filter((one) => one.cycle === cycle && (isOffice || one.wording));
  const made = {
    all,
    stage: countBy(all, proposalState),
    category: countBy(all, ({ category }) => category ?? 'none'),
  };
  known.set(key, made);
  return made;
}

const isDrafted = ({ draft, answer }: Proposal): boolean => draft !== null && answer === null;

function isWanted(
  one: Proposal,
  { stage, category, area, source }: z.output<typeof ProposalFilter>,
  sight: Sight,
): boolean {
  if (category !== undefined && (one.category ?? 'none') !== category) return false;
  if (area !== undefined && (one.area ?? 'none') !== area) return false;
  if (source !== undefined && one.source !== source) return false;
  switch (stage) {
    case 'all':
      return true;
    case 'open':
      return one.answer === null && !(sight.drafts && one.draft);
    case 'drafted':
      return sight.drafts && isDrafted(one);
    default:
      return proposalState(one) === stage;
  }
}

function countBy(all: readonly Proposal[], what: (one: Proposal) => string): Record<string, number> {
  const counts = new Map<string, number>();
  for (const one of all) counts.set(what(one), (counts.get(what(one)) ?? 0) + 1);
  return Object.fromEntries(counts);
}
