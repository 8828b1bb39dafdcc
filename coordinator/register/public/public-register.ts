import type { List } from '../../../shared/projects/list.ts';
import type { Sheet } from '../../../shared/projects/sheet.ts';
import type { Text } from '../../../shared/protocol/ids.ts';
import type { Outcome } from '../model/entries.ts';
import type { HallResult } from '../model/hall-result.ts';
import {
  type Cycle,
  type Proposal,
  type ProposalState,
  proposalState,
  type Register,
  type RegisterBegun,
} from '../model/state.ts';
import type { Works } from '../model/work/works.ts';
import type { ProjectVote } from '../papers/documents.ts';
import { voteOn } from '../papers/of-register.ts';

/** A proposal as everybody may see it. It knows nothing of who sent it, of files, and of what is drafted. */
export interface PublicProposal {
  readonly id: string;
  readonly cycle: number;
  readonly source: Proposal['source'];
  readonly channel: Proposal['channel'];
  /** The day on which it came in. */
  readonly received: string;
  /** What was cleared; null where nobody has read it yet: only whoever holds its code is shown such a one. */
  readonly wording: Proposal['wording'];
  readonly category: string | null;
  readonly area: string | null;
  readonly stage: ProposalState;
  /** So many deputies second it. */
  readonly seconds: number;
  readonly answer: { readonly outcome: Outcome; readonly day: string } | null;
}

/** A project of a frozen list, as it was frozen. */
export interface PublicProject {
  readonly id: string;
  readonly cycle: number;
  readonly sheet: Sheet;
  /** Null as long as nobody has voted. */
  readonly vote: ProjectVote | null;
  /** Cleared proposals that led to it: those that its sheet names, and those that were answered so. */
  readonly from: readonly string[];
}

/** How a list was decided, as far as it is to be verified. */
export type PublicVote =
  | { readonly how: 'bundle'; readonly at: number; readonly result: HallResult }
  | { readonly how: 'paper'; readonly at: number; readonly sheet: string };

export interface PublicList {
  readonly hash: string;
  readonly at: number;
  readonly list: List;
  readonly vote: PublicVote | null;
}

/** Answers that were released at one moment. */
export interface Release {
  readonly at: number;
  readonly answers: number;
}

export const PUBLIC_STAGES = ['before', 'collecting', 'screening', 'frozen', 'decided'] as const;
export type PublicStage = (typeof PUBLIC_STAGES)[number];

export interface PublicCycle {
  readonly year: number;
  readonly from: string;
  readonly to: string;
  readonly stage: PublicStage;
  readonly received: number;
  readonly answered: number;
  readonly stages: ReadonlyMap<ProposalState, number>;
  /** Category → so many proposals. */
  readonly categories: ReadonlyMap<string, number>;
  readonly releases: readonly Release[];
  readonly list: PublicList | null;
}

/**
 * What is public of a register: the only thing that pages, feeds, files and search are made of. Nothing of a draft, of words
 * that nobody has cleared, or of a person is in it; two registers that differ in those alone have the same.
 */
export interface PublicRegister {
  readonly id: string;
  readonly name: Text;
  readonly congress: Text;
  readonly key: string;
  readonly categories: ReadonlyMap<string, Text>;
  readonly grounds: ReadonlyMap<string, Text>;
  readonly areas: ReadonlyMap<string, Text>;
  readonly bodies: ReadonlyMap<string, Text>;
  readonly sources: ReadonlyMap<string, Text>;
  readonly level: RegisterBegun['level'];
  /** Whether it has read the feeds of registers beneath it. */
  readonly isAbove: boolean;
  /** The day on which it is looked at, where the register is: lights are of that day. */
  readonly day: string;
  /** The day of a moment there. */
  readonly dayOf: DayOf;
  /** What became of projects that were chosen; of voices those that somebody has read. */
  readonly works: Works;
  /** The latest first. */
  readonly cycles: readonly PublicCycle[];
  /** Those whose wording was cleared, the newest first. */
  readonly proposals: ReadonlyMap<string, PublicProposal>;
  readonly projects: ReadonlyMap<string, PublicProject>;
  /** Titles of projects that a released answer names, frozen or not: as they were at its release. */
  readonly titles: ReadonlyMap<string, Text>;
}

/** The day of a moment of ledger time where the register is, as `2026-10-08`. */
export type DayOf = (time: number) => string;

/** How far a cycle is, on the day `day`: what the government has handed in shows when it is frozen. */
function publicStage({ from, to, frozen, decided }: Cycle, day: string): PublicStage {
  if (decided) return 'decided';
  if (frozen) return 'frozen';
  if (day < from) return 'before';
  return day <= to ? 'collecting' : 'screening';
}

/** A proposal as everybody, or whoever holds its code, may see it. */
export function publicProposal(one: Proposal, dayOf: DayOf): PublicProposal {
  const { id, cycle, source, channel, wording, category, area, seconds, answer, at } = one;
  return {
    ...{ id, cycle, source, channel, wording, category, area },
    received: dayOf(at),
    stage: proposalState(one),
    seconds: seconds.size,
    answer: answer && { outcome: answer.outcome, day: dayOf(answer.at) },
  };
}

const more = <K>(counts: Map<K, number>, key: K) => counts.set(key, (counts.get(key) ?? 0) + 1);

const dayInUtc: DayOf = (time) => new Date(time).toISOString().slice(0, 10);

/**
 * What of `register` is public on the day `day`, `shown` giving each proposal as it is; null before it has begun.
 * @param dayOf where the register is; in UTC where nobody has said.
 */
export function publicRegister(
  register: Register,
  day: string,
  shown: (one: Proposal) => PublicProposal,
  dayOf: DayOf = dayInUtc,
): PublicRegister | null {
  const { begun, vocabulary } = register;
  if (!begun) return null;
  const { categories, grounds, areas, bodies, sources } = vocabulary;
  const tallies = new Map([...register.cycles.keys()].map((year) => [year, emptyTally()]));
  const proposals: PublicProposal[] = [];
  const adopted = new Map<string, string[]>();
  for (const one of register.proposals.values()) {
    const tally = tallies.get(one.cycle);
    if (tally) count(tally, one);
    if (one.wording) proposals.push(shown(one));
    const outcome = one.answer?.outcome;
    if (outcome?.is !== 'adopted') continue;
    if (one.wording) adopted.set(outcome.project, [...(adopted.get(outcome.project) ?? []), one.id]);
  }
  const cleared = new Map(proposals.toReversed().map((one) => [one.id, one]));
  const cycles = [...register.cycles.values()].map((cycle) =>
    publicCycle(cycle, day, tallies.get(cycle.year)),
  );
  return {
    id: begun.register,
    name: begun.name,
    congress: begun.congress,
    key: begun.key,
    ...{ categories, grounds, areas, bodies, sources, day, dayOf },
    level: begun.level,
    isAbove: register.witnessed.size > 0,
    works: publicWorks(register.works),
    cycles: cycles.toSorted((a, b) => b.year - a.year),
    proposals: cleared,
    projects: projectsOf([...register.cycles.values()], cleared, adopted),
    titles: new Map(register.titles),
  };
}

/** Nobody outside sees what no one has read yet, nor its files. */
const publicWorks = (works: Works): Works => ({
  ...works,
  voices: works.voices
    .filter(({ text, erased }) => text !== null && !erased)
    .map((voice) => ({ ...voice, attachments: [] })),
});

interface Tally {
  received: number;
  answered: number;
  readonly stages: Map<ProposalState, number>;
  readonly categories: Map<string, number>;
  readonly releases: Map<number, number>;
}

const emptyTally = (): Tally => ({
  received: 0,
  answered: 0,
  stages: new Map(),
  categories: new Map(),
  releases: new Map(),
});

function count(tally: Tally, one: Proposal): void {
  tally.received += 1;
  more(tally.stages, proposalState(one));
  if (one.category !== null) more(tally.categories, one.category);
  if (!one.answer) return;
  tally.answered += 1;
  more(tally.releases, one.answer.at);
}

function publicCycle(cycle: Cycle, day: string, tally: Tally = emptyTally()): PublicCycle {
  const { year, from, to, frozen } = cycle;
  const { received, answered, stages, categories, releases } = tally;
  return {
    ...{ year, from, to, received, answered, stages, categories },
    stage: publicStage(cycle, day),
    releases: [...releases].map(([at, answers]) => ({ at, answers })),
    list: frozen && { hash: frozen.hash, at: frozen.at, list: frozen.list, vote: publicVote(cycle) },
  };
}

function publicVote({ decided }: Cycle): PublicVote | null {
  if (!decided) return null;
  const { how, at } = decided;
  return how === 'bundle' ? { how, at, result: decided.result } : { how, at, sheet: decided.sheet };
}

function projectsOf(
  cycles: readonly Cycle[],
  cleared: ReadonlyMap<string, PublicProposal>,
  adopted: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, PublicProject> {
  const projects = cycles.flatMap((cycle) =>
    (cycle.frozen?.list.projects ?? []).map(({ id, sheet }): [string, PublicProject] => {
      const from = new Set([...sheet.from, ...(adopted.get(id) ?? [])].filter((each) => cleared.has(each)));
      return [id, { id, cycle: cycle.year, sheet, vote: voteOn(cycle, id), from: [...from] }];
    }),
  );
  return new Map(projects);
}

/** The projects of a list in the order in which they are read: after the vote those that were chosen first, more votes before fewer. */
export function ranked({ projects }: PublicRegister, { list }: PublicList): readonly PublicProject[] {
  const found = list.projects.flatMap(({ id }) => projects.get(id) ?? []);
  return found.toSorted(
    ({ vote: one }, { vote: other }) =>
      Number(other?.isChosen ?? false) - Number(one?.isChosen ?? false) ||
      (other?.count?.votes ?? 0) - (one?.count?.votes ?? 0),
  );
}

/** Whether nothing has changed of which something could be public: somebody has signed in, or a checkpoint was written. */
const isSamePublic = (one: Register, other: Register): boolean =>
  (['begun', 'vocabulary', 'cycles', 'proposals', 'titles', 'works', 'witnessed'] as const).every(
    (what) => one[what] === other[what],
  );

/** What of a register is public, made once for each state and day. */
export class PublicView {
  readonly #register: () => Register;
  readonly #now: () => number;
  readonly #dayOf: DayOf;
  /** Of twenty thousand few change at a time, and the day of a moment is slow to say. */
  readonly #shown = new WeakMap<Proposal, PublicProposal>();
  #made: { readonly of: Register; readonly day: string; readonly view: PublicRegister } | null = null;

  constructor(register: () => Register, now: () => number, dayOf: DayOf) {
    this.#register = register;
    this.#now = now;
    this.#dayOf = dayOf;
  }

  /** @throws before the register has begun. */
  now(): PublicRegister {
    const of = this.#register();
    const day = this.#dayOf(this.#now());
    if (this.#made?.day === day && isSamePublic(this.#made.of, of)) return this.#made.view;
    const view = publicRegister(of, day, (one) => this.shown(one), this.#dayOf);
    if (!view) throw new Error('a register is asked before it has begun');
    this.#made = { of, day, view };
    return view;
  }

  /** A proposal as everybody may see it, or whoever holds its code. */
  shown(one: Proposal): PublicProposal {
    const known = this.#shown.get(one);
    if (known) return known;
    const shown = publicProposal(one, this.#dayOf);
    this.#shown.set(one, shown);
    return shown;
  }
}
