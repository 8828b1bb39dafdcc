/** Published documents, for `independent-register.mjs`: made again from `notice.md` and `feed.md` alone. */
import { must, sha256 } from './independent-belenios.mjs';
import { words } from './independent-forms.mjs';
import {
  fundingOf,
  isDone,
  lightOf,
  lightOfPart,
  monthBefore,
  overdue,
  permilleOf,
  stageOf,
  sum,
  worksFigures,
} from './independent-works.mjs';

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const FIELDS = ['document', 'kind', 'cycle', 'period', 'project', 'title', 'replaces'];
const COMPARED = ['monthly-notice', 'quarterly-bulletin'];
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** The day of a moment in a time zone. */
function dayOf(time, timeZone) {
  const parts = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, calendar: 'gregory', year: 'numeric', month: '2-digit', day: '2-digit' },
  }).formatToParts(time);
  const of = (type) => parts.find((each) => each.type === type).value;
  return `${of('year')}-${of('month')}-${of('day')}`;
}
const daysLater = (day, days) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86400000).toISOString().slice(0, 10);

function fits({ kind, cycle, period, project }) {
  if ((kind === 'rectification-letter') !== (project !== null)) return false;
  if (kind === 'monthly-notice' || kind === 'rectification-letter') return MONTH.test(period);
  if (kind === 'quarterly-bulletin') return /^\d{4}-Q[1-4]$/.test(period);
  if (kind === 'look-back-report') return /^\d{4}$/.test(period) && Number(period) > cycle;
  return period === String(cycle);
}

/** The first and the last month of a period. */
function monthsOf({ kind, period }) {
  const year = period.slice(0, 4);
  const quarter = Number(period.split('-Q')[1] ?? 0);
  const two = (n) => `${year}-${String(n).padStart(2, '0')}`;
  if (quarter > 0) return [two(quarter * 3 - 2), two(quarter * 3)];
  if (MONTH.test(period)) return [period, period];
  return [two(1), two(kind === 'mid-year-report' ? 6 : 12)];
}

function titleOf({ kind, cycle, period, language }, work) {
  const year = period.slice(0, 4);
  const x = year === String(cycle) ? `${year}年` : `${cycle}年（${year}年）`;
  const [n, quarter] = [Number(period.slice(5, 7)), Number(period.slice(6, 7))];
  const named = work && (work.sheet.title[language] ?? work.sheet.title.zh);
  const also = Number(year) === cycle + 1 ? '' : `（${year}年）`;
  const [zh, en] = {
    'monthly-notice': [`${x}民生实事项目${n}月进展公示`, `Notice for ${MONTHS[n - 1]} ${year}`],
    'quarterly-bulletin': [
      `${x}第${'一二三四'[quarter - 1]}季度民生实事项目通报`,
      `Bulletin for ${period.replace('-', ' ')}`,
    ],
    'mid-year-report': [`${cycle}年民生实事项目年中报告`, 'Mid-year Report'],
    'annual-report': [`${cycle}年民生实事项目年度报告`, 'Year-end Report'],
    'look-back-report': [`${cycle}年度民生实事项目回头看报告${also}`, `Looked Back at in ${period}`],
    'rectification-letter': [`关于“${named}”项目的整改函`, `Letter of Rectification: ${named}`],
  }[kind];
  if (language === 'zh') return zh;
  return kind === 'rectification-letter' ? en : `Livelihood Projects of ${cycle}: ${en}`;
}

function documentOf({ kind, cycle, period, project }, alike) {
  const year = period.startsWith(String(cycle)) ? [] : [cycle];
  const whole = [kind, ...year, period, ...(project === null ? [] : [project])].join('-');
  const short = whole.length > 58 ? `${whole.slice(0, 49)}-${sha256(whole).slice(0, 8)}` : whole;
  return alike > 0 ? `${short}.${alike + 1}` : short;
}

function namesOf(works, vocabulary) {
  const sheets = works.flatMap(({ sheet, promised }) => [sheet, promised]);
  const parts = sheets.flatMap((sheet) => sheet.parts);
  const used = {
    categories: sheets.map(({ category }) => category),
    bodies: [...sheets.flatMap(({ lead, co }) => [lead, ...co]), ...parts.map(({ body }) => body)],
    areas: parts.map(({ area }) => area),
    sources: parts.flatMap(({ funding }) => funding.map(({ source }) => source)),
  };
  return Object.fromEntries(
    Object.entries(used).map(([what, ids]) => [
      what,
      [...new Set(ids)].sort().flatMap((id) => {
        const found = vocabulary[what].find((each) => each.id === id);
        return found ? [{ id, name: found.name }] : [];
      }),
    ]),
  );
}

// ---- Sections ---------------------------------------------------------------------------------------------------

const partsOf = ({ sheet, parts }) => sheet.parts.map((of) => ({ of, its: parts.get(of.id) }));
const named = ({ id, sheet }) => ({ project: id, title: sheet.title });
const partNamed = (work, of) => ({ ...named(work), part: of.id, called: of.title });
const linesOf = (works, make) => works.flatMap((work) => make(work));

function because(work, { rules, day }) {
  if (work.standing !== 'running') return work.standing;
  const light = lightOf(work, rules, day);
  const found = partsOf(work).find(({ of, its }) => lightOfPart(of, its, rules, day) === light);
  if (!found) return 'no-plan';
  const { of, its } = found;
  if (!its.plan) return 'no-plan';
  if (isDone(of, its)) return 'done';
  if (day > of.finish) return 'past-deadline';
  if (light === 'grey') return 'report-overdue';
  if (!its.latest) return 'not-begun';
  return light === 'green' ? 'on-time' : 'behind';
}

function mean(work, permilleOfPart) {
  const parts = partsOf(work);
  const isWeighed = parts.some(({ of }) => fundingOf(of) > 0);
  let [reached, whole] = [0n, 0n];
  for (const { of, its } of parts) {
    const weight = BigInt(isWeighed ? fundingOf(of) : 1);
    reached += BigInt(permilleOfPart(of, its)) * weight;
    whole += weight;
  }
  return whole === 0n ? 0 : Number(reached / whole);
}

function plannedOf(work, { rules, day }) {
  if (work.sheet.parts.length === 0 || partsOf(work).some(({ its }) => !its.plan)) return null;
  const due = monthBefore(day, Number(day.slice(8)) > rules.reportDay ? 1 : 2);
  return mean(work, (_, its) => {
    const at = its.latest && its.latest.month > due ? its.latest.month : due;
    return its.plan.months.filter((each) => each.month <= at).at(-1)?.permille ?? 0;
  });
}

function projectLine(work, ground) {
  const { rules, day, before } = ground;
  const parts = partsOf(work);
  const latest = parts.flatMap(({ its }) => its.latest ?? []);
  const earlier = before?.sections
    .find((section) => section.is === 'projects')
    .lines.find((line) => line.project === work.id);
  return {
    ...named(work),
    lead: work.sheet.lead,
    stage: stageOf(work),
    light: lightOf(work, rules, day),
    because: because(work, ground),
    permille: mean(work, permilleOf),
    planned: plannedOf(work, ground),
    fen: sum(parts.map(({ of }) => fundingOf(of))),
    appropriated: sum(latest.map((report) => report.appropriated)),
    paid: sum(latest.map((report) => report.paid)),
    finish:
      parts
        .map(({ of }) => of.finish)
        .sort()
        .at(-1) ?? null,
    parts: parts.length,
    done: parts.filter(({ of, its }) => isDone(of, its)).length,
    disputed: parts.filter(({ its }) => its.dispute).length,
    isShare: work.shareOf !== null,
    before: earlier ? { light: earlier.light, permille: earlier.permille } : null,
  };
}

const MAKE = {
  sums(works, { rules, day }) {
    const of = worksFigures(works, rules, day);
    const own = works.filter((work) => !work.shareOf);
    return {
      ...{ projects: of.projects, parts: of.parts, fen: of.fen, promisedFen: of.promisedFen },
      ...{ appropriated: of.appropriated, paid: of.paid, permille: of.permille },
      ...{ lights: of.lights, grades: of.grades },
      done: own.filter(
        (work) => work.sheet.parts.length > 0 && partsOf(work).every(({ of, its }) => isDone(of, its)),
      ).length,
      ...{ disputedParts: of.disputedParts, linked: of.linked.projects },
    };
  },
  projects(works, ground, { kind }) {
    const order = kind === 'quarterly-bulletin' || kind === 'mid-year-report' ? 'behind' : 'list';
    const lines = works.map((work) => projectLine(work, ground));
    const place = ({ stage, planned, permille }) => {
      if (stage === 'suspended' || stage === 'ended') return -3000;
      return planned === null ? -2000 : planned - permille;
    };
    return { order, lines: order === 'list' ? lines : lines.sort((a, b) => place(b) - place(a)) };
  },
  late: (works, { rules, day }) => ({
    lines: linesOf(works, (work) =>
      partsOf(work).flatMap(({ of, its }) => {
        const months = overdue(its, rules, day);
        if (work.standing !== 'running' || isDone(of, its) || months.length === 0) return [];
        return [{ ...partNamed(work, of), body: of.body, months }];
      }),
    ),
  }),
  unfinished(works, { day }, { kind }) {
    const all = kind === 'annual-report' || kind === 'rectification-letter';
    const lines = linesOf(works, (work) =>
      partsOf(work).flatMap(({ of, its }) => {
        const isPast = work.standing === 'running' && of.finish < day;
        if (work.standing === 'ended' || isDone(of, its) || !(all || isPast)) return [];
        return [{ ...partNamed(work, of), body: of.body, finish: of.finish, permille: permilleOf(of, its) }];
      }),
    );
    return { all, lines };
  },
  findings(works, { day, dayAt }, ask) {
    const [first] = monthsOf(ask);
    const lines = linesOf(works, (work) =>
      [...work.findings].flatMap(([finding, one]) => {
        if (one.state === 'closed' && dayAt(one.closedAt).slice(0, 7) < first) return [];
        const { due, state } = one;
        return [
          {
            ...named(work),
            ...{ finding, words: one.words, found: dayAt(one.time), due },
            ...{ isPast: state !== 'closed' && due < day, state },
            body: work.sheet.parts.find((of) => of.id === one.part)?.body ?? work.sheet.lead,
            answer: one.answer,
          },
        ];
      }),
    );
    return { lines };
  },
  inspections(works, { events }, ask) {
    const [first, last] = monthsOf(ask);
    const lines = [...events.values()].flatMap(({ event, kind, day, title, words: said, projects }) => {
      const those = works.filter(({ id }) => projects.includes(id)).map(named);
      const month = day.slice(0, 7);
      if (those.length === 0 || month < first || month > last) return [];
      return [{ event, kind, day, title, words: said, projects: those }];
    });
    return { lines };
  },
  changes: (works, { before, dayAt }) => ({
    lines: linesOf(works, (work) =>
      work.changes
        .filter(({ seq }) => seq > (before?.head.seq ?? 0))
        .map(({ kind, time, decision, reason }) => ({
          ...named(work),
          kind,
          day: dayAt(time),
          decision,
          reason,
        })),
    ),
  }),
  shrunk: (works) => ({
    lines: linesOf(works, (work) =>
      work.promised.parts.flatMap((was) => {
        const now = work.sheet.parts.find((of) => of.id === was.id);
        const isLess =
          !now ||
          now.target.unit !== was.target.unit ||
          now.target.thousandths < was.target.thousandths ||
          now.finish > was.finish;
        const told = ({ target: { thousandths, unit }, finish }) => ({ thousandths, unit, finish });
        return isLess ? [{ ...partNamed(work, was), promised: told(was), now: now ? told(now) : null }] : [];
      }),
    ),
  }),
  money(works, { rules, day }) {
    const { bySource, byYear } = worksFigures(works, rules, day);
    const categories = [...new Set(works.map(({ sheet }) => sheet.category))].sort();
    return {
      sources: Object.keys(bySource)
        .sort()
        .map((source) => ({ source, fen: bySource[source] })),
      years: Object.keys(byYear)
        .sort()
        .map((year) => ({ year: Number(year), fen: byYear[year] })),
      categories: categories.map((category) => {
        const those = works.filter(({ sheet }) => sheet.category === category);
        const { projects, parts, fen, appropriated, paid, permille } = worksFigures(those, rules, day);
        return { category, projects, parts, fen, appropriated, paid, permille };
      }),
    };
  },
  grades: (works) => ({
    lines: works.map((work) => ({ ...named(work), graded: work.appraisals.at(-1) ?? null })),
  }),
  rectification([work], { rules, dayAt }) {
    const { open, sheet } = work;
    const since = dayAt(open.since);
    const { satisfied, basic, dissatisfied, cast } = work.appraisals.at(-1) ?? {};
    return {
      ...named(work),
      ...{ lead: sheet.lead, why: open.why, since },
      due: open.orders.at(-1)?.due ?? daysLater(since, rules.explainDays),
      counts: open.why === 'dissatisfied' ? { satisfied, basic, dissatisfied, cast } : null,
      orders: open.orders.map(({ time, words: said, due }) => ({ day: dayAt(time), words: said, due })),
      explanations: open.explanations,
    };
  },
  'look-backs': (works, _, { period }) => ({
    lines: works.map((work) => ({
      ...named(work),
      lead: work.sheet.lead,
      visits: [...work.lookBacks.values()].filter(({ day }) => day.slice(0, 4) === period),
    })),
  }),
};

const SECTIONS = {
  'monthly-notice': ['sums', 'projects', 'late', 'unfinished', 'changes'],
  'quarterly-bulletin': ['sums', 'projects', 'late', 'findings', 'changes'],
  'mid-year-report': [
    ...['sums', 'projects', 'money', 'unfinished', 'late', 'findings', 'inspections', 'changes'],
  ],
  'annual-report': [
    ...['sums', 'grades', 'projects', 'unfinished', 'money', 'changes', 'shrunk', 'findings', 'inspections'],
  ],
  'rectification-letter': ['rectification', 'unfinished'],
  'look-back-report': ['look-backs'],
};

// ---- A document -------------------------------------------------------------------------------------------------

/** Documents by the hash of their text; of what is none, nothing is thrown before an entry names it. */
export function documentsIn(files) {
  const found = new Map();
  for (const [name, bytes] of files)
    if (/^attachments\/[0-9a-f]{64}\.json$/.test(name)) {
      const text = bytes.toString('utf8');
      try {
        found.set(sha256(bytes), { text, notice: JSON.parse(text) });
      } catch {
        found.set(sha256(bytes), { text, notice: null });
      }
    }
  return found;
}

/** That the document which an entry publishes is what the ledger said behind the head that it names. */
export function mustBeComputed(says, time, { documents, begun, hashes, thenAt }) {
  const { text, notice } = documents.get(says.text) ?? {};
  if (text === undefined) return;
  must(notice?.format === 'hallvote-notice 1' && text === text.normalize('NFC'), 'no document');
  must(
    same(
      FIELDS.map((name) => notice[name]),
      FIELDS.map((name) => says[name]),
    ),
    'the document says otherwise',
  );
  must(fits(says) && ['zh', 'en'].includes(notice.language), 'a period that does not fit');
  const { head, day, timezone, language } = notice;
  const then = head?.seq < says.seq ? thenAt(head.seq) : null;
  must(then && hashes[head.seq] === head.hash, 'the document names another head');
  const dayAt = (at) => dayOf(at, timezone);
  must(day >= dayAt(then.time) && day <= dayAt(time), 'the document names another day');
  const alike = (of) =>
    [...then.documents.values()].filter((each) =>
      ['kind', 'cycle', 'period', 'project'].every((name) => each[name] === of[name]),
    );
  const holding = (of) => {
    const all = alike(of);
    return all.find((each) => !all.some((one) => one.replaces === each.document)) ?? null;
  };
  let before = null;
  if (COMPARED.includes(says.kind)) {
    const periods = [...then.documents.values()]
      .filter((each) => each.kind === says.kind && each.cycle === says.cycle && each.period < says.period)
      .map((each) => each.period);
    before = periods.length > 0 ? holding({ ...says, period: periods.sort().at(-1) }) : null;
  }
  const earlier = before && documents.get(before.text)?.notice;
  if (before && !earlier) return;
  const works = [...then.projects.values()].filter(
    (work) => work.cycle === says.cycle && (says.project === null || work.id === says.project),
  );
  must(works.length > 0 && (says.project === null || works[0].open), 'nothing of which it could speak');
  const ground = { rules: then.rules, events: then.events, day, dayAt, before: earlier };
  const { words: said } = notice;
  const bounds = { number: 60, preamble: 4000, problems: 8000, next: 8000 };
  must(
    same(Object.keys(said), Object.keys(bounds)) &&
      Object.entries(bounds).every(([name, most]) => words(0, most)(said[name])),
    'words out of bounds',
  );
  const again = {
    ...{ format: 'hallvote-notice 1', register: begun.register, congress: begun.congress },
    document: documentOf(says, alike(says).length),
    ...{ kind: says.kind, cycle: says.cycle, period: says.period, project: says.project },
    replaces: holding(says)?.document ?? null,
    language,
    title: titleOf({ ...says, language }, says.project === null ? null : works[0]),
    ...{ timezone, day, head: { seq: head.seq, hash: head.hash } },
    before: before && { document: before.document, text: before.text },
    rules: then.rules,
    names: namesOf(works, then.vocabulary),
    sections: SECTIONS[says.kind].map((is) => ({ is, ...MAKE[is](works, ground, says) })),
    words: said,
  };
  for (const name of Object.keys(again))
    must(same(again[name], notice[name]), `${name} of ${says.document}: not what the ledger says`);
  must(
    text === `${JSON.stringify(again, null, 2).normalize('NFC')}\n`,
    `${says.document} in another spelling`,
  );
}
