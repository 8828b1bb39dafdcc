import fc from 'fast-check';
import { expect, it } from 'vitest';
import { begun, WALK_START, walk, walkStep } from '../../model/testing/any-walk.ts';
import { DAY, type SmallRegister, smallRegister } from '../../model/testing/small-register.ts';
import type { Work } from '../../model/work/works.ts';
import { lookOf } from '../frame.ts';
import { type PublicRegister, publicProposal, publicRegister } from '../public-register.ts';
import { YEAR_STEPS } from '../testing/a-year.ts';
import { carryOut, workStep } from '../testing/any-work.ts';
import { anySheet, decidedRegister, voteOnFrozen } from '../testing/decided-register.ts';
import { codesOf, judge } from '../testing/oc4ids-standard.ts';
import { oc4idsPackage } from './package.ts';
import { CO_BODY } from './parties.ts';
import { NO_TERMS, type OpenDataTerms, SHARE_OF } from './project.ts';
import { PROJECT_SECTORS } from './sectors.ts';
import type { Package, Project } from './shape.ts';

const BASE = 'https://register.example/';
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

function viewOf(register: SmallRegister): PublicRegister {
  const view = publicRegister(register.state(), DAY, (one) => publicProposal(one, dayOf));
  if (!view) throw new Error('the register has not begun');
  return view;
}

/** As it is read: what JSON does not carry is gone. */
function packageOf(view: PublicRegister, language: 'zh' | 'en' = 'zh', terms = NO_TERMS): Package | null {
  const made = oc4idsPackage(lookOf(view, language, '/'), terms, BASE);
  return made && JSON.parse(JSON.stringify(made));
}

/** Nothing is wrong, unknown, or twice; no code is missing from a list, but ours in lists that are open. */
function expectStandard(data: unknown): void {
  const { wrong, unknown, twice, codes } = judge(data);
  expect({ wrong, unknown, twice }).toEqual({ wrong: [], unknown: [], twice: [] });
  const own = codes.filter(({ isListed }) => !isListed);
  const allowed = ({ list, code, isOpen }: (typeof own)[number]) =>
    isOpen &&
    ((list === 'partyRole.csv' && code === CO_BODY) ||
      (list === 'relatedProject.csv' && code === SHARE_OF) ||
      (['classificationScheme.csv', 'relatedProjectScheme.csv'].includes(list) &&
        code.startsWith('x-hallvote-')));
  expect(own.filter((each) => !allowed(each))).toEqual([]);
}

const fenOf = ({ amount }: { readonly amount: number }): number => Math.round(amount * 100);
const sum = (all: readonly number[]) => all.reduce((a, b) => a + b, 0);

/** Every figure of a project is what a plain recount of its parts gives. */
function expectRecounted(view: PublicRegister, project: Project): void {
  const id = project.identifiers[0]?.id ?? '';
  const parts = view.works.projects.get(id)?.sheet.parts ?? [];
  const lines = parts.flatMap(({ funding }) => funding);
  const all = sum(lines.map(({ fen }) => fen));
  expect(fenOf(project.budget.amount)).toBe(all);
  for (const { id: by, budgetBreakdown } of project.budget.budgetBreakdowns ?? [])
    expect({ by, fen: sum(budgetBreakdown.map(({ amount }) => fenOf(amount))) }).toEqual({ by, fen: all });
  const money = project.forecasts?.find((each) => each.id === 'financialProgress')?.observations ?? [];
  const years = money.filter((each) => /^\d{4}$/.test(each.id));
  for (const { id: year, value } of years)
    expect(value && fenOf(value)).toBe(
      sum(lines.filter((line) => String(line.year) === year).map(({ fen }) => fen)),
    );
  expect(sum(years.map(({ value }) => (value ? fenOf(value) : 0)))).toBe(all);
}

const wholeYear = () => {
  const register = smallRegister();
  for (const { by, second, act } of YEAR_STEPS) register.act(act(register), by, second);
  return viewOf(register);
};

/** Judges what is published of `view`, in both languages, and counts its money again. @returns how many projects it has. */
function expectPublished(view: PublicRegister): number {
  const chosen = [...view.projects.values()].filter(({ vote }) => vote?.isChosen);
  for (const language of ['zh', 'en'] as const) {
    const made = packageOf(view, language);
    expect(made?.projects.length ?? 0).toBe(chosen.length);
    if (!made) continue;
    expectStandard(made);
    for (const project of made.projects) expectRecounted(view, project);
  }
  return chosen.length;
}

it('whatever anybody does, what is chosen is a valid OC4IDS package by the published schema and code lists', () => {
  let projects = 0;
  fc.assert(
    fc.property(WALK_START, fc.array(walkStep, { minLength: 20, maxLength: 60 }), (start, steps) => {
      const register = begun(start);
      for (const one of steps) walk(register, one);
      voteOnFrozen(register, (at) => at === 0);
      projects += expectPublished(viewOf(register));
    }),
    { numRuns: 40 },
  );
  expect(projects).toBeGreaterThan(5);
});

it('whatever a project promises, the money in the package is that of its parts, to the fen', () => {
  const sheets = fc.array(anySheet, { minLength: 2, maxLength: 4 });
  fc.assert(
    fc.property(sheets, (all) => {
      expect(expectPublished(viewOf(decidedRegister(all, all.length - 1)))).toBe(all.length - 1);
    }),
    { numRuns: 40 },
  );
});

it('however a project fares, its package is valid, its money that of its parts as they stand now, and its metrics what was reported', () => {
  const came = new Map<string, number>();
  const count = (what: string) => came.set(what, (came.get(what) ?? 0) + 1);
  const all = [
    ...['a document', 'a share', 'approval met', 'assessment met', 'cancelled', 'completion'],
    ...['delivery met', 'delivery notMet', 'delivery partiallyMet', 'delivery scheduled'],
    ...['implementation', 'maintenance', 'preparation'],
  ];
  // Chance may leave something out; not so often.
  for (let tries = 0; tries === 0 || (tries < 5 && came.size < all.length); tries += 1)
    fc.assert(
      fc.property(
        fc.array(anySheet, { minLength: 2, maxLength: 3 }),
        fc.array(workStep, { minLength: 10, maxLength: 60 }),
        (sheets, steps) => {
          const register = decidedRegister(sheets, sheets.length - 1);
          carryOut(register, steps);
          const view = viewOf(register);
          expectPublished(view);
          for (const project of packageOf(view)?.projects ?? []) {
            const work = view.works.projects.get(project.identifiers[0]?.id ?? '');
            if (!work) throw new Error('nothing is carried out that was not chosen');
            expectReported(work, project);
            count(project.status);
            const decided = project.documents.filter(({ id }) => id.startsWith('decision-'));
            expect(decided).toHaveLength(work.changes.size);
            if (project.relatedProjects) count('a share');
            if (project.completion) count('completion');
            if (project.documents.some(({ id }) => id.startsWith('document-'))) count('a document');
            for (const { type, status } of project.milestones) count(`${type} ${status}`);
          }
        },
      ),
      { numRuns: 150 },
    );
  expect([...came.keys()].sort()).toEqual(all);
});

/** What a project's metrics say is what its reports say that hold, each of a month once. */
function expectReported(work: Work, project: Project): void {
  const [physical, financial] = (['physicalProgress', 'financialProgress'] as const).map(
    (id) => project.metrics?.find((each) => each.id === id)?.observations ?? [],
  );
  for (const [part, { months, reports, latest }] of work.parts) {
    const said = (kind: string) =>
      [...(physical ?? [])].filter(({ dimensions }) => dimensions?.part === part && dimensions.kind === kind);
    const now = work.sheet.parts.some(({ id }) => id === part);
    expect(said('reported')).toHaveLength(now ? months.size : 0);
    const paid = (financial ?? []).filter(
      ({ dimensions }) => dimensions?.part === part && dimensions.kind === 'paid',
    );
    const holds = [...months].sort().map(([, seq]) => reports.get(seq)?.paid ?? -1);
    expect(paid.map(({ value }) => value && fenOf(value))).toEqual(now ? holds : []);
    if (latest && now) expect(said('reported').at(-1)?.measure).toBe(latest.done / 1000);
  }
}

it('a whole year is valid too, with what the register’s file says of its data', () => {
  const view = wholeYear();
  const terms: OpenDataTerms = {
    licence: { name: { zh: '知识共享 署名 4.0' }, url: 'https://creativecommons.org/licenses/by/4.0/' },
    prefix: 'oc4ids-abc123',
    sectors: { roads: 'transport.road' },
  };
  const made = packageOf(view, 'zh', terms);
  expectStandard(made);
  expect(made).toMatchObject({
    uri: 'https://register.example/data/oc4ids.json',
    license: 'https://creativecommons.org/licenses/by/4.0/',
    publisher: { name: '清河镇人民代表大会' },
  });
  expect(made?.projects).toHaveLength(1);
  expect(made?.projects[0]).toMatchObject({
    id: 'oc4ids-abc123-a',
    status: 'preparation',
    sector: ['transport.road'],
    budget: { amount: { amount: 120_000, currency: 'CNY' } },
    period: { startDate: '2027-01-01T00:00:00Z', endDate: '2027-11-30T23:59:59Z' },
    milestones: [{ description: '入选，143 / 164 票' }, { dueDate: '2027-11-30T23:59:59Z' }],
  });
  const plain = packageOf(view);
  expect(plain).not.toHaveProperty('license');
  expect(plain?.projects[0]?.id).toMatch(/^x-hallvote-[0-9a-f]{12}-a$/);
});

it('fen are written as they are, to the last place', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000_000_000_00 }), (fen) => {
      const written = JSON.stringify(fen / 100);
      expect(written).toMatch(/^\d+(\.\d{1,2})?$/);
      const [whole = '', places = ''] = written.split('.');
      expect(BigInt(whole + places.padEnd(2, '0'))).toBe(BigInt(fen));
    }),
  );
});

it('the judge sees what is wrong: a code that no closed list has, one of our own, a member nobody knows, an id twice', () => {
  const made = packageOf(wholeYear());
  const [project] = made?.projects ?? [];
  if (!made || !project) throw new Error('nothing was chosen');
  const other = (change: object) => judge({ ...made, projects: [{ ...project, ...change }] });
  expect(other({ status: 'done' }).wrong).toContain(
    '/projects/0/status must be equal to one of the allowed values',
  );
  expect(other({ sector: ['roads'] }).codes).toContainEqual({
    ...{ at: '/projects/0/sector', code: 'roads', list: 'projectSector.csv' },
    ...{ isOpen: true, isListed: false },
  });
  expect(other({ light: 'green' }).unknown).toEqual(['/projects/0/light']);
  expect(other({ parties: [...project.parties, ...project.parties] }).twice).not.toEqual([]);
  expect(other({ budget: { amount: { amount: 1, currency: 'RMB' } } }).wrong).not.toEqual([]);
  expect(other({ updated: '2027-01-01' }).wrong).not.toEqual([]);
  expect(judge({ ...made, projects: [] }).wrong).not.toEqual([]);
});

it('a category may be said to be a sector of the standard, and nothing else', () => {
  expect([...PROJECT_SECTORS]).toEqual(codesOf('projectSector.csv'));
});
