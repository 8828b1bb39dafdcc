import { finishOf, quantityText } from '../../../../shared/projects/sheet.ts';
import { figureOf, isDone } from '../../model/work/progress.ts';
import { openRectification, type PartWork, type Work } from '../../model/work/works.ts';
import type { Look } from '../frame.ts';
import { dayBegins, dayEnds, moment, monthEnds } from './dates.ts';
import type { Period, Project, Status } from './shape.ts';

const isWhole = ({ sheet, parts }: Work): boolean =>
  sheet.parts.length > 0 &&
  sheet.parts.every((part) => {
    const its = parts.get(part.id);
    return its !== undefined && isDone(part, its);
  });

/**
 * The phase of a project: in preparation until somebody has reported on it, in completion when every target is reached by the
 * figures that count, in use when it was looked back at and nothing is left to be put right.
 */
export function statusOf(work: Work): Status {
  if (work.standing === 'ended') return 'cancelled';
  if (isWhole(work))
    return work.lookBacks.size > 0 && openRectification(work) === null ? 'maintenance' : 'completion';
  return [...work.parts.values()].some(({ latest }) => latest) ? 'implementation' : 'preparation';
}

/** The first month that somebody has planned; null where no plan is made yet. */
const firstMonth = ({ parts }: Work): string | null =>
  [...parts.values()].flatMap(({ plan }) => plan?.months[0]?.month ?? []).sort()[0] ?? null;

/** From the first day that was planned, or the first of its year, to the last of its parts. */
export function periodsOf(work: Work): Pick<Project, 'period' | 'implementationPeriod'> {
  const finish = finishOf(work.sheet);
  if (finish === null) return {};
  const month = firstMonth(work);
  const first = month === null ? `${work.cycle}-01-01` : `${month}-01`;
  const period: Period = {
    ...(first <= finish && { startDate: dayBegins(first) }),
    endDate: dayEnds(finish),
  };
  return { period, ...(month !== null && { implementationPeriod: period }) };
}

/** When it was done, and what: of a project of which every target is reached. */
export function completionOf({ t }: Look, work: Work): Pick<Project, 'completion'> {
  const last = [...work.parts.values()]
    .flatMap(({ latest }) => latest?.month ?? [])
    .sort()
    .at(-1);
  if (!isWhole(work) || last === undefined) return {};
  const done = work.sheet.parts.map(({ id, title, target }) => {
    const its: PartWork | undefined = work.parts.get(id);
    return `${title} ${quantityText(its ? figureOf(its).done : 0)} ${target.unit}`;
  });
  return {
    completion: {
      endDate: monthEnds(last),
      endDateDetails: t('按月报，以当月末计', 'by the monthly reports, at the end of the month'),
      finalScope: done.join(t('；', '; ')),
    },
  };
}

/** When anything was entered last that stands here. */
export function updatedAt(work: Work): string {
  const parts = [...work.parts.values()].flatMap(({ plan, reports, settled }) => [
    ...(plan ? [plan] : []),
    ...reports.values(),
    ...(settled ? [settled] : []),
  ]);
  const entered = [
    ...parts,
    ...work.visits.values(),
    ...work.changes,
    ...work.appraisals,
    ...work.lookBacks.values(),
    ...[...work.rectifications].flatMap(({ closed }) => (closed ? [closed] : [])),
  ];
  return moment(entered.reduce((last, { at }) => Math.max(last, at), work.since));
}
