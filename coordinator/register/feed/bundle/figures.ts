import { ofYear } from '../../../../shared/projects/money.ts';
import { investment } from '../../../../shared/projects/sheet.ts';
import type { Text } from '../../../../shared/protocol/ids.ts';
import { votesFor } from '../../model/hall-result.ts';
import type { Cycle, Decided, Project } from '../../model/state.ts';
import { type Sums, sumsOf } from '../../model/work/sums.ts';
import type { PublicHistory } from '../history.ts';

/** 件, 项 and money of projects as they were promised at the vote, in fen. */
export interface Promised {
  readonly projects: number;
  readonly parts: number;
  /** Total investment, over all years. */
  readonly fen: number;
}

export interface ChosenProject {
  readonly project: string;
  readonly title: Text;
  readonly parts: number;
  readonly fen: number;
  readonly votes: number;
  readonly roll: number;
}

/** How a list was decided: by which bundle of which hall, or on which signed sheet. */
export type VoteProof =
  | { readonly how: 'bundle'; readonly manifest: string; readonly key: string; readonly sitting: string }
  | { readonly how: 'paper'; readonly sheet: string };

export interface CycleFigures extends Promised {
  readonly year: number;
  readonly from: string;
  readonly to: string;
  readonly list: { readonly hash: string; readonly places: number; readonly candidates: number } | null;
  readonly withdrawn: readonly string[];
  readonly vote: VoteProof | null;
  /** In the order of the list. */
  readonly chosen: readonly ChosenProject[];
  /** Of `fen`, what falls into the year of the cycle. */
  readonly yearFen: number;
  /** The chosen ones as they are now: after changes, with what was reported, confirmed and graded. */
  readonly works: Sums;
}

/** What a feed comes to: the same figures for whoever reads it. */
export interface RegisterFigures {
  readonly register: string;
  readonly name: Text;
  readonly congress: Text;
  readonly level: 'city' | 'county' | 'town';
  readonly key: string;
  readonly seq: number;
  readonly hash: string;
  readonly cycles: readonly CycleFigures[];
  /** The day for which lights are said: that of the last entry, in UTC. */
  readonly day: string;
  /** Of everything that was chosen, in all cycles: as it was promised, and as it is. */
  readonly chosen: Promised;
  readonly works: Sums;
  readonly wordings: number;
  readonly answers: number;
}

/** What was promised with these projects. */
export const promisedOf = (projects: readonly Project[]): Promised => ({
  projects: projects.length,
  parts: projects.reduce((sum, { sheet }) => sum + sheet.parts.length, 0),
  fen: projects.reduce((sum, { sheet }) => sum + investment(sheet), 0),
});

const proofOf = (decided: Decided): VoteProof =>
  decided.how === 'paper'
    ? { how: 'paper', sheet: decided.sheet }
    : {
        how: 'bundle',
        manifest: decided.result.manifest,
        key: decided.result.key,
        sitting: decided.result.sitting,
      };

function votesIn(decided: Decided, project: string): { readonly votes: number; readonly roll: number } {
  if (decided.how === 'bundle') {
    const { votes = 0, roll = 0 } = votesFor(decided.result, project) ?? {};
    return { votes, roll };
  }
  const votes = decided.votes.find((one) => one.project === project)?.votes ?? 0;
  return { votes, roll: decided.roll };
}

/** The projects of a cycle's list that were chosen, in its order. */
export function chosenOf({ register }: PublicHistory, { frozen }: Cycle): readonly Project[] {
  const listed = frozen?.list.projects.flatMap(({ id }) => register.projects.get(id) ?? []) ?? [];
  return listed.filter(({ state }) => state === 'chosen');
}

/** The sums of what is carried out, of one cycle or of all. */
const worksOf = ({ register: { works } }: PublicHistory, day: string, year?: number): Sums =>
  sumsOf(
    [...works.projects.values()].filter(({ cycle }) => year === undefined || cycle === year),
    works,
    day,
  );

function cycleFigures(history: PublicHistory, cycle: Cycle, day: string): CycleFigures {
  const { year, from, to, frozen, decided, withdrawn } = cycle;
  const chosen = chosenOf(history, cycle);
  const lines = chosen.flatMap(({ sheet }) => sheet.parts.flatMap(({ funding }) => funding));
  return {
    ...{ year, from, to },
    list: frozen && {
      hash: frozen.hash,
      places: frozen.list.places,
      candidates: frozen.list.projects.length,
    },
    withdrawn: [...withdrawn.keys()],
    vote: decided && proofOf(decided),
    chosen: chosen.map(({ id, sheet }) => ({
      ...{ project: id, title: sheet.title, parts: sheet.parts.length, fen: investment(sheet) },
      ...(decided ? votesIn(decided, id) : { votes: 0, roll: 0 }),
    })),
    ...promisedOf(chosen),
    yearFen: ofYear(lines, year),
    works: worksOf(history, day, year),
  };
}

/** The figures of a feed that was read to its end; null before its first entry. */
export function figuresOf(history: PublicHistory): RegisterFigures | null {
  const { register, wordings, answers } = history;
  const { begun, head } = register;
  if (!begun) return null;
  const day = new Date(head.time).toISOString().slice(0, 10);
  const cycles = [...register.cycles.values()].sort((a, b) => a.year - b.year);
  return {
    register: begun.register,
    name: begun.name,
    congress: begun.congress,
    level: begun.level,
    key: begun.key,
    seq: head.seq,
    hash: head.hash,
    day,
    cycles: cycles.map((cycle) => cycleFigures(history, cycle, day)),
    chosen: promisedOf(cycles.flatMap((cycle) => chosenOf(history, cycle))),
    works: worksOf(history, day),
    wordings: wordings.size,
    answers: answers.size,
  };
}
