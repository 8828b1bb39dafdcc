import type { Register } from '../model/state.ts';
import type { KnownChild } from './children.ts';
import { type LevelState, levelState } from './level-state.ts';
import {
  type LevelMember,
  type LevelProject,
  type LevelsAsked,
  levelsOf,
  type PublicLevels,
  projectsOf,
  type Standing,
} from './levels.ts';

const HOUR_MS = 3_600_000;

/** So many answers are kept: what is asked for by everybody, and not every combination that somebody may try. */
const MOST_KEPT = 60;

/** How far the figures of a register beneath can be relied on. */
export function standingOf({ kept, fault, level }: KnownChild, now: number, staleMs: number): Standing {
  const { pulled, forked } = kept;
  const hours = pulled === null ? null : Math.max(0, Math.floor((now - pulled) / HOUR_MS));
  const known = { pulled, hours, fault, forked };
  if (fault?.problem === 'forked') return { is: 'forked', ...known };
  if (!level) return { is: 'unread', ...known };
  if (fault && !PASSING.includes(fault.problem)) return { is: 'broken', ...known };
  // Read at a time to come, by a clock that has been put right since: nobody knows how long ago.
  const isOld = pulled === null || Math.abs(now - pulled) > staleMs;
  return { is: isOld ? 'stale' : 'fresh', ...known };
}

/** What comes and goes on a bad line: with it, a register is only as old as what was read last. */
const PASSING: readonly string[] = ['unreachable', 'no-folder', 'too-slow', 'not-kept', 'elsewhere'];

export interface LevelsParts {
  readonly register: () => Register;
  readonly children: () => readonly KnownChild[];
  readonly today: () => string;
  readonly now: () => number;
  readonly staleMs: number;
}

/** What a register and those beneath it have together, made once for whatever it is made of. */
export class LevelsView {
  readonly #parts: LevelsParts;
  #self: { readonly of: readonly unknown[]; readonly state: LevelState | null } | null = null;
  #made: {
    readonly key: string;
    readonly of: readonly unknown[];
    readonly members: readonly LevelMember[];
  } | null = null;
  readonly #levels = new Map<string, PublicLevels>();

  constructor(parts: LevelsParts) {
    this.#parts = parts;
  }

  /** Of a year or a category that none of them has, nothing is asked for: no work comes of whatever somebody may try. */
  levels({ year, level, category }: LevelsAsked): PublicLevels {
    const { years, byCategory } = this.#levelsOf({ year: null, level: null, category: null });
    return this.#levelsOf({
      level,
      year: year !== null && years.includes(year) ? year : null,
      category: byCategory.some(({ key }) => key === category) ? category : null,
    });
  }

  #levelsOf(asked: LevelsAsked): PublicLevels {
    const members = this.#members();
    const key = JSON.stringify(asked);
    const known = this.#levels.get(key);
    if (known) return known;
    const made = levelsOf(members, asked, this.#parts.today());
    if (this.#levels.size >= MOST_KEPT) this.#levels.clear();
    this.#levels.set(key, made);
    return made;
  }

  /** Null where there is no such register, or nothing of it was read. */
  projects(
    id: string,
    asked: Omit<LevelsAsked, 'level'>,
    area: string | null,
  ): readonly LevelProject[] | null {
    return projectsOf(this.#members(), id, asked, this.#parts.today(), area);
  }

  /** The register itself and those beneath it, as they stand now. */
  #members(): readonly LevelMember[] {
    const { register, children, today, now, staleMs } = this.#parts;
    const state = register();
    const { begun } = state;
    const all = children();
    const standings = all.map((each) => standingOf(each, now(), staleMs));
    const self = this.#selfState(state);
    const of = [self, all];
    const key = JSON.stringify([today(), standings]);
    const isSame = this.#made?.key === key && of.every((each, i) => each === this.#made?.of[i]);
    if (this.#made && isSame) return this.#made.members;
    const members: LevelMember[] = all.map(({ child, kept, level, witnessed }, i) => ({
      id: child.id,
      name: level?.begun.name ?? child.name ?? { zh: child.id },
      level: child.level,
      standing: standings[i] ?? NEVER,
      address: child.place.is === 'web' ? child.place.address : null,
      seq: kept.position?.seq ?? null,
      witnessed,
      state: level,
    }));
    if (begun)
      members.unshift({
        ...{ id: begun.register, name: begun.name, level: begun.level, address: null, witnessed: null },
        standing: { is: 'self', pulled: null, hours: null, fault: null, forked: null },
        seq: state.feed.shown.seq,
        state: self,
      });
    this.#made = { key, of, members };
    this.#levels.clear();
    return members;
  }

  #selfState(register: Register): LevelState | null {
    const { begun, vocabulary, works } = register;
    const of = [begun, vocabulary, works];
    if (this.#self && of.every((each, i) => each === this.#self?.of[i])) return this.#self.state;
    const state = levelState(register);
    this.#self = { of, state };
    return state;
  }
}

const NEVER: Standing = { is: 'unread', pulled: null, hours: null, fault: null, forked: null };
