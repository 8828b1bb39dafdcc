import { submittedHash } from '../../register/model/state.ts';
import type { NoticePaper } from '../../register/papers/documents.ts';
import { drawing } from './drawing.ts';
import { appraisalHeld, type HeldSitting, selectionHeld } from './past/held-sitting.ts';
import { type SampleYear, sampleYears } from './past/past-years.ts';
import { SampleCollecting } from './sample-collecting.ts';
import type { SampleOffice, Task } from './sample-office.ts';
import { sampleProjects } from './sample-projects.ts';
import { CITY, KNOWN_YEARS, knownYears, listsOf, type SampleRegisterKind } from './sample-registers.ts';
import type { SamplePictures } from './sample-scan.ts';
import { appraised, gradedProjects, HALL_SINCE } from './work/appraised.ts';
import { carriedOut } from './work/carried-out.ts';
import { published, type Told } from './work/published.ts';
import { shared } from './work/shares.ts';
import { lastReport, toldOver, toldUnderWay, underWay } from './work/stories.ts';
import { supervised } from './work/supervised.ts';
import { voiced } from './work/voiced.ts';
import { at, type YearOfWork } from './work/year-of-work.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** So many propose something for a year of which nothing is asked. */
const FEW = 24;

export interface SampleOptions {
  /** Which register it is; the city's without it. */
  readonly kind?: SampleRegisterKind;
  /** How many proposals there are, but for a few in years that have none of these. */
  readonly proposals?: number;
  /** In so many years, the one that collects last and each with as many. */
  readonly years?: number;
  readonly version: string;
  /** Now, as clocks have it; the sample's years lie before it. */
  readonly now: number;
  /** JPEG. */
  readonly pictures: SamplePictures;
  /** What a published document is on paper. */
  readonly paper: (paper: NoticePaper) => Uint8Array;
  /** One of many registers: only these years are over, all voted on with paper, and nobody proposes anything. */
  readonly only?: readonly number[];
}

/** The first act of a sample. */
export const sampleBegins = at((KNOWN_YEARS[0] ?? 0) - 1, '09-15');

/** The year that is being carried out: early in a year it is still the one before, of which more is to be seen. */
export const runningYear = (now: number): number => new Date(now - 105 * DAY).getUTCFullYear();

/** All that happens in a sample register, in the order in which it happened: years overlap. */
export function sampleTasks(office: SampleOffice, options: SampleOptions): readonly Task[] {
  const { kind = CITY, now, proposals = 400, years = 1, only } = options;
  const running = runningYear(now);
  const today = office.day(now);
  const runs = underWay(yearOf(kind, running), today);
  const over = only
    ? sampleYears(listsOf(kind, only))
    : [...sampleYears(knownYears(kind)), ...yearsBetween(running).map((year) => yearOf(kind, year))];
  const past = [...over, runs];
  const proposed = (back: number): number => {
    if (only) return 0;
    return back < years ? Math.floor(proposals / years) : FEW;
  };
  const hallSince = only ? Number.POSITIVE_INFINITY : HALL_SINCE;
  return [
    ...past.flatMap((year, i) =>
      decidedYear(office, kind, [year, past[i - 1]], { proposals: proposed(past.length - i), hallSince }),
    ),
    ...over.flatMap((year) => work(office, kind, year, { isOver: true, today, hallSince })),
    ...work(office, kind, runs, { isOver: false, today, hallSince }),
    ...(only ? [] : past.flatMap((year, i) => toldToAll(office, kind, year, { now, back: over.length - i }))),
    ...collectingYear(office, kind, running + 1, now, proposed(0)),
  ]
    .filter(({ at }) => at < now)
    .toSorted((one, other) => one.at - other.at);
}

/** The years behind those of which the sums are known, until the one that runs. */
const yearsBetween = (running: number): readonly number[] => {
  const first = (KNOWN_YEARS.at(-1) ?? running) + 1;
  return Array.from({ length: Math.max(0, running - first) }, (_, i) => first + i);
};

function yearOf(kind: SampleRegisterKind, year: number): SampleYear {
  const [one] = sampleYears(listsOf(kind, [year]));
  if (!one) throw new Error(`there is no year ${year}`);
  return one;
}

/** What became of the projects that were chosen, from the plan to the look-back. */
function work(
  office: SampleOffice,
  kind: SampleRegisterKind,
  decided: SampleYear,
  {
    isOver,
    today,
    hallSince,
  }: { readonly isOver: boolean; readonly today: string; readonly hallSince: number },
): readonly Task[] {
  const { year } = decided;
  const projects = isOver ? toldOver(decided) : toldUnderWay(decided);
  const of: YearOfWork = { office, kind, year, projects, isOver, lastReport: lastReport(year, today) };
  return [...carriedOut(of), ...supervised(of), ...shared(of), ...(isOver ? appraised(of, hallSince) : [])];
}

/** So many people say something at the sites of a year: of the year that runs, the one before, and those before that. */
const VOICES = { city: [11, 8, 4], beneath: [6, 4, 1] } as const;
/** What was published of the year that runs, of the one before, of older ones. */
const TOLD: Readonly<Record<keyof typeof VOICES, readonly [Told, Told, Told | null]>> = {
  city: ['all', 'its-end', 'its-report'],
  beneath: ['lately', 'its-end', null],
};

/** What the register has published of a year, and what people said at its sites. @param back so many years before the one that runs. */
function toldToAll(
  office: SampleOffice,
  kind: SampleRegisterKind,
  decided: SampleYear,
  { now, back }: { readonly now: number; readonly back: number },
): readonly Task[] {
  const { year } = decided;
  const isOver = back > 0;
  const projects = isOver ? toldOver(decided) : toldUnderWay(decided);
  const of = { office, kind, year, projects, isOver, lastReport: lastReport(year, office.day(now)) };
  const which = kind.level === 'city' ? 'city' : 'beneath';
  const told = TOLD[which][Math.min(back, 2)];
  return [...(told ? published(of, told) : []), ...voiced(of, now, VOICES[which][Math.min(back, 2)] ?? 0)];
}

/** From the first proposal to the vote. */
function decidedYear(
  office: SampleOffice,
  kind: SampleRegisterKind,
  [decided, before]: readonly [SampleYear, SampleYear | undefined],
  { proposals, hallSince }: { readonly proposals: number; readonly hallSince: number },
): readonly Task[] {
  const { year, projects, places } = decided;
  const collecting = collectingOf(office, kind, year, projects);
  const autumn = (day: string, work: () => void): Task => ({ at: at(year - 1, day), do: work });
  const from = at(year - 1, '09-15');
  return [
    { at: from, do: () => open(office, year, from, from + 40 * DAY) },
    ...collecting.tasks(from, 39 * DAY, proposals),
    autumn('10-28', () => {
      collecting.screen(collecting.received({ of: 'all' }));
      collecting.draftProjects();
    }),
    autumn('11-06', () => collecting.answer(collecting.received({ of: 'all' }))),
    autumn('11-20', () => collecting.submit(places)),
    autumn('12-04', () =>
      office.both('congress', 'gov', { act: 'freeze-list', cycle: year, list: listOf(office, year) }),
    ),
    { at: at(year, '01-16'), do: () => vote(office, kind, decided, year < hallSince ? undefined : before) },
  ];
}

/** The congress votes: on paper as long as it has no hall, and then in one, whose bundle is brought to the register. */
function vote(
  office: SampleOffice,
  kind: SampleRegisterKind,
  decided: SampleYear,
  /** Graded in the same sitting; without it, there is no hall. */
  before: SampleYear | undefined,
): void {
  if (!before) voteOnPaper(office, decided);
  else office.takeSitting(decided.year, decided.roll, sittingOf(office, kind, decided, before));
}

function voteOnPaper(office: SampleOffice, { year, roll, present, votes, chosen }: SampleYear): void {
  office.both('congress', 'committee', {
    ...{ act: 'enter-paper-result', cycle: year, list: listOf(office, year) },
    ...{ roll, present, cast: present, sheet: office.scan() },
    votes: votes.map((each) => ({ ...each })),
    chosen: [...chosen],
    reason: '会场表决系统尚未启用，以无记名投票方式表决，监票人签字的计票单附后',
  });
}

/** The sitting in which the list of a year was decided, and the projects of the year before were graded. */
function sittingOf(
  { state }: SampleOffice,
  kind: SampleRegisterKind,
  { year, present, votes }: SampleYear,
  before: SampleYear,
): HeldSitting {
  const list = state.cycles.get(year)?.frozen?.list;
  const listBefore = state.cycles.get(before.year)?.frozen?.list;
  if (!list || !listBefore) throw new Error(`the list of ${year} is not frozen`);
  const graded = gradedProjects({ projects: toldOver(before), kind, year: before.year });
  return {
    ...{
      sitting: `${year}-1`,
      congress: list.congress,
      day: `${year}-01-16`,
      at: at(year, '01-16') - 2 * HOUR,
    },
    ...{ present, lists: [listBefore, list] },
    votes: [
      appraisalHeld(listBefore, graded, state.works.rules, present),
      selectionHeld(list, votes, present),
    ],
  };
}

/** Collecting goes on; two thirds have been looked at, a first batch was answered, another is drafted. */
function collectingYear(
  office: SampleOffice,
  kind: SampleRegisterKind,
  year: number,
  now: number,
  proposals: number,
): readonly Task[] {
  const { projects } = kind === CITY ? { projects: sampleProjects(year) } : yearOf(kind, year);
  const collecting = collectingOf(office, kind, year, projects);
  const from = now - 45 * DAY;
  return [
    { at: from, do: () => open(office, year, from, now + 12 * DAY) },
    ...collecting.tasks(from, 43 * DAY, proposals),
    {
      at: now - DAY,
      do: () => {
        collecting.draftProjects();
        const looked = collecting.received({ of: 'two-thirds' });
        collecting.screen(looked);
        const answered = looked.slice(0, Math.floor(looked.length * 0.7));
        collecting.answer(answered);
        collecting.submit(kind.list.places);
        collecting.decide(looked.slice(answered.length));
      },
    },
  ];
}

const collectingOf = (
  office: SampleOffice,
  { areas, bodies, list }: SampleRegisterKind,
  cycle: number,
  projects: SampleYear['projects'],
): SampleCollecting =>
  new SampleCollecting(office, drawing(list.seed + cycle), {
    cycle,
    projects,
    areas: areas.slice(1),
    bodies,
  });

function open(office: SampleOffice, cycle: number, from: number, to: number): void {
  office.as('congress', { act: 'open-cycle', cycle, from: office.day(from), to: office.day(to) });
}

/** The hash of the list of a year that was handed in, or is frozen. */
function listOf({ state }: SampleOffice, year: number): string {
  const cycle = state.cycles.get(year);
  return cycle?.frozen?.hash ?? (cycle && submittedHash(state, cycle)) ?? '';
}
