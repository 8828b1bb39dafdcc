import { total } from '../../../shared/projects/money.ts';
import { finishOf, investment, type Part } from '../../../shared/projects/sheet.ts';
import { lightOf, overdueMonths } from '../model/work/light.ts';
import {
  figureOf,
  isDone,
  permilleOf,
  plannedPermille,
  progressOf,
  weighted,
} from '../model/work/progress.ts';
import { differences } from '../model/work/shrunk.ts';
import { stageOf } from '../model/work/stage.ts';
import type { PartWork, Work, Works } from '../model/work/works.ts';
import { emptyPart } from '../model/work/works.ts';
import type { SectionOf } from './notice.ts';
import { comparedMonth } from './period.ts';

export type ProjectLine = SectionOf<'projects'>['lines'][number];

interface At {
  readonly rules: Works['rules'];
  readonly day: string;
}

export const partsOf = (work: Work): readonly { readonly part: Part; readonly its: PartWork }[] =>
  work.sheet.parts.map((part) => ({ part, its: work.parts.get(part.id) ?? emptyPart() }));

export const named = ({ id, sheet }: Work) => ({ project: id, title: sheet.title });
const partNamed = (work: Work, part: Part) => ({ ...named(work), part: part.id, called: part.title });

/** What the plans of all parts want by now, weighted as progress is; null where a part has none. */
function plannedOf(work: Work, { rules, day }: At): number | null {
  const each: { readonly permille: number; readonly fen: number }[] = [];
  for (const { part, its } of partsOf(work)) {
    const planned = plannedPermille(its, comparedMonth(figureOf(its).month, day, rules.reportDay));
    if (planned === null) return null;
    each.push({ permille: planned, fen: total(part.funding) });
  }
  return each.length === 0 ? null : weighted(each, progressOf(work).weights);
}

/** A project as a line. @param before it in the document before this one. */
export function projectLine(work: Work, at: At, before: ProjectLine | undefined): ProjectLine {
  const { light, because } = lightOf(work, at.rules, at.day);
  const parts = partsOf(work);
  const latest = parts.flatMap(({ its }) => its.latest ?? []);
  return {
    ...named(work),
    lead: work.sheet.lead,
    stage: stageOf(work),
    ...{ light, because },
    permille: progressOf(work).permille,
    planned: plannedOf(work, at),
    fen: investment(work.sheet),
    appropriated: latest.reduce((sum, one) => sum + one.appropriated, 0),
    paid: latest.reduce((sum, one) => sum + one.paid, 0),
    finish: finishOf(work.sheet),
    parts: parts.length,
    done: parts.filter(({ part, its }) => isDone(part, its)).length,
    disputed: parts.filter(({ its }) => its.dispute).length,
    isShare: work.shareOf !== null,
    before: before ? { light: before.light, permille: before.permille } : null,
  };
}

/** ‰ behind the plan, less than 0 where ahead; null where nothing is to be compared. */
export const behind = ({ planned, permille }: Pick<ProjectLine, 'planned' | 'permille'>): number | null =>
  planned === null ? null : planned - permille;

/** The most behind first; what cannot be compared after them, what was suspended or ended last. */
export const ranked = (lines: readonly ProjectLine[]): ProjectLine[] =>
  [...lines].sort((one, other) => rank(other) - rank(one));

const rank = (line: ProjectLine): number =>
  line.stage === 'suspended' || line.stage === 'ended' ? -3000 : (behind(line) ?? -2000);

export const lateLines = (work: Work, { rules, day }: At): SectionOf<'late'>['lines'] =>
  work.standing !== 'running'
    ? []
    : partsOf(work).flatMap(({ part, its }) => {
        const months = [...overdueMonths(its, rules, day)];
        return months.length === 0 || isDone(part, its)
          ? []
          : [{ ...partNamed(work, part), body: part.body, months }];
      });

/** Parts that are not done. @param all those within their time, too. */
export const unfinishedLines = (work: Work, day: string, all: boolean): SectionOf<'unfinished'>['lines'] =>
  work.standing === 'ended'
    ? []
    : partsOf(work).flatMap(({ part, its }) => {
        const isLate = part.finish < day && work.standing === 'running';
        if (isDone(part, its) || !(all || isLate)) return [];
        const { body, finish } = part;
        return [{ ...partNamed(work, part), body, finish, permille: permilleOf(part, figureOf(its).done) }];
      });

export const shrunkLines = (work: Work): SectionOf<'shrunk'>['lines'] =>
  differences(work.promised, work.sheet).flatMap(({ promised, now, isShrunk }) => {
    if (!isShrunk || !promised) return [];
    return [
      {
        ...partNamed(work, promised),
        promised: { ...promised.target, finish: promised.finish },
        now: now && { ...now.target, finish: now.finish },
      },
    ];
  });
