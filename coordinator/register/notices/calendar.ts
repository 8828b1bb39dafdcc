import type { Text } from '../../../shared/protocol/ids.ts';
import { dutiesOf, explainDue } from '../model/work/duties.ts';
import { dayAfter, dueDayOf, firstDay, monthAfter, monthOf } from '../model/work/month.ts';
import { openRectification, type PublishedDocument, type Work, type Works } from '../model/work/works.ts';
import { monthsOf, type NoticeAsk } from './period.ts';

/** Who owes something: an office or the group by its role, a body by its name. */
export type Owes =
  | { readonly is: 'body'; readonly body: string }
  | { readonly is: 'congress-office' | 'standing-committee' | 'supervision-group' };

/** Something that is due: on which day, of what, and who owes it. */
export interface Due {
  readonly what:
    | 'document'
    | 'plan'
    | 'report'
    | 'finding'
    | 'recheck'
    | 'request'
    | 'explanation'
    | 'acceptance'
    | 'look-back';
  readonly cycle: number;
  /** Null where no day is set. */
  readonly day: string | null;
  readonly isPast: boolean;
  readonly owes: Owes;
  /** The project and the part that it is of. */
  readonly project: string | null;
  readonly title: Text | null;
  readonly part: string | null;
  /** A month that was not reported; the words of what was found. */
  readonly about: string;
  /** The document that is to be made, and since when it can be. */
  readonly document: (NoticeAsk & { readonly opens: string }) | null;
}

/** What is to be done next shows so many days before it can be. */
const AHEAD_DAYS = 31;
/** Notices follow so many days after the day on which reports are due. */
const AFTER_REPORTS = 5;
/** A letter follows an appraisal within so many days. */
const LETTER_DAYS = 15;

interface Asked {
  readonly works: Works;
  readonly day: string;
  readonly dayOf: (time: number) => string;
}

/**
 * What is due on `day`, and what comes next: documents of this year and the last, and whatever is still owed of any project,
 * however old it is; the oldest day first.
 */
export function calendarOf(asked: Asked): readonly Due[] {
  const { works, day } = asked;
  const all = [...works.projects.values()];
  const recent = all.filter(({ cycle }) => isRecent(cycle, day));
  const cycles = [...new Set(recent.map(({ cycle }) => cycle))];
  return [
    ...cycles.flatMap((cycle) =>
      documentsOf(
        cycle,
        recent.filter((work) => work.cycle === cycle),
        asked,
      ),
    ),
    ...all.flatMap((work) => duesOf(work, asked)),
  ].sort((one, other) => (one.day ?? day).localeCompare(other.day ?? day));
}

/** 翌年回头看 is the last that is made of a year. */
const isRecent = (cycle: number, day: string): boolean => cycle >= Number(day.slice(0, 4)) - 1;

/** The document of the kind and period that holds; null where none was published. */
export function publishedOf(
  { documents }: Pick<Works, 'documents'>,
  ask: NoticeAsk,
): PublishedDocument | null {
  const same = [...documents.values()].filter(
    (one) =>
      one.kind === ask.kind &&
      one.period === ask.period &&
      one.project === ask.project &&
      one.cycle === ask.cycle,
  );
  return same.find((one) => !same.some(({ replaces }) => replaces === one.document)) ?? null;
}

/** What a notice or a bulletin is compared with: that of the last period before that was published, as it holds; null where there is none. */
export function publishedBefore(works: Pick<Works, 'documents'>, ask: NoticeAsk): PublishedDocument | null {
  if (ask.kind !== 'monthly-notice' && ask.kind !== 'quarterly-bulletin') return null;
  const periods = [...works.documents.values()].flatMap(({ kind, cycle, period }) =>
    kind === ask.kind && cycle === ask.cycle && period < ask.period ? [period] : [],
  );
  const last = periods.sort().at(-1);
  return last === undefined ? null : publishedOf(works, { ...ask, period: last });
}

/** 四个一 of a cycle: the months in which something is planned, each quarter, half and whole year; and, the year after, what is looked back at. */
function documentsOf(cycle: number, works: readonly Work[], { works: all, day }: Asked): Due[] {
  const planned = works.flatMap(({ parts }) =>
    [...parts.values()].flatMap(({ plan }) => plan?.months[0]?.month ?? []),
  );
  const first = planned.sort()[0] ?? null;
  const whole = String(cycle);
  const asks: [NoticeAsk, string][] = [];
  const add = (kind: NoticeAsk['kind'], period: string, due: string) =>
    asks.push([{ kind, cycle, period, project: null }, due]);
  const afterReports = (month: string) => dayAfter(dueDayOf(month, all.rules.reportDay), AFTER_REPORTS);
  for (let n = 1; first !== null && n <= 12; n += 1) {
    const month = `${cycle}-${String(n).padStart(2, '0')}`;
    if (month < first) continue;
    add('monthly-notice', month, afterReports(month));
    if (n % 3 === 0) add('quarterly-bulletin', `${cycle}-Q${n / 3}`, afterReports(month));
  }
  add('mid-year-report', whole, `${cycle}-07-31`);
  add('annual-report', whole, `${cycle + 1}-01-31`);
  add('look-back-report', String(cycle + 1), `${cycle + 1}-12-31`);
  return asks.flatMap(([ask, due]) => {
    // What is looked back at is reported when somebody has been there, at any time of the year.
    const opens = firstDay(
      ask.kind === 'look-back-report' ? `${cycle + 1}-01` : monthAfter(monthsOf(ask)[1]),
    );
    if (publishedOf(all, ask) || opens > dayAfter(day, AHEAD_DAYS)) return [];
    return [
      {
        ...{ what: 'document' as const, cycle, day: due, isPast: due < day, about: '' },
        owes: { is: 'congress-office' as const },
        ...{ project: null, title: null, part: null },
        document: { ...ask, opens },
      },
    ];
  });
}

/** All that is owed of one project. */
function duesOf(work: Work, asked: Asked): Due[] {
  const { works, day, dayOf } = asked;
  const { rules } = works;
  const body = (id: string): Owes => ({ is: 'body', body: id });
  const due = (what: Due['what'], on: string | null, owes: Owes, more: Partial<Due> = {}): Due => ({
    ...{ what, cycle: work.cycle, day: on, isPast: on !== null && on < day, owes },
    ...{ project: work.id, title: work.sheet.title, part: null, about: '', document: null },
    ...more,
  });
  const partOf = (id: string | null) => work.sheet.parts.find((part) => part.id === id)?.title ?? null;
  // What bodies see on their own page, without reports that are still to come.
  const owed = dutiesOf(work, rules, day, dayOf).filter(({ kind, isLate }) =>
    kind === 'report' ? isLate && work.appraisals.isEmpty() : kind !== 'plan' || work.appraisals.isEmpty(),
  );
  const ofBodies = owed.map(({ kind, due: until, part, month, finding, ...duty }) =>
    due(kind, until, body(duty.body), {
      part: partOf(part),
      about: month ?? work.findings.get(finding ?? '')?.words ?? '',
    }),
  );
  const ofAnswers = [...work.findings.values()].flatMap(({ state, words }) =>
    state === 'answered' ? [due('recheck', null, { is: 'supervision-group' }, { about: words })] : [],
  );
  const ofRequests = [...work.requests.values()].flatMap(({ answer, reason }) =>
    answer ? [] : [due('request', null, { is: 'standing-committee' }, { about: reason })],
  );
  return [...ofBodies, ...ofAnswers, ...ofRequests, ...ofRectification(), ...ofLookBack()];

  function ofRectification(): Due[] {
    const open = openRectification(work);
    if (!open) return [];
    const since = dayOf(open.since);
    // The letter that was sent since, of whichever month it is.
    const isSent = [...works.documents.values()].some(
      ({ kind, project, at }) => kind === 'rectification-letter' && project === work.id && at >= open.since,
    );
    const ask = {
      kind: 'rectification-letter',
      cycle: work.cycle,
      period: monthOf(day),
      project: work.id,
    } as const;
    const letter = dayAfter(since, LETTER_DAYS);
    return [
      ...(isSent
        ? []
        : [due('document', letter, { is: 'congress-office' }, { document: { ...ask, opens: since } })]),
      ...(owed.some(({ kind }) => kind === 'explanation')
        ? []
        : [due('acceptance', explainDue(open, rules, dayOf), { is: 'standing-committee' })]),
    ];
  }

  function ofLookBack(): Due[] {
    const year = work.cycle + 1;
    if (work.standing === 'ended' || !work.lookBacks.isEmpty()) return [];
    if (!isRecent(work.cycle, day) || day < firstDay(`${year}-01`)) return [];
    return [due('look-back', `${year}-12-31`, { is: 'supervision-group' })];
  }
}
