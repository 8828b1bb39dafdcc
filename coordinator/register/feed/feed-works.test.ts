import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RegisterAct } from '../model/acts.ts';
import { REGISTER } from '../model/book.ts';
import { filesNamed } from '../model/feed-state.ts';
import { hash, type SmallRegister } from '../model/testing/small-register.ts';
import { plannedRegister, planOf, reportOf, twoParts } from '../model/testing/small-works.ts';
import { voiceFilesOf } from '../model/work/files.ts';
import { figuresOf } from './bundle/figures.ts';
import { ruleFault } from './bundle/rules.ts';
import { listsOf } from './files.ts';
import { emptyHistory, tell } from './history.ts';
import { feedLine } from './lines.ts';
import { FeedReader } from './read-feed.ts';

/** Something that somebody does with a project that was chosen: mostly what may be done. */
type Step = (register: SmallRegister, n: number) => void;

const lastReport = (register: SmallRegister): number =>
  register.state().works.projects.get('a')?.parts.get('1')?.latest?.seq ?? 0;

const months = fc.constantFrom('2027-03', '2027-04', '2027-05', '2027-06', '2027-07');
const done = fc.constantFrom(0, 500, 1000, 1500, 2000);

/** The day goes on by two weeks a step, and the clock with it. */
const dayOf = (n: number): string => new Date(Date.UTC(2027, 2, 15 + 14 * n)).toISOString().slice(0, 10);

function act(
  register: SmallRegister,
  n: number,
  by: string | null,
  asked: RegisterAct,
  second?: string,
): void {
  const day = dayOf(n);
  const ahead = Date.parse(`${day}T04:00:00Z`) - register.clock.wall();
  if (ahead > 0) register.clock.pass(ahead);
  register.act(asked, by, second, day);
}

const visit = (n: number, report: number, found: number | null): RegisterAct => ({
  ...{ act: 'visit', project: 'a', part: '1', visit: `v${n}`, day: dayOf(n), words: '' },
  figure: found === null ? { verdict: 'confirmed', report } : { verdict: 'disputed', report, found },
  photos: [hash(`photo${n}`)],
});

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(months, done).map(
      ([month, much]): Step =>
        (register, n) => {
          const evidence = [hash(`evidence${n}`)];
          act(
            register,
            n,
            'transport',
            reportOf(month, much, { reason: '更正', evidence, appropriated: 5, paid: 3 }),
          );
        },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constant<Step>((register, n) =>
      act(register, n, 'deputy-a', visit(n, lastReport(register), null)),
    ),
  },
  {
    weight: 2,
    arbitrary: done.map(
      (found): Step =>
        (register, n) =>
          act(register, n, 'deputy-b', visit(n, lastReport(register), found)),
    ),
  },
  fc.constant<Step>((register, n) => {
    const { dispute } = register.state().works.projects.get('a')?.parts.get('1') ?? {};
    const report = dispute?.report ?? 0;
    const settled = {
      act: 'settle-figure',
      project: 'a',
      part: '1',
      report,
      done: 700,
      words: '复核',
    } as const;
    act(register, n, 'committee', settled, 'congress');
  }),
  fc.constantFrom(1000, 3000).map(
    (thousandths): Step =>
      (register, n) => {
        const parts = twoParts.parts.map((each) =>
          each.id === '1' ? { ...each, target: { ...each.target, thousandths } } : each,
        );
        const decided: RegisterAct = {
          ...{ act: 'decide-change', project: 'a', kind: 'changed', request: null, reason: '调整' },
          ...{ sheet: { ...twoParts, parts }, decision: '决定', document: hash(`decision${n}`) },
        };
        act(register, n, 'committee', decided, 'congress');
        act(register, n, 'transport', planOf('1', 120_000_00));
      },
  ),
  fc.constantFrom('suspended' as const, 'resumed' as const).map(
    (kind): Step =>
      (register, n) => {
        const document = hash(`decision${n}`);
        const decided = {
          act: 'decide-change',
          project: 'b',
          kind,
          request: null,
          reason: '雨季',
          sheet: null,
        } as const;
        act(register, n, 'committee', { ...decided, decision: '决定', document }, 'congress');
      },
  ),
  fc.nat(50).map(
    (satisfied): Step =>
      (register, n) => {
        const counts = { satisfied, basic: 3, dissatisfied: 50 - satisfied, 'dont-know': 0 };
        const paper = {
          ...{ cycle: 2027, by: 'congress' as const, roll: 60, present: 58, cast: 58, reason: '纸质' },
          ...{ items: ['a', 'b'].map((project) => ({ project, ...counts })), sheet: hash(`grades${n}`) },
        };
        act(register, n, 'congress', { act: 'enter-paper-appraisal', paper }, 'congress-2');
      },
  ),
  fc.constantFrom({ register: 'city', project: 'x' }, null).map(
    (to): Step =>
      (register, n) =>
        act(register, n, 'government', { act: 'link', project: 'b', to }),
  ),
  fc.constant<Step>((register, n) => {
    const voice = `s${n}`;
    const said = {
      act: 'speak',
      project: 'a',
      part: '1',
      voice,
      kind: 'objection',
      words: hash(voice),
    } as const;
    act(register, n, null, { ...said, attachments: [hash(`voice${n}`)] });
    if (n % 2 === 0) act(register, n, 'congress', { act: 'clear-voice', voice, text: '路没修好' });
    if (n % 3 === 0) act(register, n, 'congress', { act: 'erase-voice', voice, reason: '本人要求' });
  }),
);

const came = { disputed: 0, settled: 0, changed: 0, graded: 0, linked: 0, voices: 0 };

it('whatever becomes of what was chosen, who reads the feed counts the same, and finds that all of it was by the rules', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { minLength: 5, maxLength: 25 }), (steps) => {
      const register = plannedRegister();
      for (const [n, step] of steps.entries()) step(register, n);
      const state = register.state();
      const lists = listsOf(state);
      const listOf = (name: string) => lists.get(name) ?? null;
      const reader = new FeedReader({ key: register.key.x });
      let history = emptyHistory();
      for (const row of register.rows.slice(0, state.feed.shown.seq)) {
        const taken = reader.take(feedLine(row));
        if (!taken.ok) throw new Error(taken.fault.text.en);
        const { entry } = taken;
        if (!entry) continue;
        // What was done before the clock went on was done on days that were said and not waited for.
        const isTimed = row.time > 1_800_100_000_000;
        if (isTimed) expect(ruleFault(history.register, entry, listOf)).toBeNull();
        const told = tell(history, entry, listOf);
        if (!told.ok) throw new Error(told.reason);
        history = told.history;
      }
      expect(JSON.stringify(history.register.works)).toBe(JSON.stringify(state.works));
      const figures = figuresOf(history);
      expect(figures?.works.fen).toBe(
        [...state.works.projects.values()]
          .filter(({ shareOf }) => shareOf === null)
          .flatMap(({ sheet }) => sheet.parts.flatMap(({ funding }) => funding))
          .reduce((sum, { fen }) => sum + fen, 0),
      );
      // Every file that everybody may see is named in the feed, and none that came with a voice.
      const named = new Set(register.rows.flatMap((row) => [...filesNamed(REGISTER.read(row).says)]));
      expect(state.feed.files.toArray()).toEqual([...named]);
      for (const file of voiceFilesOf(state.works)) expect(named.has(file)).toBe(false);
      const work = state.works.projects.get('a');
      came.disputed += work?.parts.get('1')?.dispute ? 1 : 0;
      came.settled += work?.parts.get('1')?.settled ? 1 : 0;
      came.changed += work?.changes.size ?? 0;
      came.graded += work?.appraisals.size ?? 0;
      came.linked += state.works.projects.get('b')?.shareOf ? 1 : 0;
      came.voices += state.works.voices.size;
    }),
    { numRuns: 60 },
  );
  for (const [what, times] of Object.entries(came))
    expect({ what, isThere: times > 0 }).toEqual({ what, isThere: true });
});
