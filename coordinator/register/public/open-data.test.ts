import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { readXlsx } from 'hucre/xlsx';
import { expect, it } from 'vitest';
import { type SmallRegister, STAFF, smallRegister } from '../model/testing/small-register.ts';
import { feed } from './feed.ts';
import { lookOf } from './frame.ts';
import { type CycleData, cycleData, cycleSchema } from './open-data.ts';
import { projectTable, proposalTable, tableCsv, tableXlsx } from './open-tables.ts';
import { moneyTable, partTable } from './part-tables.ts';
import { publicProposal, publicRegister } from './public-register.ts';
import { NASTY, YEAR_STEPS } from './testing/a-year.ts';
import { carryOut, photoOf, workStep } from './testing/any-work.ts';
import { anySheet, decidedRegister } from './testing/decided-register.ts';

const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

/** After each step of a year: what is public, and its cycle. */
function* moments() {
  const register: SmallRegister = smallRegister();
  for (const { what, by, second, act } of YEAR_STEPS) {
    register.clock.pass(1_000);
    register.act(act(register), by, second);
    const view = publicRegister(register.state(), '2026-10-08', (one) => publicProposal(one, dayOf));
    const cycle = view?.cycles[0];
    if (!view || !cycle) throw new Error('there is no cycle');
    yield { what, view, cycle };
  }
}
const last = () => {
  const all = [...moments()];
  const end = all.at(-1);
  if (!end) throw new Error('nothing happened');
  return { ...end, look: lookOf(end.view, 'zh', '/') };
};

it('a year’s data is what its published schema says, at every moment of the year', () => {
  const validate = new Ajv2020({ strict: true, allErrors: true, validateFormats: false }).compile(
    cycleSchema(),
  );
  for (const { what, view, cycle } of moments()) {
    const data: unknown = JSON.parse(JSON.stringify(cycleData(view, cycle)));
    expect({ what, isValid: validate(data), errors: validate.errors }).toEqual({
      what,
      isValid: true,
      errors: null,
    });
  }
  const { view, cycle } = last();
  const data = cycleData(view, cycle);
  expect(validate({ ...data, received: -1 })).toBe(false);
  expect(data.list?.projects[0]).toMatchObject({
    investment: 12_000_000,
    vote: { chosen: true, votes: 143, roll: 164 },
  });
  expect(data.proposals.map(({ id }) => id)).toEqual(['2027-000000A', '2027-000000B', '2027-000000D']);
});

it('however projects fare, a year’s data is what its schema says, its sums a recount of its parts, and nobody is named in it', () => {
  const validate = new Ajv2020({ strict: true, allErrors: true, validateFormats: false }).compile(
    cycleSchema(),
  );
  const people = STAFF.map(({ name }) => name);
  fc.assert(
    fc.property(
      fc.array(anySheet, { minLength: 2, maxLength: 3 }),
      fc.array(workStep, { minLength: 10, maxLength: 40 }),
      (sheets, steps) => {
        const register = decidedRegister(sheets, sheets.length - 1);
        carryOut(register, steps);
        const view = publicRegister(register.state(), '2028-12-20', (one) => publicProposal(one, dayOf));
        const [cycle] = view?.cycles ?? [];
        if (!view || !cycle) throw new Error('there is no cycle');
        const text = JSON.stringify(cycleData(view, cycle));
        const data: CycleData = JSON.parse(text);
        expect({ isValid: validate(data), errors: validate.errors }).toEqual({ isValid: true, errors: null });
        for (const name of people) expect(text).not.toContain(name);
        const works = data.list?.projects.flatMap(({ work }) => work ?? []) ?? [];
        expect(works).toHaveLength(sheets.length - 1);
        const voices = [...register.state().works.voices.values()];
        const heard = voices.filter(({ text: cleared, erased }) => cleared !== null && !erased);
        const told = works.flatMap((work) => work.voices.map(({ id, text: said }) => [id, said]));
        expect(told.toSorted()).toEqual(heard.map((one) => [one.voice, one.text]).toSorted());
        // Neither what nobody has read, nor what was erased, nor a photograph.
        for (const one of voices) {
          expect(text).not.toContain(photoOf(one.voice));
          expect(text.includes(`读过的${one.voice}`)).toBe(heard.includes(one));
        }
        const [own, linked] = [true, false].map((isOwn) =>
          works
            .filter(({ shareOf }) => (shareOf === null) === isOwn)
            .flatMap(({ parts }) => parts.flatMap(({ funding }) => funding.map(({ fen }) => fen)))
            .reduce((a, b) => a + b, 0),
        );
        expect(data.sums).toMatchObject({ fen: own, linked: { fen: linked } });
      },
    ),
    { numRuns: 40 },
  );
});

it('whatever somebody writes is text in a table, and no formula', async () => {
  const { look, cycle } = last();
  const tables = [proposalTable, projectTable, partTable, moneyTable].map((make) => make(look, cycle));
  for (const table of tables) {
    const csv = tableCsv({ ...table, rows: [...table.rows, table.columns.map(() => NASTY)] });
    expect(csv.startsWith('\uFEFF')).toBe(true);
    const lines: string[][] = parse(csv.slice(1));
    expect(lines.length).toBeGreaterThan(table.rows.length + 1);
    expect(table.rows.length).toBeGreaterThan(0);
    for (const cell of lines.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    expect(lines.at(-1)?.[0]).toBe(`'${NASTY}`);

    const sheet = await tableXlsx({ ...table, rows: [...table.rows, table.columns.map(() => NASTY)] });
    const read = await readXlsx(sheet);
    expect(read.sheets[0]?.rows.at(-1)).toEqual(table.columns.map(() => NASTY));
    expect(read.sheets[0]?.rows.length).toBe(table.rows.length + 2);
  }
});

it('the feed has what RFC 4287 asks of one: ids that stay, times, authors, and an entry for each thing told', async () => {
  const { look } = last();
  const atom = String(await feed(look, 'https://register.example/'));
  const all = (pattern: RegExp) => [...atom.matchAll(pattern)].map(([, found = '']) => found);
  const [whole, ...entries] = all(/<id>(.*?)<\/id>/g);
  expect(whole).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(entries).size).toBe(3);
  expect(all(/<title>(.*?)<\/title>/g)).toHaveLength(4);
  const times = all(/<updated>(.*?)<\/updated>/g);
  expect(times).toHaveLength(4);
  for (const time of times) expect(new Date(time).toISOString()).toBe(time);
  // Of the whole feed it is the latest of its entries.
  expect(times[0]).toBe([...times].sort().at(-1));
  expect(atom).toContain('<author><name>清河镇人民代表大会</name></author>');
  expect(all(/rel="self" type="application\/atom\+xml" href="(.*?)"/g)).toEqual([
    'https://register.example/feed.atom',
  ]);
  expect(all(/<summary>(.*?)<\/summary>/g)[0]).toContain('入选1件');
  // What is open is closed, in order.
  const open: string[] = [];
  for (const [, end, name = '', alone] of atom.matchAll(/<(\/?)([a-z]+)[^>?]*?(\/?)>/g)) {
    if (end) expect(open.pop()).toBe(name);
    else if (!alone) open.push(name);
  }
  expect(open).toEqual([]);
});

it('the feed tells of each decision, each vote that grades and each document that was published, once', async () => {
  const came = { changes: 0, votes: 0, documents: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(anySheet, { minLength: 2, maxLength: 3 }),
      fc.array(workStep, { minLength: 10, maxLength: 30 }),
      async (sheets, steps) => {
        const register = decidedRegister(sheets, sheets.length - 1);
        carryOut(register, steps);
        const view = publicRegister(register.state(), '2028-12-20', (one) => publicProposal(one, dayOf));
        if (!view) throw new Error('the register has not begun');
        const atom = String(await feed(lookOf(view, 'zh', '/'), 'https://register.example/'));
        const works = [...view.works.projects.values()];
        const changes = works.reduce((all, work) => all + work.changes.size, 0);
        const votes = new Set(works.flatMap(({ appraisals }) => [...appraisals].map(({ seq }) => seq))).size;
        const documents = view.works.documents.size;
        // Before them the list was frozen, and voted on.
        const ids = [...atom.matchAll(/<entry><id>(.*?)<\/id>/g)].map(([, id]) => id);
        expect(ids).toHaveLength(2 + changes + votes + documents);
        expect(new Set(ids).size).toBe(ids.length);
        came.changes += changes;
        came.votes += votes;
        came.documents += documents;
      },
    ),
    { numRuns: 20 },
  );
  expect(Object.values(came).every((times) => times > 0)).toBe(true);
});
