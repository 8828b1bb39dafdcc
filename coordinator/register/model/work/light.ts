import type { Part } from '../../../../shared/projects/sheet.ts';
import type { WorkRules } from './fields.ts';
import { lastDueMonth } from './month.ts';
import {
  type FigureGround,
  figureOf,
  isDone,
  type Planned,
  permilleOf,
  plannedPermille,
} from './progress.ts';
import type { Work } from './works.ts';

/** 亮灯: computed, never set by hand. `grey`: a report is overdue; `none`: nothing is to be compared. */
export const LIGHTS = ['green', 'yellow', 'red', 'grey', 'none'] as const;
export type Light = (typeof LIGHTS)[number];

export const REASONS = [
  'done',
  'on-time',
  'behind',
  'past-deadline',
  'report-overdue',
  'not-begun',
  'no-plan',
  'suspended',
  'ended',
] as const;

/** Why a light is what it is, with the numbers that it was made of. */
export interface Why {
  readonly light: Light;
  readonly because: (typeof REASONS)[number];
  /** ‰ of the target that the plan wanted, and that there is; null where nothing is compared. */
  readonly planned: number | null;
  readonly actual: number | null;
  /** The month they are compared at, or whose report is overdue. */
  readonly month: string | null;
  /** The part it comes from, where it is said of a project. */
  readonly part: string | null;
}

const why = (light: Light, because: Why['because'], more: Partial<Why> = {}): Why => ({
  ...{ light, because, planned: null, actual: null, month: null, part: null },
  ...more,
});

/** What reports are owed by. */
interface Owing extends Planned {
  /** The months that were reported. */
  readonly months: { has(month: string): boolean };
}

/** What a light is made of: a part as it stands, or as it would with another report. */
export interface LightGround extends FigureGround, Owing {}

/** The light of a part on `day`, and why. */
export function lightOfPart(
  part: Pick<Part, 'target' | 'finish'>,
  its: LightGround,
  standing: Work['standing'],
  rules: WorkRules,
  day: string,
): Why {
  if (standing !== 'running') return why('none', standing);
  if (!its.plan) return why('none', 'no-plan');
  const { done, month } = figureOf(its);
  const actual = permilleOf(part, done);
  if (isDone(part, its)) return why('green', 'done', { actual, month });
  if (day > part.finish) return why('red', 'past-deadline', { actual, month });
  const overdue = overdueMonth(its, rules, day);
  if (overdue !== null) return why('grey', 'report-overdue', { actual, month: overdue });
  if (month === null) return why('green', 'not-begun');
  const planned = plannedPermille(its, month) ?? 0;
  const behind = planned - actual;
  const compared = { planned, actual, month };
  if (behind >= rules.red) return why('red', 'behind', compared);
  return behind >= rules.yellow ? why('yellow', 'behind', compared) : why('green', 'on-time', compared);
}

/** The first month whose report should be there on `day` and is not; null where none is overdue, or the target is reached. */
export function overdueMonth(
  its: Owing,
  { reportDay }: Pick<WorkRules, 'reportDay'>,
  day: string,
): string | null {
  return overdueMonths(its, { reportDay }, day)[0] ?? null;
}

/** All of them, in order. Months before the plan owe nothing. */
export function overdueMonths(
  { plan, months }: Owing,
  { reportDay }: Pick<WorkRules, 'reportDay'>,
  day: string,
): readonly string[] {
  const last = lastDueMonth(day, reportDay);
  return (plan?.months ?? []).flatMap(({ month }) => (month <= last && !months.has(month) ? [month] : []));
}

/** The worst first: what one looks at. */
const WORST: readonly Light[] = ['red', 'grey', 'yellow', 'green', 'none'];

/** The light of a project on `day`: the worst of its parts, and which part that is. */
export function lightOf(work: Work, rules: WorkRules, day: string): Why {
  if (work.standing !== 'running') return why('none', work.standing);
  const each = work.sheet.parts.flatMap((part) => {
    const its = work.parts.get(part.id);
    return its ? [{ ...lightOfPart(part, its, work.standing, rules, day), part: part.id }] : [];
  });
  const worst = WORST.flatMap((light) => each.find((one) => one.light === light) ?? [])[0];
  return worst ?? why('none', 'no-plan');
}
