import { total } from '../../../shared/projects/money.ts';
import type { Text } from '../../../shared/protocol/ids.ts';
import { LEVELS, type Level } from '../model/level.ts';
import type { Witnessed } from '../model/state.ts';
import type { Grade } from '../model/work/grades.ts';
import { lightOf, type Why } from '../model/work/light.ts';
import { figureOf, progressOf } from '../model/work/progress.ts';
import { type Stage, stageOf } from '../model/work/stage.ts';
import { added, type Sums, sumsOf } from '../model/work/sums.ts';
import type { Work } from '../model/work/works.ts';
import type { LevelState } from './level-state.ts';
import type { PullFault } from './pull-faults.ts';

/** How far the figures of a register can be relied on. `self`: they are this one's own. */
export interface Standing {
  readonly is: 'self' | 'fresh' | 'stale' | 'broken' | 'forked' | 'unread';
  /** When all that it told was last read, ms since 1970; null where it never was. */
  readonly pulled: number | null;
  /** So many whole hours ago. */
  readonly hours: number | null;
  /** What was wrong at the last attempt. */
  readonly fault: PullFault | null;
  /** When it showed two histories, where it ever did. */
  readonly forked: number | null;
}

/** A register among those that are added up. */
export interface LevelMember {
  readonly id: string;
  readonly name: Text;
  readonly level: Level;
  readonly standing: Standing;
  /** Where everybody reads it; null where it has no address, or is this one. */
  readonly address: string | null;
  /** Its last entry that was read. */
  readonly seq: number | null;
  /** The last of its entries that the register above has witnessed. */
  readonly witnessed: Witnessed | null;
  readonly state: LevelState | null;
}

/** What of the sums is asked for; null: all of it. A category by its Chinese name, since each register has ids of its own. */
export interface LevelsAsked {
  readonly year: number | null;
  readonly level: Level | null;
  readonly category: string | null;
}

/** A share of a project that is not there: it counts where it is told, and is named. */
export interface Claim {
  readonly project: string;
  readonly of: Share;
}

export interface MemberSums extends Omit<LevelMember, 'state'> {
  readonly sums: Sums;
  readonly claims: readonly Claim[];
}

/** Sums under a name, with how they are asked for. */
export interface NamedSums {
  readonly name: Text;
  readonly key: string;
  readonly sums: Sums;
}

/** An area of a register: a project that lies in several counts in each, its parts and money in one. */
export interface AreaSums extends NamedSums {
  readonly register: Text;
}

/** What several registers have together: the only thing that pages and files of three levels are made of. */
export interface PublicLevels {
  readonly day: string;
  readonly asked: LevelsAsked;
  /** All years that any of them has, the latest first. */
  readonly years: readonly number[];
  readonly members: readonly MemberSums[];
  readonly whole: Sums;
  readonly byYear: readonly NamedSums[];
  readonly byLevel: readonly (NamedSums & { readonly level: Level })[];
  readonly byCategory: readonly NamedSums[];
  readonly byArea: readonly AreaSums[];
  readonly sourceNames: ReadonlyMap<string, Text>;
}

/** A project of one of them, with the entries of that register's ledger that its figures come from. */
export interface LevelProject {
  readonly id: string;
  readonly title: Text;
  readonly cycle: number;
  readonly category: Text | null;
  readonly lead: Text | null;
  readonly parts: number;
  readonly fen: number;
  readonly paid: number;
  readonly permille: number;
  readonly light: Why;
  readonly stage: Stage;
  readonly grade: Grade | null;
  readonly disputed: number;
  /** Counted in another register's project, or said to be where there is none. */
  readonly share: { readonly register: string; readonly project: string; readonly isThere: boolean } | null;
  readonly entries: readonly number[];
}

interface Counted {
  readonly member: LevelMember & { readonly state: LevelState };
  readonly works: readonly Work[];
}

/**
 * Which project counts where. A share counts in the project that it is a share of, if that one is there, and where that one
 * counts; else where it is told, whatever it says: no yuan counts twice, and none is lost.
 */
function counted(members: readonly LevelMember[]): readonly Counted[] {
  const isThere = shareTargets(members);
  return members.flatMap((member) => {
    const { state } = member;
    if (!state) return [];
    const works = [...state.works.values()].map(({ work }) =>
      work.shareOf && !isThere(member.id, work) ? { ...work, shareOf: null } : work,
    );
    return [{ member: { ...member, state }, works }];
  });
}

type Share = NonNullable<Work['shareOf']>;

/**
 * Whether a register's share of another's project counts there: that project is there. A town's share of a county's share of
 * a city's counts with the city; of projects that are shares of one another in a circle each counts itself.
 */
function shareTargets(members: readonly LevelMember[]) {
  const states = new Map(members.map(({ id, state }) => [id, state]));
  const targetOf = ({ register, project }: Share) => states.get(register)?.works.get(project)?.work;
  const isCircle = (by: string, own: string, to: Share): boolean => {
    const seen = new Set<string>();
    for (let at: Share | null | undefined = to; at; at = targetOf(at)?.shareOf) {
      if (at.register === by && at.project === own) return true;
      const place = `${at.register} ${at.project}`;
      if (seen.has(place)) return false;
      seen.add(place);
    }
    return false;
  };
  return (by: string, { id, shareOf }: Pick<Work, 'id' | 'shareOf'>): boolean =>
    shareOf !== null &&
    shareOf.register !== by &&
    targetOf(shareOf) !== undefined &&
    !isCircle(by, id, shareOf);
}

const categoryOf = ({ categories }: LevelState, { sheet }: Work): Text =>
  categories.get(sheet.category) ?? { zh: sheet.category };

/** What these registers have together on `day`. */
export function levelsOf(members: readonly LevelMember[], asked: LevelsAsked, day: string): PublicLevels {
  const all = counted(members);
  const isAsked = ({ member: { state, level } }: Counted, work: Work, but: keyof LevelsAsked | null = null) =>
    (but === 'year' || asked.year === null || work.cycle === asked.year) &&
    (but === 'level' || asked.level === null || level === asked.level) &&
    (but === 'category' || asked.category === null || categoryOf(state, work).zh === asked.category);
  const sums = ({ member: { state } }: Counted, works: readonly Work[]) => sumsOf(works, state, day);
  /** Sums of all that is asked for, divided by `key`, whatever of `but` is asked. */
  const divided = (but: keyof LevelsAsked, key: (one: Counted, work: Work) => Text): readonly NamedSums[] => {
    const found = new Map<string, { readonly name: Text; readonly sums: Sums[] }>();
    for (const one of all) {
      const groups = new Map<string, { readonly name: Text; readonly works: Work[] }>();
      for (const work of one.works) {
        if (!isAsked(one, work, but)) continue;
        const name = key(one, work);
        const group = groups.get(name.zh) ?? { name, works: [] };
        group.works.push(work);
        groups.set(name.zh, group);
      }
      for (const [zh, { name, works }] of groups) {
        const group = found.get(zh) ?? { name, sums: [] };
        group.sums.push(sums(one, works));
        found.set(zh, group);
      }
    }
    return [...found].map(([zh, { name, sums: each }]) => ({ name, key: zh, sums: added(each) }));
  };
  const asIs = all.map((one) => ({ one, works: one.works.filter((work) => isAsked(one, work)) }));
  const sumsById = new Map(asIs.map(({ one, works }) => [one.member.id, sums(one, works)]));
  const claims = claimsOf(members);
  const shown = members
    .filter(({ level }) => asked.level === null || level === asked.level)
    .map(({ state: _, ...member }) => ({
      ...member,
      sums: sumsById.get(member.id) ?? added([]),
      claims: claims.get(member.id) ?? [],
    }));
  return {
    day,
    asked,
    years: [...new Set(all.flatMap(({ works }) => works.map(({ cycle }) => cycle)))].sort((a, b) => b - a),
    members: shown,
    whole: added(shown.map((member) => member.sums)),
    byYear: divided('year', (_, { cycle }) => ({ zh: String(cycle) })).toSorted((a, b) =>
      b.key.localeCompare(a.key),
    ),
    byLevel: LEVELS.flatMap((level) => {
      const found = divided('level', ({ member }) => ({ zh: member.level })).find(({ key }) => key === level);
      return found ? [{ ...found, level }] : [];
    }),
    byCategory: divided('category', ({ member }, work) => categoryOf(member.state, work)),
    byArea: asIs.flatMap(({ one, works }) => areasOf(one, works, day)),
    sourceNames: new Map(
      all.flatMap(({ member }) => [...member.state.sources.values()].map((name) => [name.zh, name] as const)),
    ),
  };
}

function areasOf({ member }: Counted, works: readonly Work[], day: string): readonly AreaSums[] {
  const { state, id, name: register } = member;
  return [...state.areas].flatMap(([area, name]) => {
    const there = works.flatMap((work) => within(work, area));
    return there.length === 0
      ? []
      : [{ register, name, key: `${id}/${area}`, sums: sumsOf(there, state, day) }];
  });
}

/** What of a project lies in an area; nothing where nothing does. */
function within(work: Work, area: string): readonly Work[] {
  const parts = work.sheet.parts.filter((part) => part.area === area);
  if (parts.length === 0) return [];
  const promised = work.promised.parts.filter((part) => part.area === area);
  return [{ ...work, sheet: { ...work.sheet, parts }, promised: { ...work.promised, parts: promised } }];
}

function claimsOf(members: readonly LevelMember[]): ReadonlyMap<string, readonly Claim[]> {
  const isThere = shareTargets(members);
  return new Map(
    members.map(({ id, state }) => [
      id,
      [...(state?.works.values() ?? [])].flatMap(({ work }) =>
        work.shareOf && !isThere(id, work) ? [{ project: work.id, of: work.shareOf }] : [],
      ),
    ]),
  );
}

/** The projects of one of them that are asked for, the latest years first; null where nothing of it was read. */
export function projectsOf(
  members: readonly LevelMember[],
  id: string,
  { year, category }: Omit<LevelsAsked, 'level'>,
  day: string,
  area: string | null = null,
): readonly LevelProject[] | null {
  const state = members.find((member) => member.id === id)?.state;
  if (!state) return null;
  const isThere = shareTargets(members);
  return [...state.works.values()]
    .flatMap(({ work, entries }) => {
      const name = categoryOf(state, work);
      if (year !== null && work.cycle !== year) return [];
      if (category !== null && name.zh !== category) return [];
      if (area !== null && !work.sheet.parts.some((part) => part.area === area)) return [];
      const { shareOf, sheet } = work;
      const latest = [...work.parts.values()].flatMap((its) => its.latest ?? []);
      return [
        {
          id: work.id,
          title: sheet.title,
          cycle: work.cycle,
          category: name,
          lead: state.bodies.get(sheet.lead) ?? null,
          parts: sheet.parts.length,
          fen: total(sheet.parts.flatMap(({ funding }) => funding)),
          paid: latest.reduce((sum, { paid }) => sum + paid, 0),
          permille: progressOf(work).permille,
          light: lightOf(work, state.rules, day),
          stage: stageOf(work),
          grade: work.appraisals.last()?.grade ?? null,
          disputed: [...work.parts.values()].filter((its) => figureOf(its).is === 'disputed').length,
          share: shareOf && { ...shareOf, isThere: isThere(id, work) },
          entries,
        },
      ];
    })
    .toSorted((a, b) => b.cycle - a.cycle);
}
