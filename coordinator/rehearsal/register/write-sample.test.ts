import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { replay } from '../../chronicle/chronicle.ts';
import { Ledger } from '../../chronicle/ledger.ts';
import { loadRegister } from '../../config/register-file.ts';
import { REGISTER, REGISTER_LEDGER } from '../../register/model/book.ts';
import { proposalState, type Register } from '../../register/model/state.ts';
import { lightOf } from '../../register/model/work/light.ts';
import { stageOf } from '../../register/model/work/stage.ts';
import { sumsOf } from '../../register/model/work/sums.ts';
import type { Work } from '../../register/model/work/works.ts';
import { sampleRegisterFile } from './sample-file.ts';
import { KNOWN_YEARS, SAMPLE_REGISTERS } from './sample-registers.ts';
import type { SampleOptions } from './sample-years.ts';
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
    const scan = new Uint8Array([1]);
    writeSampleRegister(config.value, { ...options, kind, version: '0', now, proposals: 60, scan });
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
});

it('in June all lights are there too', () => {
  showsEverything(readBack('city', '2026-06-07', { only: [2025] }), '2026-06-07');
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
    const { projects, parts, fen } = sumsOf(those, register.works, OCTOBER);
    expect({ projects, parts, fen: BigInt(fen) }).toEqual(sums);
    expect(new Set(those.map(stageOf))).toEqual(new Set(['closed']));
    const closed = those.flatMap((work) => work.rectifications.map((one) => one.closed?.how).toArray());
    expect(closed).toContain('appraised-again');
    expect(closed).not.toContain(undefined);
    for (const year of KNOWN_YEARS) {
      const { decided, frozen } = register.cycles.get(year) ?? {};
      expect(decided?.how).toBe(year < 2023 ? 'paper' : 'bundle');
      expect(frozen?.list.projects.length).toBeGreaterThan(frozen?.list.places ?? 0);
    }
  });
});
