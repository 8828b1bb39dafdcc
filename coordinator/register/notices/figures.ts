import { namesIn } from '../../../shared/projects/list.ts';
import type { ListNames } from '../../../shared/projects/list-shape.ts';
import type { Vocabulary } from '../model/gaps.ts';
import { explainDue } from '../model/work/duties.ts';
import { monthOf } from '../model/work/month.ts';
import { sumsOf } from '../model/work/sums.ts';
import { openRectification, type Work, type Works } from '../model/work/works.ts';
import { lateLines, named, projectLine, ranked, shrunkLines, unfinishedLines } from './lines.ts';
import { type Notice, type Section, type SectionOf, sectionOf } from './notice.ts';
import { monthsOf, type NoticeAsk } from './period.ts';

/** What a document's figures are computed from: a register's works, a day, and nothing that somebody typed. */
export interface Ground {
  readonly works: Works;
  readonly vocabulary: Vocabulary;
  /** The day where the register is. */
  readonly day: string;
  /** The day of a moment of the ledger, there. */
  readonly dayOf: (time: number) => string;
  /** The document of the same kind before this one; null where there is none. */
  readonly before: Notice | null;
}

type Make = (works: readonly Work[], ground: Ground, ask: NoticeAsk) => Section;

/** What every kind is made of, in the order in which it is read. */
const SECTIONS: { readonly [K in NoticeAsk['kind']]: readonly Make[] } = {
  'monthly-notice': [
    sums,
    (works, ground) => projects(works, ground, 'list'),
    late,
    (works, { day }) => unfinished(works, day, false),
    changes,
  ],
  'quarterly-bulletin': [sums, (works, ground) => projects(works, ground, 'behind'), late, findings, changes],
  'mid-year-report': [
    sums,
    (works, ground) => projects(works, ground, 'behind'),
    money,
    (works, { day }) => unfinished(works, day, false),
    late,
    findings,
    inspections,
    changes,
  ],
  'annual-report': [
    sums,
    grades,
    (works, ground) => projects(works, ground, 'list'),
    (works, { day }) => unfinished(works, day, true),
    money,
    changes,
    shrunk,
    findings,
    inspections,
  ],
  'rectification-letter': [rectification, (works, { day }) => unfinished(works, day, true)],
  'look-back-report': [lookBacks],
};

/** The projects that a document speaks of, in the order of their list; null where it speaks of none. */
export function worksOf({ cycle, project, kind }: NoticeAsk, works: Works): readonly Work[] | null {
  const found = [...works.projects.values()].filter(
    (work) => work.cycle === cycle && (project === null || work.id === project),
  );
  if (found.length === 0) return null;
  if (kind !== 'rectification-letter') return found;
  return found.every(openRectification) ? found : null;
}

/** The figures of a document; null where there is nothing that it could speak of. The same for the same ground, whoever computes them. */
export function figuresOf(
  ask: NoticeAsk,
  ground: Ground,
): { readonly names: ListNames; readonly sections: readonly Section[] } | null {
  const works = worksOf(ask, ground.works);
  if (!works) return null;
  const sheets = works.flatMap(({ sheet, promised }) => [{ sheet }, { sheet: promised }]);
  return {
    names: namesIn(sheets, ground.vocabulary),
    sections: SECTIONS[ask.kind].map((make) => make(works, ground, ask)),
  };
}

function sums(works: readonly Work[], { works: all, day }: Ground): SectionOf<'sums'> {
  const {
    projects: count,
    parts,
    fen,
    promisedFen,
    appropriated,
    paid,
    permille,
    ...rest
  } = sumsOf(works, all, day);
  const { lights, grades: graded, disputedParts, linked } = rest;
  return {
    is: 'sums',
    ...{ projects: count, parts, fen, promisedFen, appropriated, paid, permille, lights },
    ...{ grades: graded, disputedParts, linked: linked.projects },
    done: works.filter((work) => work.shareOf === null && isAllDone(work, all.rules, day)).length,
  };
}

const isAllDone = (work: Work, rules: Works['rules'], day: string): boolean => {
  const { parts, done } = projectLine(work, { rules, day }, undefined);
  return parts > 0 && parts === done;
};

function projects(
  works: readonly Work[],
  { works: { rules }, day, before }: Ground,
  order: 'list' | 'behind',
): SectionOf<'projects'> {
  const earlier = before && sectionOf(before, 'projects');
  const found = new Map(earlier?.lines.map((line) => [line.project, line]));
  const lines = works.map((work) => projectLine(work, { rules, day }, found.get(work.id)));
  return { is: 'projects', order, lines: order === 'list' ? lines : ranked(lines) };
}

function late(works: readonly Work[], { works: { rules }, day }: Ground): SectionOf<'late'> {
  return { is: 'late', lines: works.flatMap((work) => lateLines(work, { rules, day })) };
}

function unfinished(works: readonly Work[], day: string, all: boolean): SectionOf<'unfinished'> {
  return { is: 'unfinished', all, lines: works.flatMap((work) => unfinishedLines(work, day, all)) };
}

/** What is open, and what was closed within the period. */
function findings(works: readonly Work[], { day, dayOf }: Ground, ask: NoticeAsk): SectionOf<'findings'> {
  const [first] = monthsOf(ask);
  const lines = works.flatMap((work) =>
    [...work.findings.values()].flatMap((one) => {
      if (one.closed && monthOf(dayOf(one.closed.at)) < first) return [];
      const { finding, words, due, state } = one;
      const part = work.sheet.parts.find(({ id }) => id === one.part);
      return [
        {
          ...named(work),
          ...{ finding, words, found: dayOf(one.at), due },
          isPast: state !== 'closed' && due < day,
          state,
          body: part?.body ?? work.sheet.lead,
          answer: one.answers.last()?.words ?? null,
        },
      ];
    }),
  );
  return { is: 'findings', lines };
}

function inspections(
  works: readonly Work[],
  { works: all }: Ground,
  ask: NoticeAsk,
): SectionOf<'inspections'> {
  const [first, last] = monthsOf(ask);
  const lines = [...all.inspections.values()].flatMap(({ event, kind, day, title, words, projects: ids }) => {
    const of = works.filter(({ id }) => ids.includes(id)).map(named);
    if (of.length === 0 || monthOf(day) < first || monthOf(day) > last) return [];
    return [{ event, kind, day, title, words, projects: of }];
  });
  return { is: 'inspections', lines };
}

/** What was decided since the document before this one; at a year's half and end all of it. */
function changes(works: readonly Work[], { dayOf, before }: Ground): SectionOf<'changes'> {
  const since = before?.head.seq ?? 0;
  const lines = works.flatMap((work) =>
    [...work.changes].flatMap(({ kind, at, decision, reason, seq }) =>
      seq > since ? [{ ...named(work), kind, day: dayOf(at), decision, reason }] : [],
    ),
  );
  return { is: 'changes', lines };
}

function shrunk(works: readonly Work[]): SectionOf<'shrunk'> {
  return { is: 'shrunk', lines: works.flatMap(shrunkLines) };
}

function money(works: readonly Work[], { works: all, day }: Ground): SectionOf<'money'> {
  const { bySource, byYear } = sumsOf(works, all, day);
  const sorted = (of: Readonly<Record<string, number>>) =>
    Object.entries(of).sort(([one], [other]) => (one < other ? -1 : 1));
  const categories = [...new Set(works.map(({ sheet }) => sheet.category))].sort();
  return {
    is: 'money',
    sources: sorted(bySource).map(([source, fen]) => ({ source, fen })),
    years: sorted(byYear).map(([year, fen]) => ({ year: Number(year), fen })),
    categories: categories.map((category) => {
      const {
        projects: count,
        parts,
        fen,
        appropriated,
        paid,
        permille,
      } = sumsOf(
        works.filter(({ sheet }) => sheet.category === category),
        all,
        day,
      );
      return { category, projects: count, parts, fen, appropriated, paid, permille };
    }),
  };
}

function grades(works: readonly Work[]): SectionOf<'grades'> {
  const lines = works.map((work) => {
    const last = work.appraisals.last();
    if (!last) return { ...named(work), graded: null };
    const { appraisers: by, how, grade, cast, roll, proof } = last;
    const { satisfied, basic, dissatisfied, 'dont-know': dontKnow } = last.counts;
    return {
      ...named(work),
      graded: { by, how, grade, satisfied, basic, dissatisfied, dontKnow, cast, roll, proof },
    };
  });
  return { is: 'grades', lines };
}

function rectification(works: readonly Work[], { works: { rules }, dayOf }: Ground): Section {
  const [work] = works;
  const open = work && openRectification(work);
  if (!work || !open) throw new RangeError('there is nothing to rectify');
  const last = open.why === 'dissatisfied' ? work.appraisals.last() : undefined;
  return {
    is: 'rectification',
    ...named(work),
    lead: work.sheet.lead,
    why: open.why,
    since: dayOf(open.since),
    due: explainDue(open, rules, dayOf),
    counts: last
      ? {
          satisfied: last.counts.satisfied,
          basic: last.counts.basic,
          dissatisfied: last.counts.dissatisfied,
          cast: last.cast,
        }
      : null,
    orders: open.ordered.map(({ at, words, due }) => ({ day: dayOf(at), words, due })),
    explanations: open.explanations.length,
  };
}

function lookBacks(works: readonly Work[], _ground: Ground, { period }: NoticeAsk): SectionOf<'look-backs'> {
  const lines = works.map((work) => ({
    ...named(work),
    lead: work.sheet.lead,
    visits: [...work.lookBacks.values()].flatMap(({ day, works: does, users, words }) =>
      day.startsWith(period) ? [{ day, works: does, users, words }] : [],
    ),
  }));
  return { is: 'look-backs', lines };
}
