import { lastDueMonth, monthAfter } from '../../../register/model/work/month.ts';
import type { SampleYear } from '../past/past-years.ts';
import type { SampleProject } from '../sample-projects.ts';

/** How a project goes, as far as it shows: some of it long over, some under way. */
export type Story =
  | 'smooth'
  /** A problem was found, answered and closed. */
  | 'finding'
  /** The group found another figure than was reported. */
  | 'disputed'
  /** Its target was lowered after the vote. */
  | 'changed'
  /** Suspended, and resumed where there was time for it. */
  | 'stopped'
  /** 不满意, and put right. */
  | 'dissatisfied'
  /** Somewhat behind its plan, far behind it, past its last day. */
  | 'behind'
  | 'far-behind'
  | 'late'
  /** A report is overdue. */
  | 'silent'
  /** A change is asked for, and a problem has no answer. */
  | 'asked';

/** Of a year that is over: everything ended well. */
const OVER: readonly Story[] = [
  ...(['smooth', 'finding', 'smooth', 'disputed', 'smooth'] as const),
  ...(['changed', 'smooth', 'smooth', 'stopped', 'dissatisfied'] as const),
];

/** Of the year that runs: a town's five show most of the lights already, a city's ten all. */
const UNDER_WAY: readonly Story[] = [
  ...(['smooth', 'behind', 'late', 'silent', 'disputed'] as const),
  ...(['stopped', 'smooth', 'far-behind', 'asked', 'changed'] as const),
];

export interface ToldProject {
  readonly id: string;
  readonly story: Story;
}

/** How those that were chosen in a year go. */
export const toldOver = ({ year, chosen }: SampleYear): readonly ToldProject[] =>
  chosen.map((id, i) => ({ id, story: (i < OVER.length && OVER[(i + year) % OVER.length]) || 'smooth' }));

export const toldUnderWay = ({ chosen }: SampleYear): readonly ToldProject[] =>
  chosen.map((id, i) => ({ id, story: UNDER_WAY[i] ?? (i % 9 === 0 ? 'behind' : 'smooth') }));

/** The last month of a year whose report is due at `now`, in the days of the sample. */
export function lastReport(year: number, day: string): string {
  const due = lastDueMonth(day, 5);
  return due < `${year}-12` ? due : `${year}-12`;
}

/**
 * The list of the year that runs, with last days at which something is to be seen `day`: the first is done, the late one should
 * be, and all others have until December.
 */
export function underWay(year: SampleYear, day: string): SampleYear {
  const last = lastReport(year.year, day);
  const told = new Map(toldUnderWay(year).map(({ id, story }) => [id, story]));
  const [first] = year.chosen;
  const finishOf = (id: string): string => {
    const isOver = id === first || told.get(id) === 'late';
    return isOver ? `${monthAfter(last, -1)}-25` : `${year.year}-12-20`;
  };
  const finished = ({ id, sheet }: SampleProject): SampleProject => ({
    id,
    sheet: { ...sheet, parts: sheet.parts.map((part) => ({ ...part, finish: finishOf(id) })) },
  });
  return { ...year, projects: year.projects.map((one) => (told.has(one.id) ? finished(one) : one)) };
}
