/** Projects that are carried out, for `independent-register.mjs`: forms, rules and figures, written from `feed.md` alone. */
import { must } from './independent-belenios.mjs';
import {
  date,
  distinct,
  either,
  id,
  integer,
  is,
  like,
  list,
  oneOf,
  ordered,
  shown,
  words,
} from './independent-forms.mjs';

// ---- Forms ------------------------------------------------------------------------------------------------------

const hash = like(/^[0-9a-f]{64}$/);
const key = like(/^[A-Za-z0-9_-]{43}$/);
const year = integer(1954, 2200);
const month = like(/^\d{4}-(0[1-9]|1[0-2])$/);
const count = integer(0);
const done = integer(0, 1e12);
const fen = integer(0, 1e13);
const text = words(1, 2000);
const text0 = words(0, 2000);
const files = list(hash, 0, 20);
const bool = oneOf(true, false);
const orNull = (form) => either(is(null), form);
const part = integer(1, 1000);
const threshold = (value) =>
  ordered({ kind: oneOf('more-than', 'at-least'), num: part, den: part })(value) && value.num <= value.den;
const sheetPart = ordered({
  ...{ id, title: words(1, 200), body: id, area: id, place: words(0, 200) },
  target: ordered({ thousandths: integer(1, 1e12), unit: words(1, 20) }),
  ...{ finish: date, funding: list(ordered({ source: id, year, fen }), 0, 50) },
});
const sheet = ordered({
  ...{ title: shown, summary: shown, category: id, lead: id, co: list(id, 0, 20) },
  ...{ content: words(0, 4000), beneficiaries: words(0, 200) },
  ...{ parts: list(sheetPart, 0, 200), from: list(id, 0, 500) },
});
const change = { project: id, kind: oneOf('changed', 'suspended', 'resumed', 'ended'), sheet: orNull(sheet) };
const items = list(
  ordered({ project: id, satisfied: count, basic: count, dissatisfied: count, 'dont-know': count }),
  1,
  100,
);
const graded = {
  ...{ cycle: year, by: oneOf('congress', 'standing-committee') },
  ...{ roll: integer(1), present: count, cast: count, items },
};
const KINDS = ['monthly-notice', 'quarterly-bulletin', 'mid-year-report', 'annual-report'];

/** The members of each type, in order. */
export const WORK_MEMBERS = {
  'rules-set': {
    rules: ordered({
      ...{ yellow: integer(1, 1000), red: integer(1, 1000), reportDay: integer(1, 28) },
      ...{ satisfied: threshold, acceptable: threshold, basis: oneOf('cast', 'roll') },
      explainDays: integer(1, 365),
    }),
  },
  planned: {
    ...{ project: id, part: id },
    months: list(ordered({ month, permille: integer(0, 1000), fen }), 1, 120),
    ...{ safeguards: text0, body: id },
  },
  reported: {
    ...{ project: id, part: id, month, done, appropriated: fen, paid: fen },
    ...{ words: text0, evidence: files, reason: orNull(text), body: id },
  },
  'group-appointed': {
    ...{ project: id, committee: words(1, 100) },
    members: list(ordered({ id, name: words(1, 60) }), 1, 50),
  },
  visited: {
    ...{ project: id, part: id, visit: id, day: date },
    figure: either(
      is(null),
      ordered({ verdict: is('confirmed'), report: count }),
      ordered({ verdict: is('disputed'), report: count, found: done }),
    ),
    ...{ words: text0, photos: files },
  },
  'figure-settled': { project: id, part: id, report: count, done, words: text },
  found: {
    ...{ project: id, finding: id, part: orNull(id), words: text, due: date },
    ...{ photos: files, voice: orNull(id) },
  },
  'finding-answered': { project: id, finding: id, words: text, evidence: files, body: id },
  'finding-returned': { project: id, finding: id, words: text, due: date },
  'finding-closed': { project: id, finding: id, words: text },
  inspected: {
    ...{ event: id, kind: oneOf('inquiry', 'inspection', 'hearing'), projects: list(id, 1, 100) },
    ...{ day: date, title: words(1, 200), words: text0, documents: list(hash, 1, 20) },
  },
  reminded: { project: id, part: id, month },
  'change-asked': { ...change, request: id, reason: text, documents: files },
  'change-refused': { project: id, request: id, reason: text },
  'change-decided': {
    ...{ ...change, request: orNull(id), reason: text, decision: words(1, 200), document: hash },
  },
  appraised: {
    appraisal: ordered({
      ...{ ...graded, list: hash, congress: words(1, 2000), hall: id, sitting: id },
      ...{ manifest: hash, key, round: words(1, 140), byHand: bool, secret: bool },
    }),
  },
  'appraised-on-paper': { paper: ordered({ ...graded, sheet: hash, reason: text }) },
  'rectification-ordered': { project: id, words: text, due: date },
  explained: {
    ...{ project: id, kind: oneOf('explanation', 'rectification'), words: text },
    ...{ evidence: files, body: id },
  },
  'rectification-accepted': { project: id, words: text, document: orNull(hash) },
  'looked-back': {
    ...{ project: id, lookBack: id, day: date, works: oneOf('yes', 'partly', 'no') },
    ...{ users: text0, words: text0, photos: files },
  },
  published: {
    ...{ document: id, kind: oneOf(...KINDS, 'rectification-letter', 'look-back-report'), cycle: year },
    ...{ period: like(/^\d{4}(-(0[1-9]|1[0-2])|-Q[1-4])?$/), project: orNull(id) },
    ...{ title: words(1, 200), text: hash, pdf: hash, replaces: orNull(id) },
  },
  spoken: {
    ...{ project: id, part: id, voice: id, kind: oneOf('comment', 'objection') },
    ...{ words: hash, attachments: list(hash, 0, 5) },
  },
  'voice-cleared': { voice: id, text },
  'voice-answered': { voice: id, words: text },
  'voice-erased': { voice: id, reason: text },
  linked: { project: id, to: orNull(ordered({ register: id, project: id })) },
};

const OFFICE = ['congress-office'];
const OFFICES = ['congress-office', 'government-office'];
const DEPARTMENT = ['department'];
const GROUP = ['supervision-group', 'deputy'];
const COMMITTEE = ['standing-committee'];

export const WORK_WHO = {
  'appraised-on-paper': [OFFICE, ['congress-office', 'standing-committee']],
  ...Object.fromEntries(
    ['planned', 'reported', 'finding-answered', 'explained'].map((type) => [type, [DEPARTMENT]]),
  ),
  ...Object.fromEntries(['group-appointed', 'appraised', 'published'].map((type) => [type, [OFFICE]])),
  ...Object.fromEntries(
    ['visited', 'found', 'finding-returned', 'finding-closed'].map((type) => [type, [GROUP]]),
  ),
  ...Object.fromEntries(
    ['figure-settled', 'change-decided', 'rectification-accepted'].map((type) => [type, [COMMITTEE, OFFICE]]),
  ),
  'change-refused': [COMMITTEE],
  'rectification-ordered': [COMMITTEE],
  inspected: [[...OFFICE, ...COMMITTEE]],
  ...Object.fromEntries(['reminded', 'voice-cleared', 'linked'].map((type) => [type, [OFFICES]])),
  'change-asked': [['government-office']],
  'looked-back': [[...GROUP, ...OFFICE]],
  spoken: [['public']],
  'voice-answered': [[...DEPARTMENT, ...OFFICES, 'supervision-group']],
  'voice-erased': [['congress-office', 'administrator']],
};

/** The files that an entry names. */
export function namedBy(type, says) {
  if (type === 'appraised-on-paper') return [says.paper.sheet];
  if (type === 'published') return [says.text, says.pdf];
  const { evidence = [], photos = [], documents = [], document } = type === 'spoken' ? {} : says;
  const one = ['change-decided', 'rectification-accepted'].includes(type) && document ? [document] : [];
  return [...evidence, ...photos, ...documents, ...one];
}

// ---- Figures ----------------------------------------------------------------------------------------------------

export const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);
export const fundingOf = ({ funding }) => sum(funding.map((line) => line.fen));
const reaches = (votes, basis, { kind, num, den }) =>
  votes > 0 && (kind === 'more-than' ? votes * den > basis * num : votes * den >= basis * num);
export const monthBefore = (day, months) => {
  const all = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 - months;
  return `${Math.floor(all / 12)}-${String((all % 12) + 1).padStart(2, '0')}`;
};
const newPart = () => ({
  plan: null,
  reports: new Map(),
  months: new Map(),
  latest: null,
  dispute: null,
  confirmed: 0,
  settled: null,
});

function countsAs({ latest, dispute, settled }) {
  if (!latest) return { done: 0, isSure: false };
  if (dispute) return { done: Math.min(latest.done, dispute.found), isSure: false };
  if (settled?.report === latest.seq) return { done: settled.done, isSure: true };
  return { done: latest.done, isSure: null };
}
export const permilleOf = (of, its) =>
  Math.min(1000, Math.floor((countsAs(its).done * 1000) / of.target.thousandths));
export const isDone = (of, its) => countsAs(its).done >= of.target.thousandths;

export function overdue({ plan, months }, rules, day) {
  const last = monthBefore(day, Number(day.slice(8)) > rules.reportDay ? 1 : 2);
  return (plan?.months ?? []).map((each) => each.month).filter((each) => each <= last && !months.has(each));
}

export function lightOfPart(of, its, rules, day) {
  if (!its.plan) return 'none';
  if (isDone(of, its)) return 'green';
  if (day > of.finish) return 'red';
  if (overdue(its, rules, day).length > 0) return 'grey';
  if (!its.latest) return 'green';
  const planned = its.plan.months.filter((each) => each.month <= its.latest.month).at(-1)?.permille ?? 0;
  const behind = planned - permilleOf(of, its);
  if (behind >= rules.red) return 'red';
  return behind >= rules.yellow ? 'yellow' : 'green';
}

export function lightOf(work, rules, day) {
  if (work.standing !== 'running') return 'none';
  const lights = work.sheet.parts.map((of) => lightOfPart(of, work.parts.get(of.id), rules, day));
  return ['red', 'grey', 'yellow', 'green', 'none'].find((light) => lights.includes(light)) ?? 'none';
}

export function stageOf({ standing, sheet: holds, parts, appraisals, lookBacks, open }) {
  if (standing !== 'running') return standing;
  if (appraisals.length > 0) return lookBacks.size > 0 && !open ? 'closed' : 'appraised';
  const all = holds.parts.map((of) => ({ of, its: parts.get(of.id) }));
  const isUnderWay = all.some(({ its }) => its.latest);
  if (!all.every(({ its }) => its.plan && !its.plan.isStale)) return isUnderWay ? 'under-way' : 'chosen';
  if (!all.every(({ of, its }) => isDone(of, its))) return isUnderWay ? 'under-way' : 'planned';
  const isVerified = all.every(({ its }) => countsAs(its).isSure ?? its.confirmed === its.latest.seq);
  return isVerified ? 'verified' : 'reported-done';
}

function tally(values, start = {}) {
  const counts = { ...start };
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

export function worksFigures(works, rules, day) {
  const own = works.filter((work) => !work.shareOf);
  const shares = works.filter((work) => work.shareOf);
  const parts = own.flatMap((work) => work.sheet.parts.map((of) => ({ of, its: work.parts.get(of.id) })));
  const lines = parts.flatMap(({ of }) => of.funding);
  const by = (name) => {
    const sums = {};
    for (const line of lines) sums[line[name]] = (sums[line[name]] ?? 0) + line.fen;
    return sums;
  };
  const latest = parts.flatMap(({ its }) => its.latest ?? []);
  const isWeighed = parts.some(({ of }) => fundingOf(of) > 0);
  const weights = parts.map(({ of }) => BigInt(isWeighed ? fundingOf(of) : 1));
  const whole = weights.reduce((all, one) => all + one, 0n);
  const reached = parts.reduce((all, { of, its }, i) => all + BigInt(permilleOf(of, its)) * weights[i], 0n);
  const all = shares.flatMap((work) => work.sheet.parts);
  return {
    projects: own.length,
    parts: parts.length,
    fen: sum(parts.map(({ of }) => fundingOf(of))),
    promisedFen: sum(own.flatMap((work) => work.promised.parts.map(fundingOf))),
    bySource: by('source'),
    byYear: by('year'),
    appropriated: sum(latest.map((report) => report.appropriated)),
    paid: sum(latest.map((report) => report.paid)),
    permille: whole === 0n ? 0 : Number(reached / whole),
    lights: tally(
      own.map((work) => lightOf(work, rules, day)),
      { green: 0, yellow: 0, red: 0, grey: 0, none: 0 },
    ),
    stages: tally(own.map(stageOf)),
    grades: tally(
      own.flatMap((work) => work.appraisals.slice(-1)).map((each) => each.grade),
      { satisfied: 0, basic: 0, dissatisfied: 0 },
    ),
    disputedParts: parts.filter(({ its }) => its.dispute).length,
    linked: { projects: shares.length, parts: all.length, fen: sum(all.map(fundingOf)) },
  };
}

// ---- Rules ------------------------------------------------------------------------------------------------------

const USUAL = {
  ...{ yellow: 100, red: 300, reportDay: 5 },
  satisfied: { kind: 'more-than', num: 1, den: 2 },
  acceptable: { kind: 'more-than', num: 1, den: 2 },
  ...{ basis: 'cast', explainDays: 60 },
};
const FROM = {
  changed: ['running', 'suspended'],
  suspended: ['running'],
  resumed: ['suspended'],
  ended: ['running', 'suspended'],
};
const STANDING = { suspended: 'suspended', resumed: 'running', ended: 'ended' };
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** The days on which a moment is somewhere on earth. */
const daysAt = (time) =>
  [-12, 0, 14].map((hours) => new Date(time + hours * 3600000).toISOString().slice(0, 10));

/** What has become of the projects that were chosen. `register` knows cycles, vocabulary and its own name. */
export class Works {
  constructor(register) {
    this.register = register;
    this.rules = USUAL;
    this.projects = new Map();
    this.events = new Map();
    this.documents = new Map();
    this.voices = new Map();
    this.manifests = new Set();
  }

  begin(name, cycle, promised) {
    this.projects.set(name, {
      ...{ id: name, cycle, promised, sheet: promised, standing: 'running', group: [], shareOf: null },
      parts: new Map(promised.parts.map((of) => [of.id, newPart()])),
      ...{ visits: new Set(), findings: new Map(), requests: new Map(), appraisals: [] },
      ...{ changes: [], lookBacks: new Map(), open: null },
    });
  }

  entry(says, time) {
    const work = 'project' in says && says.project !== null ? this.projects.get(says.project) : undefined;
    must(!('project' in says) || says.project === null || work, 'no project that was chosen');
    const days = daysAt(time);
    const faults = days.map((day) => this.fault(says, work, day));
    must(faults.includes(null), faults[0]);
    this[says.typ](says, work, time);
  }

  /** Why an entry may not stand there on that day; null where it may. */
  fault(says, work, day) {
    try {
      this.mayStand(says, work, day);
      return null;
    } catch (error) {
      return error.message;
    }
  }

  mayStand(says, work, day) {
    const { typ, by } = says;
    const of =
      work && typeof says.part === 'string' ? work.sheet.parts.find((each) => each.id === says.part) : null;
    const its = of ? work.parts.get(says.part) : null;
    const isInGroup = () => work.group.includes(by.id);
    if (work && typeof says.part === 'string') must(of, 'no part of the project');
    switch (typ) {
      case 'rules-set':
        return must(says.rules.yellow < says.rules.red, 'rules that run backwards');
      case 'planned': {
        must(work.standing !== 'ended' && says.body === of.body, 'ended, or another body');
        must(!its.plan || its.plan.isStale || !its.latest, 'the plan is fixed');
        const { months } = says;
        must(
          months.every(
            (each, i) =>
              i === 0 ||
              (months[i - 1].month < each.month &&
                months[i - 1].permille <= each.permille &&
                months[i - 1].fen <= each.fen),
          ),
          'a plan that falls',
        );
        const reached = months.find((each) => each.permille === 1000);
        must(reached && reached.month <= of.finish.slice(0, 7), 'a plan that is late');
        return must(months.at(-1).fen === fundingOf(of), 'a plan for other money');
      }
      case 'reported': {
        must(work.standing !== 'ended' && says.body === of.body, 'ended, or another body');
        must(its.plan && !its.plan.isStale, 'no plan that holds');
        must(says.month <= day.slice(0, 7) && says.month >= its.plan.months[0].month, 'a month out of place');
        must(says.paid <= says.appropriated && says.appropriated <= fundingOf(of), 'money that cannot be');
        const earlier = [...its.months.keys()]
          .filter((each) => each < says.month)
          .sort()
          .at(-1);
        const last = its.reports.get(its.months.get(earlier));
        const isLess = last && ['done', 'paid', 'appropriated'].some((name) => says[name] < last[name]);
        must(says.reason !== null || !(isLess || its.months.has(says.month)), 'a reason is missing');
        return must(says.done < of.target.thousandths || says.evidence.length > 0, 'done without evidence');
      }
      case 'visited': {
        must(isInGroup() && !work.visits.has(says.visit) && says.day <= day, 'no visit of the group');
        if (!says.figure) return undefined;
        const report = its.reports.get(says.figure.report);
        must(report && report.by !== by.id, 'no report of another');
        return must(
          says.figure.verdict === 'confirmed' || says.figure.found !== report.done,
          'the same figure',
        );
      }
      case 'figure-settled':
        return must(its.dispute?.report === says.report, 'not in dispute');
      case 'found':
        must(!work.findings.has(says.finding) && isInGroup() && says.due >= day, 'no finding of the group');
        return must(
          says.voice === null || this.voices.get(says.voice)?.project === says.project,
          'no such voice',
        );
      case 'finding-answered': {
        const found = work.findings.get(says.finding);
        must(found && found.state !== 'closed', 'no open finding');
        const where = work.sheet.parts.find((each) => each.id === found.part);
        return must(says.body === (where?.body ?? work.sheet.lead), 'another body');
      }
      case 'finding-returned':
      case 'finding-closed':
        must(
          work.findings.get(says.finding)?.state === 'answered' && isInGroup(),
          'nothing that was answered',
        );
        return must(typ === 'finding-closed' || says.due >= day, 'due before the day');
      case 'inspected':
        must(!this.events.has(says.event) && says.day <= day, 'no new event');
        return must(
          says.projects.every((each) => this.projects.has(each)),
          'a project that is not there',
        );
      case 'reminded':
        return must(overdue(its, this.rules, day).includes(says.month), 'nothing is overdue');
      case 'change-asked':
        must(!work.requests.has(says.request), 'asked before');
        return this.mayChange(says, work);
      case 'change-refused':
        return must(work.requests.get(says.request) === 'open', 'no open request');
      case 'change-decided':
        must(says.request === null || work.requests.get(says.request) === 'open', 'no open request');
        return this.mayChange(says, work);
      case 'appraised':
      case 'appraised-on-paper':
        return this.mayGrade(says.appraisal ?? says.paper, typ === 'appraised');
      case 'rectification-ordered':
        return must(says.due >= day && work.standing !== 'ended', 'due before the day, or ended');
      case 'explained':
        return must(work.open && says.body === work.sheet.lead, 'nothing to put right, or another body');
      case 'rectification-accepted':
        return must(work.open?.explanations > 0, 'nothing was explained');
      case 'looked-back':
        must(!work.lookBacks.has(says.lookBack) && says.day <= day, 'no new look');
        must(Number(says.day.slice(0, 4)) > work.cycle, 'too early');
        return must(by.role === 'congress-office' || isInGroup(), 'not of the group');
      case 'published': {
        must(!this.documents.has(says.document), 'published before');
        const alike = [...this.documents.values()].filter((each) =>
          ['kind', 'cycle', 'period', 'project'].every((name) => each[name] === says[name]),
        );
        const holds = alike.find((each) => !alike.some((one) => one.replaces === each.document));
        return must((holds?.document ?? null) === says.replaces, 'it replaces another');
      }
      case 'spoken':
        return must(!this.voices.has(says.voice), 'spoken before');
      case 'voice-cleared':
      case 'voice-answered':
      case 'voice-erased':
        return must(this.voices.get(says.voice)?.erased === false, 'no such voice');
      case 'linked':
        return must(says.to?.register !== this.register.begun.register, 'linked to itself');
      default:
        return undefined;
    }
  }

  mayChange({ kind, sheet: to }, work) {
    must(FROM[kind].includes(work.standing), 'not from there');
    must((kind === 'changed') === (to !== null), 'a sheet is missing, or needless');
    if (!to) return;
    const known = Object.fromEntries(
      Object.entries(this.register.vocabulary).map(([name, all]) => [
        name,
        Array.isArray(all) ? all.map((each) => each.id) : [],
      ]),
    );
    const { parts } = to;
    must(to.content !== '' && to.beneficiaries !== '' && parts.length > 0, 'an empty sheet');
    must(
      sum(parts.map(fundingOf)) > 0 && sum(parts.map(fundingOf)) <= 10_000_000_000_000,
      'no money, or more than can be',
    );
    must(distinct(parts.map((each) => each.id)), 'a part twice');
    must(known.categories.includes(to.category), 'an unknown category');
    must(
      [to.lead, ...to.co, ...parts.map((each) => each.body)].every((each) => known.bodies.includes(each)) &&
        parts.every(
          (each) =>
            known.areas.includes(each.area) &&
            each.funding.every((line) => known.sources.includes(line.source)),
        ),
      'an unknown body, area or source',
    );
    for (const [name, its] of work.parts)
      must(!its.latest || parts.some((each) => each.id === name), 'a part with reports is gone');
  }

  mayGrade(of, isByHall) {
    const cycle = this.register.cycles.get(of.cycle);
    must(cycle?.decided, 'the cycle is not decided');
    if (isByHall) {
      must(of.congress === this.register.begun.congress.zh && of.list === cycle.frozen.hash, 'another list');
      must(!this.manifests.has(of.manifest), 'the bundle was counted before');
    }
    must(distinct(of.items.map((each) => each.project)), 'a project twice');
    for (const each of of.items) {
      const work = this.projects.get(each.project);
      must(work?.cycle === of.cycle && work.standing !== 'ended', 'a project of another cycle, or ended');
      must(
        each.satisfied + each.basic + each.dissatisfied + each['dont-know'] <= of.cast,
        'counts that cannot be',
      );
    }
    must(of.cast <= of.present && of.present <= of.roll, 'counts that cannot be');
  }

  'rules-set'({ rules }) {
    this.rules = rules;
  }

  planned({ part: of, months }, work) {
    work.parts.get(of).plan = { months, isStale: false };
  }

  reported({ part: of, seq, by, ...says }, work) {
    const its = work.parts.get(of);
    const report = { ...says, seq, by: by.id };
    its.reports.set(seq, report);
    its.months.set(says.month, seq);
    if (!its.latest || its.latest.month <= says.month) its.latest = report;
  }

  'group-appointed'({ members }, work) {
    work.group = members.map((each) => each.id);
  }

  visited({ visit, part: of, figure }, work) {
    work.visits.add(visit);
    if (!figure) return;
    const its = work.parts.get(of);
    const { report, found } = figure;
    const isLater = (one, other) => {
      const [month, than] = [its.reports.get(one).month, its.reports.get(other).month];
      return month > than || (month === than && one > other);
    };
    const isPast = its.confirmed !== 0 && isLater(its.confirmed, report);
    if (figure.verdict === 'confirmed') {
      if (!isPast) its.confirmed = report;
      if (its.dispute && !isLater(its.dispute.report, report)) its.dispute = null;
    } else if (!isPast) {
      its.dispute = { report, found };
      if (its.confirmed === report) its.confirmed = 0;
    }
  }

  'figure-settled'({ part: of, report, done: settled }, work) {
    Object.assign(work.parts.get(of), { settled: { report, done: settled }, dispute: null });
  }

  found({ finding, part: of, words: said, due }, work, time) {
    work.findings.set(finding, { part: of, words: said, due, time, state: 'open', answer: null });
  }

  'finding-answered'({ finding, words: answer }, work) {
    Object.assign(work.findings.get(finding), { state: 'answered', answer });
  }

  'finding-returned'({ finding, due }, work) {
    Object.assign(work.findings.get(finding), { state: 'open', due });
  }

  'finding-closed'({ finding }, work, time) {
    Object.assign(work.findings.get(finding), { state: 'closed', closedAt: time });
  }

  inspected(says) {
    this.events.set(says.event, says);
  }

  reminded() {}

  'change-asked'({ request }, work) {
    work.requests.set(request, 'open');
  }

  'change-refused'({ request }, work) {
    work.requests.set(request, 'refused');
  }

  'change-decided'({ seq, kind, sheet: to, request, reason, decision }, work, time) {
    work.changes.push({ seq, kind, time, decision, reason });
    if (request !== null) work.requests.set(request, 'decided');
    work.standing = STANDING[kind] ?? work.standing;
    if (!to) return;
    const depends = (of) => of && [of.target, of.finish, of.funding, of.body];
    for (const of of to.parts) {
      const before = work.sheet.parts.find((each) => each.id === of.id);
      const its = work.parts.get(of.id);
      if (!its) work.parts.set(of.id, newPart());
      else if (its.plan && !same(depends(before), depends(of))) its.plan.isStale = true;
    }
    work.sheet = to;
  }

  appraised({ appraisal }, _work, time) {
    this.manifests.add(appraisal.manifest);
    this.grade(appraisal, 'bundle', appraisal.manifest, time);
  }

  'appraised-on-paper'({ paper }, _work, time) {
    this.grade(paper, 'paper', paper.sheet, time);
  }

  grade({ items: all, by, cast, roll }, how, proof, time) {
    const { satisfied, acceptable, basis } = this.rules;
    const whole = basis === 'roll' ? roll : cast;
    for (const each of all) {
      const isBasic = reaches(each.satisfied + each.basic, whole, acceptable);
      const grade = reaches(each.satisfied, whole, satisfied)
        ? 'satisfied'
        : isBasic
          ? 'basic'
          : 'dissatisfied';
      const work = this.projects.get(each.project);
      const { satisfied: yes, basic, dissatisfied, 'dont-know': dontKnow } = each;
      work.appraisals.push({
        ...{ by, how, grade, satisfied: yes, basic, dissatisfied, dontKnow, cast, roll, proof },
      });
      if (grade !== 'dissatisfied') work.open = null;
      else work.open ??= { why: 'dissatisfied', since: time, orders: [], explanations: 0 };
    }
  }

  'rectification-ordered'({ words: said, due }, work, time) {
    work.open ??= { why: 'ordered', since: time, orders: [], explanations: 0 };
    work.open.orders.push({ time, words: said, due });
  }

  explained(_says, work) {
    work.open.explanations += 1;
  }

  'rectification-accepted'(_says, work) {
    work.open = null;
  }

  'looked-back'({ lookBack, day, works, users, words: said }, work) {
    work.lookBacks.set(lookBack, { day, works, users, words: said });
  }

  published(says) {
    this.documents.set(says.document, says);
  }

  spoken({ voice, project }) {
    this.voices.set(voice, { project, erased: false });
  }

  'voice-cleared'() {}
  'voice-answered'() {}

  'voice-erased'({ voice }) {
    this.voices.get(voice).erased = true;
  }

  linked({ to }, work) {
    work.shareOf = to;
  }
}
