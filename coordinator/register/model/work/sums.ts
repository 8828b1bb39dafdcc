import { total } from '../../../../shared/projects/money.ts';
import { type Grade, WORK_GRADES } from './grades.ts';
import { type Light, lightOf } from './light.ts';
import { figureOf, permilleOf, weighted } from './progress.ts';
import { type Stage, stageOf } from './stage.ts';
import type { Work, Works } from './works.ts';

/** Sums over projects; money in fen. Every one is a recount of parts, so that no typed total can be among them. */
export interface Sums {
  /** 件 and 项. */
  readonly projects: number;
  readonly parts: number;
  /** Total investment as it holds now, and as it was promised at the vote. */
  readonly fen: number;
  readonly promisedFen: number;
  /** Source → fen; year → fen (annual investment). */
  readonly bySource: Readonly<Record<string, number>>;
  readonly byYear: Readonly<Record<string, number>>;
  readonly appropriated: number;
  readonly paid: number;
  /** ‰, parts weighted by money. */
  readonly permille: number;
  readonly lights: Readonly<Record<Light, number>>;
  readonly stages: Readonly<Partial<Record<Stage, number>>>;
  /** By the last appraisal of each project. */
  readonly grades: Readonly<Record<Grade, number>>;
  readonly disputedParts: number;
  /** Shares of another register's projects, which are counted there and in nothing above. */
  readonly linked: { readonly projects: number; readonly parts: number; readonly fen: number };
}

/** The sums of these projects on `day`. A share of another register's project counts there alone: no yuan counts twice. */
export function sumsOf(works: readonly Work[], { rules }: Pick<Works, 'rules'>, day: string): Sums {
  const own = works.filter(({ shareOf }) => shareOf === null);
  const parts = own.flatMap((work) =>
    work.sheet.parts.map((part) => ({ part, its: work.parts.get(part.id), fen: total(part.funding) })),
  );
  const lines = parts.flatMap(({ part }) => part.funding);
  const latest = parts.flatMap(({ its }) => its?.latest ?? []);
  const each = parts.map(({ part, its, fen }) => ({
    permille: its ? permilleOf(part, figureOf(its).done) : 0,
    fen,
  }));
  const shares = works.filter(({ shareOf }) => shareOf !== null);
  return {
    projects: own.length,
    parts: parts.length,
    fen: total(lines),
    promisedFen: total(own.flatMap(({ promised }) => promised.parts.flatMap(({ funding }) => funding))),
    bySource: grouped(lines, ({ source }) => source),
    byYear: grouped(lines, ({ year }) => String(year)),
    appropriated: latest.reduce((sum, { appropriated }) => sum + appropriated, 0),
    paid: latest.reduce((sum, { paid }) => sum + paid, 0),
    permille: weighted(each, each.some(({ fen }) => fen > 0) ? 'money' : 'equal'),
    lights: {
      ...{ green: 0, yellow: 0, red: 0, grey: 0, none: 0 },
      ...counted(own, (work) => lightOf(work, rules, day).light),
    },
    stages: counted(own, stageOf),
    grades: {
      ...{ satisfied: 0, basic: 0, dissatisfied: 0 },
      ...counted(
        own.flatMap((work) => work.appraisals.last() ?? []),
        ({ grade }) => grade,
      ),
    },
    disputedParts: parts.filter(({ its }) => its?.dispute).length,
    linked: {
      projects: shares.length,
      parts: shares.reduce((sum, { sheet }) => sum + sheet.parts.length, 0),
      fen: total(shares.flatMap(({ sheet }) => sheet.parts.flatMap(({ funding }) => funding))),
    },
  };
}

function grouped(
  lines: readonly { readonly fen: number; readonly source: string; readonly year: number }[],
  key: (line: { source: string; year: number }) => string,
): Record<string, number> {
  // A register beneath names its sources as it likes, `constructor` too.
  const sums = new Map<string, number>();
  for (const line of lines) sums.set(key(line), (sums.get(key(line)) ?? 0) + line.fen);
  return Object.fromEntries(sums);
}

function counted<T, K extends string>(all: readonly T[], key: (one: T) => K): Partial<Record<K, number>> {
  const counts: Partial<Record<K, number>> = {};
  for (const one of all) counts[key(one)] = (counts[key(one)] ?? 0) + 1;
  return counts;
}

/** By their money; where nobody has any, by their parts, as within each of them. */
function progressOfAll(all: readonly Sums[]): number {
  const isMoney = all.some(({ fen }) => fen > 0);
  return weighted(
    all.map(({ permille, fen, parts }) => ({ permille, fen: isMoney ? fen : parts })),
    'money',
  );
}

/** Sums of sums: what several registers have together. */
export function added(all: readonly Sums[]): Sums {
  const sum = (of: (one: Sums) => number) => all.reduce((sofar, one) => sofar + of(one), 0);
  const joined = (of: (one: Sums) => Readonly<Record<string, number | undefined>>) => {
    const result = new Map<string, number>();
    for (const one of all)
      for (const [key, count] of Object.entries(of(one)))
        result.set(key, (result.get(key) ?? 0) + (count ?? 0));
    return Object.fromEntries(result);
  };
  const counts = <K extends string>(keys: readonly K[], of: (one: Sums) => Readonly<Record<K, number>>) => {
    const found = joined(of);
    return (key: K) => (keys.includes(key) ? (found[key] ?? 0) : 0);
  };
  const light = counts(['green', 'yellow', 'red', 'grey', 'none'], ({ lights }) => lights);
  const grade = counts(WORK_GRADES, ({ grades }) => grades);
  return {
    projects: sum(({ projects }) => projects),
    parts: sum(({ parts }) => parts),
    fen: sum(({ fen }) => fen),
    promisedFen: sum(({ promisedFen }) => promisedFen),
    bySource: joined(({ bySource }) => bySource),
    byYear: joined(({ byYear }) => byYear),
    appropriated: sum(({ appropriated }) => appropriated),
    paid: sum(({ paid }) => paid),
    permille: progressOfAll(all),
    lights: {
      green: light('green'),
      yellow: light('yellow'),
      red: light('red'),
      grey: light('grey'),
      none: light('none'),
    },
    stages: joined(({ stages }) => stages),
    grades: {
      satisfied: grade('satisfied'),
      basic: grade('basic'),
      dissatisfied: grade('dissatisfied'),
    },
    disputedParts: sum(({ disputedParts }) => disputedParts),
    linked: {
      projects: sum(({ linked }) => linked.projects),
      parts: sum(({ linked }) => linked.parts),
      fen: sum(({ linked }) => linked.fen),
    },
  };
}
