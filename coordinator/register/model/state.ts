import { Set as Collection, Map as Dictionary, OrderedMap } from 'immutable';
import { type List, listHash, namesIn } from '../../../shared/projects/list.ts';
import type { Sheet } from '../../../shared/projects/sheet.ts';
import { sha256Hex } from '../../../shared/protocol/bytes.ts';
import type { Text } from '../../../shared/protocol/ids.ts';
import { EMPTY_HEAD, type LedgerHead } from '../../chronicle/row.ts';
import type { ClockAnchor } from '../../process/clock.ts';
import type { Opinion, Outcome } from './entries.ts';
import { EMPTY_FEED, type FeedState } from './feed-state.ts';
import type { Vocabulary } from './gaps.ts';
import type { HallResult } from './hall-result.ts';
import type { Level } from './level.ts';
import type { RegisterPerson } from './person.ts';
import { emptyWorks, type Works } from './work/works.ts';

export interface RegisterBegun {
  readonly register: string;
  readonly name: Text;
  readonly congress: Text;
  readonly level: Level;
  readonly key: string;
}

/** An opinion with whose it is. */
export type GivenOpinion = Opinion & { readonly person: string; readonly at: number };

/** 征集建议. */
export interface Proposal {
  readonly id: string;
  readonly cycle: number;
  readonly source: 'public' | 'deputy' | 'department';
  readonly channel: 'online' | 'letter' | 'telephone' | 'station' | 'meeting';
  /** Who entered it, where somebody of the register did. */
  readonly enteredBy: string | null;
  readonly at: number;
  readonly words: string;
  readonly proposer: string | null;
  readonly attachments: readonly string[];
  /** Null until somebody has read that it holds no personal data. */
  readonly wording: { readonly title: string; readonly text: string } | null;
  readonly category: string | null;
  readonly area: string | null;
  readonly seconds: Collection<string>;
  /** The last opinion of each person on each question. */
  readonly opinions: OrderedMap<string, GivenOpinion>;
  /** What the offices are to answer; nobody else sees it. */
  readonly draft: Outcome | null;
  /** The answer, and since when it holds; null before its release. */
  readonly answer: { readonly outcome: Outcome; readonly at: number } | null;
  readonly erased: boolean;
}

/** Where a proposal stands. What is drafted shows in none of these. */
export type ProposalState = 'received' | 'under-screening' | Outcome['is'];

export function proposalState({ answer, wording, category, opinions }: Proposal): ProposalState {
  if (answer) return answer.outcome.is;
  return wording || category !== null || opinions.size > 0 ? 'under-screening' : 'received';
}

/** What is to be said of a proposal: the answer that was released, or the one that is drafted. */
export const outcomeOf = ({ answer, draft }: Pick<Proposal, 'answer' | 'draft'>): Outcome | null =>
  answer?.outcome ?? draft;

/** The proposal or the project at which an outcome points; null where at none. */
export function targetOf(outcome: Outcome | null): string | null {
  if (outcome?.is === 'merged') return outcome.into;
  return outcome?.is === 'adopted' ? outcome.project : null;
}

/** 件: one votable item. */
export interface Project {
  readonly id: string;
  readonly cycle: number;
  readonly sheet: Sheet;
  readonly state: 'draft' | 'candidate' | 'listed' | 'chosen' | 'not-chosen' | 'dropped';
}

/** Which sheet it is that somebody has read. */
export const sheetHash = (sheet: Sheet): string => sha256Hex(JSON.stringify(sheet));

/** How a frozen list was decided. `paper`: two persons entered it from a signed sheet. */
export type Decided =
  | { readonly how: 'bundle'; readonly result: HallResult; readonly at: number }
  | {
      readonly how: 'paper';
      readonly sheet: string;
      readonly roll: number;
      readonly votes: readonly { readonly project: string; readonly votes: number }[];
      readonly chosen: readonly string[];
      readonly at: number;
    };

/** 年度. */
export interface Cycle {
  readonly year: number;
  readonly from: string;
  readonly to: string;
  /** What the government handed in last. */
  readonly submitted: { readonly places: number; readonly projects: readonly string[] } | null;
  /** The list as it is frozen, with its hash. */
  readonly frozen: { readonly list: List; readonly hash: string; readonly at: number } | null;
  readonly decided: Decided | null;
  /** Lists that were frozen and withdrawn, by their hashes: what was public stays to be read. */
  readonly withdrawn: OrderedMap<string, List>;
}

/** How far the feed of a register beneath was seen last, and by which entry of this ledger that is known. */
export interface Witnessed {
  readonly key: string;
  readonly at: number;
  readonly hash: string;
  readonly seq: number;
  readonly time: number;
}

/** What a register is: a fold over its ledger. A value, as a sitting is. */
export interface Register {
  readonly head: LedgerHead;
  readonly clock: ClockAnchor | null;
  readonly feed: FeedState;
  readonly begun: RegisterBegun | null;
  readonly staff: ReadonlyMap<string, RegisterPerson>;
  readonly vocabulary: Vocabulary & { readonly grounds: ReadonlyMap<string, Text> };
  readonly cycles: OrderedMap<number, Cycle>;
  readonly proposals: OrderedMap<string, Proposal>;
  readonly projects: OrderedMap<string, Project>;
  /** Cycle → its proposals; cycle → those with a drafted answer that was not released. */
  readonly proposalsOf: Dictionary<number, Collection<string>>;
  readonly draftedOf: Dictionary<number, Collection<string>>;
  /** Proposal or project → the proposals whose answer, drafted or released, points to it. */
  readonly answersAt: Dictionary<string, Collection<string>>;
  /** What a project was called when an answer was released that names it: that much of it is public, whatever is drafted since. */
  readonly titles: Dictionary<string, Text>;
  /** Manifests of the bundles that were entered: none counts twice. */
  readonly bundles: Collection<string>;
  /** What becomes of projects that were chosen. */
  readonly works: Works;
  /** Registers beneath → the last of their entries that was witnessed. */
  readonly witnessed: Dictionary<string, Witnessed>;
}

export function emptyRegister(): Register {
  const none: ReadonlyMap<string, Text> = new Map();
  return {
    head: EMPTY_HEAD,
    clock: null,
    feed: EMPTY_FEED,
    begun: null,
    staff: new Map(),
    vocabulary: { categories: none, grounds: none, bodies: none, areas: none, sources: none },
    cycles: OrderedMap(),
    proposals: OrderedMap(),
    projects: OrderedMap(),
    proposalsOf: Dictionary(),
    draftedOf: Dictionary(),
    answersAt: Dictionary(),
    titles: Dictionary(),
    bundles: Collection(),
    works: emptyWorks(),
    witnessed: Dictionary(),
  };
}

/** The list that freezing the cycle would make of the projects as they stand; null where none was submitted. */
export function submittedList(
  { begun, projects, vocabulary }: Register,
  { year, submitted }: Cycle,
): List | null {
  if (!begun || !submitted) return null;
  const candidates = submitted.projects.flatMap((id) => {
    const project = projects.get(id);
    return project ? [{ id, sheet: project.sheet }] : [];
  });
  return {
    register: begun.register,
    congress: begun.congress.zh,
    cycle: year,
    places: submitted.places,
    names: namesIn(candidates, vocabulary),
    projects: candidates,
  };
}

/** The hash that two persons freeze; null where no list was submitted. */
export function submittedHash(register: Register, cycle: Cycle): string | null {
  const list = submittedList(register, cycle);
  return list && listHash(list);
}
