import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { replay } from '../../chronicle/chronicle.ts';
import { Ledger } from '../../chronicle/ledger.ts';
import { loadRegister } from '../../config/register-file.ts';
import { REGISTER, REGISTER_LEDGER } from '../../register/model/book.ts';
import { proposalState, type Register } from '../../register/model/state.ts';
import { DOCUMENT_KINDS } from '../../register/model/work/fields.ts';
import { lightOf } from '../../register/model/work/light.ts';
import { stageOf } from '../../register/model/work/stage.ts';
import { sumsOf } from '../../register/model/work/sums.ts';
import type { Work } from '../../register/model/work/works.ts';
import { lookOf } from '../../register/public/frame.ts';
import { oc4idsPackage } from '../../register/public/oc4ids/package.ts';
import { NO_TERMS } from '../../register/public/oc4ids/project.ts';
import { moneyTable, partTable } from '../../register/public/part-tables.ts';
import { publicProposal, publicRegister } from '../../register/public/public-register.ts';
import { judge } from '../../register/public/testing/oc4ids-standard.ts';
import { sampleRegisterFile } from './sample-file.ts';
import { KNOWN_YEARS, SAMPLE_REGISTERS } from './sample-registers.ts';
import type { SampleOptions } from './sample-years.ts';
import { PICTURES } from './testing/pictures.ts';
import { writeSampleRegister } from './write-sample.ts';

const OCTOBER = '2026-10-20';

type Name = keyof typeof SAMPLE_REGISTERS;
const written = new Map<string, Register>();

/** The sample of that name as it is on `day`; each is written once. */
function sampleOf(name: Name, day = OCTOBER): Register {
  const key = `${name} ${day}`;
  const register = written.get(key) ?? readBack(name, day);
  written.set(key, register);
  return register;
}

/** It is written, and read back from its ledger. */
function readBack(name: Name, day: string, options: Pick<SampleOptions, 'only'> = {}): Register {
  const kind = SAMPLE_REGISTERS[name];
  const folder = mkdtempSync(join(tmpdir(), 'hallvote-sample-'));
  try {
    const file = join(folder, 'register.yaml');
    writeFileSync(file, sampleRegisterFile('off', kind));
    const config = loadRegister(file);
    if (!config.ok) throw new Error(JSON.stringify(config.problems));
    const now = Date.parse(`${day}T10:00:00+08:00`);
    writeSampleRegister(config.value, {
      ...options,
      kind,
      version: '0',
      now,
      proposals: 60,
      pictures: PICTURES,
      paper: ({ hash }) => Buffer.from(hash),
    });
    const ledger = Ledger.open(join(config.value.data, `${kind.id}.ledger`), REGISTER_LEDGER, {});
    const register = replay(REGISTER, ledger.rows());
    ledger.close();
    expect(register.head.time).toBeLessThanOrEqual(now);
    return register;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What was chosen in the known years, counted part by part. */
function recount({ projects: all }: Register) {
  let projects = 0;
  let parts = 0;
  let fen = 0n;
  for (const { cycle, state, sheet } of all.values()) {
    if (!KNOWN_YEARS.includes(cycle) || state !== 'chosen') continue;
    projects += 1;
    for (const part of sheet.parts) {
      parts += 1;
      for (const line of part.funding) fen += BigInt(line.fen);
    }
  }
  return { projects, parts, fen };
}

const worksOf = ({ works }: Register, isIn: (cycle: number) => boolean): readonly Work[] =>
  [...works.projects.values()].filter(({ cycle }) => isIn(cycle));

const fenOf = (yuan: number): bigint => BigInt(Math.round(yuan * 100));
const added = (all: readonly bigint[]): bigint => all.reduce((sum, each) => sum + each, 0n);

/** The same as it is published: in the packages of OC4IDS, which the standard finds nothing wrong with, and in the tables. */
function published(register: Register) {
  const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);
  const view = publicRegister(register, OCTOBER, (one) => publicProposal(one, dayOf));
  if (!view) throw new Error('the sample has not begun');
  const look = lookOf(view, 'zh', '/');
  const packages = KNOWN_YEARS.map((year) => oc4idsPackage(look, NO_TERMS, 'https://a.example/', year));
  for (const one of packages) {
    const { wrong, unknown, twice, codes } = judge(JSON.parse(JSON.stringify(one)));
    expect({ wrong, unknown, twice }).toEqual({ wrong: [], unknown: [], twice: [] });
    expect(codes.filter(({ isListed, isOpen }) => !isListed && !isOpen)).toEqual([]);
  }
  const projects = packages.flatMap((one) => one?.projects ?? []);
  const parts = projects.flatMap(({ budget }) =>
    (budget.budgetBreakdowns ?? []).flatMap(({ id, budgetBreakdown }) =>
      id === 'part' ? budgetBreakdown : [],
    ),
  );
  const rows = view.cycles
    .filter(({ year }) => KNOWN_YEARS.includes(year))
    .map((cycle) => ({ parts: partTable(look, cycle).rows, money: moneyTable(look, cycle).rows }));
  const amounts = rows.flatMap(({ money }) =>
    money.map((row) => {
      const last = row.at(-1);
      return typeof last === 'object' ? BigInt(last.figure.replace('.', '')) : 0n;
    }),
  );
  const fen = added(projects.map(({ budget }) => fenOf(budget.amount.amount)));
  expect(added(parts.map(({ amount }) => fenOf(amount.amount)))).toBe(fen);
  return {
    oc4ids: { projects: projects.length, parts: parts.length, fen },
    tables: { parts: rows.reduce((all, one) => all + one.parts.length, 0), fen: added(amounts) },
  };
}

/** What people have sent in is another file than anything public. */
function keepsLetters({ proposals, works, feed }: Register): void {
  const sent = [...proposals.values(), ...works.voices.values()].flatMap(({ attachments }) => attachments);
  expect(new Set(sent).size).toBe(2);
  expect(sent.filter((hash) => feed.files.has(hash))).toEqual([]);
}

/** 四个一 and letters, one of them corrected; what people say at sites in every state, and what became of a “not so”. */
function tellsEverything({ works: { documents, voices, projects }, staff }: Register): void {
  // 专业对口: in each group is somebody who knows the matter by profession.
  for (const { sheet, group } of projects.values())
    expect(group?.members.some(({ id }) => staff.get(id)?.fields?.includes(sheet.category))).toBe(true);
  const published = [...documents.values()];
  expect(new Set(published.map(({ kind }) => kind))).toEqual(new Set(DOCUMENT_KINDS));
  expect(published.filter(({ replaces }) => replaces !== null)).toHaveLength(1);
  const findings = [...projects.values()].flatMap((work) => [...work.findings.values()]);
  const found = new Map(findings.flatMap(({ voice, state }) => (voice === null ? [] : [[voice, state]])));
  const states = [...voices.values()].map(({ voice, kind, text, answers, erased }) => {
    const is = erased ? 'erased' : text === null ? 'waiting' : answers.length > 0 ? 'answered' : 'public';
    return `${kind} ${is} ${found.get(voice) ?? ''}`.trim();
  });
  expect(new Set(states)).toEqual(
    new Set([
      ...['comment waiting', 'comment public', 'comment answered', 'comment erased'],
      ...['objection waiting', 'objection public', 'objection answered'],
      ...['objection answered open', 'objection answered closed'],
    ]),
  );
}

/** The year that runs shows every light, and why; and whatever else a look at it can find. */
function showsEverything(register: Register, day: string): void {
  const { works } = register;
  const those = worksOf(register, (cycle) => cycle === 2026);
  const why = those.map((work) => lightOf(work, works.rules, day));
  expect(new Set(why.map(({ light }) => light))).toEqual(new Set(['green', 'yellow', 'red', 'grey', 'none']));
  expect(new Set(why.map(({ because }) => because))).toEqual(
    new Set(['on-time', 'done', 'behind', 'past-deadline', 'report-overdue', 'suspended']),
  );
  expect(those.some(({ parts }) => parts.some(({ dispute }) => dispute !== null))).toBe(true);
  expect(those.map(stageOf)).toContain('verified');
  expect(those.some(({ requests }) => requests.some(({ answer }) => answer === null))).toBe(true);
  expect(those.some(({ findings }) => findings.some(({ state, due }) => state === 'open' && due < day))).toBe(
    true,
  );
}

it('the city is a register in October: proposals in all states, candidates handed in, a year under way', () => {
  const register = sampleOf('city');
  const states = new Set([...register.proposals.values()].map(proposalState));
  expect([...states].sort()).toEqual([
    'adopted',
    'excluded',
    'merged',
    'not-adopted',
    'received',
    'under-screening',
  ]);
  expect(register.draftedOf.get(2027)?.size).toBeGreaterThan(0);
  expect(register.cycles.get(2027)?.submitted).toMatchObject({ places: 10 });
  expect(register.cycles.get(2026)?.decided).toMatchObject({ how: 'bundle' });
  showsEverything(register, OCTOBER);
  tellsEverything(register);
  keepsLetters(register);
});

it('in June all lights are there too', () => {
  showsEverything(readBack('city', '2026-06-07', { only: [2025] }), '2026-06-07');
});

it('what the county does of a project of the city’s counts there alone', () => {
  const county = sampleOf('county');
  const those = worksOf(county, (cycle) => cycle === 2026);
  const [share] = those.flatMap(({ shareOf }) => shareOf ?? []);
  const above = sampleOf('city').works.projects.get(share?.project ?? '');
  expect(share?.register).toBe('yunxi');
  expect(above?.sheet.parts.map(({ area }) => area)).toContain('north');
  expect(sumsOf(those, county.works, OCTOBER)).toMatchObject({ projects: 39, linked: { projects: 1 } });
});

describe('the years 2019 to 2023', () => {
  it.each([
    ['city', { projects: 50, parts: 156, fen: 1_061_300_000_000n }],
    ['county', { projects: 200, parts: 468, fen: 298_700_000_000n }],
    ['town1', { projects: 25, parts: 44, fen: 1_486_000_000n }],
    ['town2', { projects: 25, parts: 39, fen: 1_219_000_000n }],
  ] as const)('of the %s come to exactly what is said of them, and are over', (name, sums) => {
    const register = sampleOf(name);
    expect(recount(register)).toEqual(sums);
    const those = worksOf(register, (cycle) => KNOWN_YEARS.includes(cycle));
    // After every change that was decided.
    const { projects, parts, fen, permille } = sumsOf(those, register.works, OCTOBER);
    expect({ projects, parts, fen: BigInt(fen) }).toEqual(sums);
    expect(permille).toBe(1000);
    expect(new Set(those.map(stageOf))).toEqual(new Set(['closed']));
    const closed = those.flatMap((work) => work.rectifications.map((one) => one.closed?.how).toArray());
    expect(closed).toContain('appraised-again');
    expect(closed).not.toContain(undefined);
    expect(published(register)).toEqual({ oc4ids: sums, tables: { parts: sums.parts, fen: sums.fen } });
    for (const year of KNOWN_YEARS) {
      const { decided, frozen } = register.cycles.get(year) ?? {};
      expect(decided?.how).toBe(year < 2023 ? 'paper' : 'bundle');
      expect(frozen?.list.projects.length).toBeGreaterThan(frozen?.list.places ?? 0);
    }
  });
});
