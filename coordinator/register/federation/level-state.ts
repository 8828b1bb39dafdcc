import { OrderedMap, List as Sequence } from 'immutable';
import type { Sheet } from '../../../shared/projects/sheet.ts';
import type { Text } from '../../../shared/protocol/ids.ts';
import type { Register, RegisterBegun } from '../model/state.ts';
import type { WorkRules } from '../model/work/fields.ts';
import { emptyPart, type PartWork, type Work } from '../model/work/works.ts';

/** A project as far as sums, lights and stages are made of it, with the entries that its figures come from. */
export interface LevelWork {
  readonly work: Work;
  readonly entries: readonly number[];
}

/**
 * What a register has to add to the sums above it: of every project what they are made of, and nothing of what was
 * photographed, found and written about it. A register's own, and that of each beneath it, are made alike.
 */
export interface LevelState {
  readonly begun: RegisterBegun;
  readonly rules: WorkRules;
  readonly categories: ReadonlyMap<string, Text>;
  readonly areas: ReadonlyMap<string, Text>;
  readonly bodies: ReadonlyMap<string, Text>;
  readonly sources: ReadonlyMap<string, Text>;
  readonly works: ReadonlyMap<string, LevelWork>;
}

/** @param voted year → the entry that says what was chosen, where it is known. Null before the register has begun. */
export function levelState(
  { begun, vocabulary, works }: Pick<Register, 'begun' | 'vocabulary' | 'works'>,
  voted: ReadonlyMap<number, number> = new Map(),
): LevelState | null {
  if (!begun) return null;
  const { categories, areas, bodies, sources } = vocabulary;
  // A sheet that nothing has changed is kept once.
  const named = new Map<Sheet, Sheet>();
  const bySourceName = (sheet: Sheet): Sheet => {
    const known = named.get(sheet) ?? withNamedSources(sheet, sources);
    named.set(sheet, known);
    return known;
  };
  return {
    begun,
    rules: works.rules,
    ...{ categories, areas, bodies, sources },
    works: new Map(
      [...works.projects.values()].map((work) => [
        work.id,
        { work: lean(work, bySourceName), entries: entriesOf(work, voted.get(work.cycle)) },
      ]),
    ),
  };
}

/** Sources by their names: each register has ids of its own for them, and the same money is added up under the same name. */
const withNamedSources = (sheet: Sheet, sources: LevelState['sources']): Sheet => ({
  ...sheet,
  parts: sheet.parts.map((part) => ({
    ...part,
    funding: part.funding.map((line) => ({ ...line, source: sources.get(line.source)?.zh ?? line.source })),
  })),
});

function lean(work: Work, named: (sheet: Sheet) => Sheet): Work {
  const last = work.appraisals.last();
  return {
    ...work,
    promised: named(work.promised),
    sheet: named(work.sheet),
    parts: work.parts.map(leanPart),
    group: null,
    visits: OrderedMap(),
    findings: OrderedMap(),
    requests: OrderedMap(),
    changes: Sequence(),
    appraisals: Sequence(last ? [last] : []),
    rectifications: work.rectifications.map((each) => ({ ...each, ordered: [], explanations: [] })),
  };
}

const leanPart = ({ plan, months, latest, dispute, confirmed, settled }: PartWork): PartWork => ({
  ...emptyPart(),
  ...{ months, dispute, confirmed, settled },
  plan: plan && { ...plan, safeguards: '' },
  latest: latest && { ...latest, words: '', evidence: [] },
});

/** The entries that the figures of a project come from, in their order. */
function entriesOf({ parts, changes, appraisals }: Work, voted: number | undefined): readonly number[] {
  const all = new Set<number>(voted === undefined ? [] : [voted]);
  for (const { plan, latest, settled } of parts.values())
    for (const one of [plan, latest, settled]) if (one) all.add(one.seq);
  for (const { seq } of changes) all.add(seq);
  const last = appraisals.last();
  if (last) all.add(last.seq);
  return [...all].sort((a, b) => a - b);
}
