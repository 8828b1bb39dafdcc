import fc from 'fast-check';
import { expect, it } from 'vitest';
import { total } from '../../../shared/projects/money.ts';
import { REGISTER } from '../model/book.ts';
import { CYCLE } from '../model/testing/small-register.ts';
import { DOCUMENT_KINDS } from '../model/work/fields.ts';
import type { Work } from '../model/work/works.ts';
import type { NoticePaper, Paper } from '../papers/documents.ts';
import { readPaper } from '../papers/testing/read-paper.ts';
import { blocksOf } from './blocks.ts';
import { calendarOf } from './calendar.ts';
import { figuresOf } from './figures.ts';
import { documentId, unlike } from './make.ts';
import { type Notice, type NoticeWords, sectionOf } from './notice.ts';
import { figuresHash, noticeHash, noticeText, readNotice } from './notice-text.ts';
import { fitsPeriod, type NoticeAsk } from './period.ts';
import { chosenWorks, DAY_OF, type PlayedWorks, playedHalf, playedYear } from './testing/played-works.ts';
import { ASKS, april, made, sampleNotices } from './testing/sample-notices.ts';

const paperOf = (notice: Notice): NoticePaper => ({
  kind: 'notice',
  language: notice.language,
  issuer: '清河镇人民代表大会',
  date: notice.day,
  notice,
  hash: noticeHash(notice),
});

const SAMPLES = { zh: sampleNotices('zh'), en: sampleNotices('en') };
const sample = (kind: Notice['kind'], language: Notice['language']): Notice => {
  const found = SAMPLES[language].find((one) => one.kind === kind);
  if (!found) throw new Error('there is none');
  return found;
};

const squeezed = (paper: Paper) => readPaper(paper).text.replaceAll(/[\s\u00AD]/g, '');

it.each(DOCUMENT_KINDS)(
  'a %s has one spelling, is read back as it is, and a letter more makes another hash',
  (kind) => {
    for (const language of ['zh', 'en'] as const) {
      const notice = sample(kind, language);
      const text = noticeText(notice);
      expect(readNotice(text)).toEqual(notice);
      expect(readNotice(text.replace('\n', ' \n'))).toBeNull();
      expect(readNotice(text.replace('{', '{"more": 1,'))).toBeNull();
      const other = { ...notice, words: { ...notice.words, next: `${notice.words.next}。` } };
      expect(noticeHash(other)).not.toBe(noticeHash(notice));
      // Words are no figures: whoever edits them publishes the figures that were shown.
      expect(figuresHash(other)).toBe(figuresHash(notice));
    }
  },
);

it.each(DOCUMENT_KINDS)(
  'all figures of a %s are on paper, in both languages, with the hash of its text',
  (kind) => {
    for (const language of ['zh', 'en'] as const) {
      const notice = sample(kind, language);
      const text = squeezed(paperOf(notice));
      expect(text).toContain(noticeHash(notice));
      expect(text).toContain(notice.head.hash.slice(0, 16));
      for (const { heading, said, table } of blocksOf(notice))
        for (const one of [heading, ...said, ...(table?.rows.flat() ?? []), ...(table?.sums ?? [])])
          expect(text).toContain(one.replaceAll(/\s/g, ''));
    }
  },
);

it('a monthly notice names the late, compares with the month before, and says light by word and shape', () => {
  const notice = made(playedHalf(), ASKS['monthly-notice'], 'zh', null, april());
  const text = squeezed(paperOf(notice));
  expect(text).toContain('■红灯');
  expect(text).toContain('较上期');
  const lamps = sectionOf(notice, 'projects')?.lines.find(({ project }) => project === 'lamps');
  expect(lamps?.before?.permille).toBeLessThan(lamps?.permille ?? 0);
  expect(
    sectionOf(notice, 'late')?.lines.map(({ project, part, body, months }) => [project, part, body, months]),
  ).toEqual(['1', '2'].map((part) => ['shelters', part, 'transport', ['2027-04', '2027-05']]));
  // Decided after the notice of April: it is news; had it been before, it would not be told again.
  expect(sectionOf(notice, 'changes')?.lines).toMatchObject([{ project: 'shelters', kind: 'changed' }]);
  const later = made(playedHalf(), ASKS['monthly-notice'], 'zh', null, {
    ...notice,
    head: { ...notice.head, seq: 10_000 },
  });
  expect(sectionOf(later, 'changes')?.lines).toEqual([]);
});

it('a bulletin ranks by points behind, and tells each problem with its answer', () => {
  const notice = made(playedHalf(), ASKS['quarterly-bulletin']);
  const lines = sectionOf(notice, 'projects')?.lines ?? [];
  const points = lines.flatMap(({ planned, permille }) => (planned === null ? [] : [planned - permille]));
  expect(points).toEqual([...points].sort((a, b) => b - a));
  expect(lines.at(-1)?.project).toBe('lifts');
  expect(sectionOf(notice, 'findings')?.lines).toMatchObject([
    { finding: 'f2', state: 'answered', isPast: true, answer: '已列入整改，六月底前完成。' },
    { finding: 'f1', state: 'open', isPast: true, answer: null },
  ]);
});

it('a year’s report tells grades, what is not done and what shrank; a letter to whom, what, why and by when', () => {
  const year = playedYear();
  const annual = made(year, ASKS['annual-report']);
  expect(sectionOf(annual, 'grades')?.lines.map(({ graded }) => graded?.grade ?? null)).toEqual([
    ...['satisfied', 'basic', 'dissatisfied', 'satisfied'],
    null,
  ]);
  expect(sectionOf(annual, 'shrunk')?.lines).toMatchObject([
    { project: 'shelters', promised: { thousandths: 1_200_000 }, now: { thousandths: 900_000 } },
  ]);
  expect(sectionOf(annual, 'unfinished')?.lines).toHaveLength(10);
  const letter = squeezed(paperOf(made(year, ASKS['rectification-letter'])));
  expect(letter).toContain('镇社会事务办公室：');
  expect(letter).toContain('于2028年3月31日前作出书面说明');
  const nothing: NoticeAsk = { ...ASKS['rectification-letter'][0], project: 'lamps' };
  expect(figuresOf(nothing, year.ground('2028-01-22'))).toBeNull();
  const back = made(year, ASKS['look-back-report']);
  expect(sectionOf(back, 'look-backs')?.lines.map(({ visits }) => visits[0]?.works ?? null)).toEqual([
    ...['yes', 'partly'],
    ...[null, null, null],
  ]);
});

it('what a person writes is text, whatever it would be elsewhere', () => {
  const words: NoticeWords = {
    number: '=HYPERLINK("x")',
    preamble: '#eval("1+1") $x^2$ *b* _k_',
    problems: '<script>alert(1)</script>',
    next: '\\u{41} @ref <l> // no comment',
  };
  for (const notice of sampleNotices('zh', words))
    for (const strange of Object.values(words))
      expect(squeezed(paperOf(notice)).split(strange.replaceAll(/\s/g, '')).length - 1).toBe(1);
});

it('figures are those of a plain recount, whatever was reported', () => {
  const share = fc.record({
    project: fc.constantFrom('lamps', 'canteens', 'clinics'),
    part: fc.constantFrom('1', '2'),
    month: fc.constantFrom('2027-03', '2027-04', '2027-05'),
    permille: fc.nat(1000),
    paid: fc.nat(900),
  });
  fc.assert(
    fc.property(fc.array(share, { maxLength: 12 }), fc.boolean(), (reports, isLinked) => {
      const played = plannedWorks();
      for (const one of reports) reported(played, one);
      if (isLinked)
        played.on(
          '2027-06-06',
          { act: 'link', project: 'canteens', to: { register: 'city', project: 'x' } },
          'government',
        );
      recounted(made(played, ASKS['monthly-notice']), [...played.register.state().works.projects.values()]);
    }),
    { numRuns: 25 },
  );
});

function plannedWorks(): PlayedWorks {
  const played = chosenWorks();
  for (const { id, sheet } of played.register.state().works.projects.values())
    for (const part of sheet.parts) {
      const fen = total(part.funding);
      const months = [
        { month: '2027-03', permille: 300, fen: 0 },
        { month: '2027-08', permille: 1000, fen },
      ];
      played.on(
        '2027-02-10',
        { act: 'plan', project: id, part: part.id, months, safeguards: '' },
        'transport',
      );
    }
  return played;
}

function reported(
  { register, on }: PlayedWorks,
  {
    project,
    part,
    month,
    permille,
    paid,
  }: { project: string; part: string; month: string; permille: number; paid: number },
): void {
  const one = register
    .state()
    .works.projects.get(project)
    ?.sheet.parts.find(({ id }) => id === part);
  if (!one) throw new Error('there is no such part');
  const fen = total(one.funding);
  const done = Math.floor((one.target.thousandths * permille) / 1000);
  on(
    '2027-06-05',
    {
      ...{ act: 'report', project, part, month, done, words: '', reason: '更正' },
      ...{
        appropriated: Math.floor((fen * 95) / 100),
        paid: Math.floor((fen * paid) / 1000),
        evidence: ['a'.repeat(64)],
      },
    },
    'transport',
  );
}

/** Counted part by part, by hand. */
function recounted(notice: Notice, works: readonly Work[]): void {
  const sums = sectionOf(notice, 'sums');
  let [projects, parts, fen, appropriated, paid, done] = [0, 0, 0, 0, 0, 0];
  for (const work of works) {
    const line = sectionOf(notice, 'projects')?.lines.find(({ project }) => project === work.id);
    let [own, given, spent, ready] = [0, 0, 0, 0];
    for (const part of work.sheet.parts) {
      const its = work.parts.get(part.id);
      for (const each of part.funding) own += each.fen;
      const last = [...(its?.months.entries() ?? [])].sort(([a], [b]) => (a < b ? 1 : -1))[0]?.[1] ?? -1;
      const report = its?.reports.get(last);
      given += report?.appropriated ?? 0;
      spent += report?.paid ?? 0;
      if ((report?.done ?? 0) >= part.target.thousandths) ready += 1;
    }
    expect(line).toMatchObject({ fen: own, appropriated: given, paid: spent, done: ready, parts: 2 });
    if (work.shareOf) continue;
    [projects, parts, fen] = [projects + 1, parts + work.sheet.parts.length, fen + own];
    [appropriated, paid, done] = [appropriated + given, paid + spent, done + (ready === 2 ? 1 : 0)];
  }
  expect(sums).toMatchObject({ projects, parts, fen, appropriated, paid, done });
  const lit = Object.values(sums?.lights ?? {}).reduce((sum, n) => sum + n, 0);
  expect(lit).toBe(projects);
}

it('whoever folds the ledger up to the head that a document names has its figures, whatever came after', () => {
  const played = playedYear();
  const state = played.register.state();
  const vocabulary = played.ground('2028-01-25').vocabulary;
  const notice = made(played, ASKS['annual-report']);
  played.on(
    '2028-06-20',
    { act: 'link', project: 'clinics', to: { register: 'city', project: 'x' } },
    'government',
  );
  const till = (seq: number) => {
    const rows = played.register.rows.filter((row) => row.seq <= seq);
    const folded = rows.reduce((sofar, row) => REGISTER.fold(sofar, REGISTER.read(row)), REGISTER.empty());
    return { ...folded, vocabulary: { ...folded.vocabulary, ...vocabulary } };
  };
  expect(unlike(notice, till(notice.head.seq), null)).toBeNull();
  expect(notice.head.hash).toBe(state.head.hash);
  // Other figures, another title, or the ledger as it stood later: none is what the ledger says.
  expect(unlike(notice, till(notice.head.seq + 1), null)).toMatch(/^sections\./);
  expect(unlike({ ...notice, title: `${notice.title}！` }, till(notice.head.seq), null)).toBe('title');
  const [sums, ...others] = notice.sections;
  if (sums?.is !== 'sums') throw new Error('it begins with sums');
  const forged = { ...notice, sections: [{ ...sums, paid: sums.paid + 1 }, ...others] };
  expect(unlike(forged, till(notice.head.seq), null)).toBe('sections.0.paid');
});

it('the calendar names what is due and who owes it; what was published is due no more', () => {
  const played = playedHalf();
  const { works } = played.register.state();
  const on = (day: string) => calendarOf({ works, day, dayOf: DAY_OF });
  const june = on('2027-06-08');
  const due = (all: typeof june, what: string) => all.filter((one) => one.what === what);
  expect(due(june, 'report').map(({ about, owes, isPast }) => [about, owes, isPast])).toEqual(
    // Of the other part the plan is due first: it was changed.
    ['2027-04', '2027-05'].map((month) => [month, { is: 'body', body: 'transport' }, true]),
  );
  expect(due(june, 'plan')).toHaveLength(3);
  expect(due(june, 'finding')).toMatchObject([{ day: '2027-05-20', isPast: true, project: 'clinics' }]);
  expect(due(june, 'recheck')).toMatchObject([{ owes: { is: 'supervision-group' } }]);
  const documents = (day: string) =>
    due(on(day), 'document').map(({ document, isPast }) => [document?.period, isPast]);
  expect(documents('2027-06-08')).toEqual([
    ['2027-03', true],
    ['2027-Q1', true],
    ['2027-04', true],
    ['2027-05', false],
    ['2027-06', false],
    ['2027-Q2', false],
    ['2027', false],
  ]);
  const [ask] = ASKS['monthly-notice'];
  const files = { title: '公示', text: 'b'.repeat(64), pdf: 'c'.repeat(64) };
  played.on(
    '2027-06-09',
    { act: 'publish', document: documentId(ask, 1), ...ask, ...files, replaces: null },
    'congress',
  );
  const after = calendarOf({ works: played.register.state().works, day: '2027-06-09', dayOf: DAY_OF });
  expect(due(after, 'document').map(({ document }) => document?.period)).not.toContain('2027-05');
  const year = playedYear().register.state().works;
  const late = calendarOf({ works: year, day: '2028-04-02', dayOf: DAY_OF });
  expect(due(late, 'explanation')).toMatchObject([
    { day: '2028-03-31', isPast: true, owes: { body: 'education' } },
  ]);
  expect(due(late, 'look-back')).toHaveLength(3);
  expect(late.map(({ document }) => document?.kind)).toContain('rectification-letter');
  // What is open stays owed, however many years go by.
  const years = calendarOf({ works: year, day: '2031-04-02', dayOf: DAY_OF });
  expect(due(years, 'explanation')).toHaveLength(1);
  expect(due(years, 'look-back')).toEqual([]);
});

it('each kind has periods of its own', () => {
  const fits = (kind: NoticeAsk['kind'], period: string, project: string | null = null) =>
    fitsPeriod({ kind, cycle: CYCLE, period, project });
  expect([fits('monthly-notice', '2027-05'), fits('monthly-notice', '2027-13')]).toEqual([true, false]);
  expect([fits('quarterly-bulletin', '2027-Q4'), fits('quarterly-bulletin', '2027-Q5')]).toEqual([
    true,
    false,
  ]);
  expect([fits('annual-report', '2027'), fits('annual-report', '2028')]).toEqual([true, false]);
  expect([fits('look-back-report', '2028'), fits('look-back-report', '2027')]).toEqual([true, false]);
  expect([fits('rectification-letter', '2028-01', 'a'), fits('rectification-letter', '2028-01')]).toEqual([
    true,
    false,
  ]);
});
