import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { replay } from '../../chronicle/chronicle.ts';
import { Ledger } from '../../chronicle/ledger.ts';
import { loadRegister } from '../../config/register-file.ts';
import { REGISTER, REGISTER_LEDGER } from '../../register/model/book.ts';
import { proposalState, type Register } from '../../register/model/state.ts';
import { sampleRegisterFile } from './sample-file.ts';
import { KNOWN_YEARS, SAMPLE_REGISTERS, type SampleRegisterKind } from './sample-registers.ts';
import { writeSampleRegister } from './write-sample.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const NOW = Date.parse('2026-10-20T10:00:00+08:00');

/** The sample of that kind, read back from its ledger. */
function sampleOf(kind: SampleRegisterKind, proposals: number): Register {
  const folder = mkdtempSync(join(tmpdir(), 'hallvote-sample-'));
  folders.push(folder);
  const file = join(folder, 'register.yaml');
  writeFileSync(file, sampleRegisterFile('off', kind));
  const config = loadRegister(file);
  if (!config.ok) throw new Error(JSON.stringify(config.problems));
  writeSampleRegister(config.value, { kind, version: '0', now: NOW, proposals, scan: new Uint8Array([1]) });
  const ledger = Ledger.open(join(config.value.data, `${kind.id}.ledger`), REGISTER_LEDGER, {});
  try {
    return replay(REGISTER, ledger.rows());
  } finally {
    ledger.close();
  }
}

it('the sample is a register in October: proposals in all states, candidates handed in, this year decided', () => {
  const register = sampleOf(SAMPLE_REGISTERS.city, 60);
  expect(register.head.time).toBeLessThanOrEqual(NOW);
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
});

/** What was chosen in those years, counted part by part. */
function recount(register: Register, years: readonly number[]) {
  let projects = 0;
  let parts = 0;
  let fen = 0n;
  for (const { cycle, state, sheet } of register.projects.values()) {
    if (!years.includes(cycle) || state !== 'chosen') continue;
    projects += 1;
    for (const part of sheet.parts) {
      parts += 1;
      for (const line of part.funding) fen += BigInt(line.fen);
    }
  }
  return { projects, parts, fen };
}

describe('the years 2019 to 2023', () => {
  it.each([
    ['city', { projects: 50, parts: 156, fen: 1_061_300_000_000n }],
    ['county', { projects: 200, parts: 468, fen: 298_700_000_000n }],
    ['town1', { projects: 25, parts: 44, fen: 1_486_000_000n }],
    ['town2', { projects: 25, parts: 39, fen: 1_219_000_000n }],
  ] as const)('of the %s come to exactly what is said of them', (name, sums) => {
    const register = sampleOf(SAMPLE_REGISTERS[name], 20);
    expect(recount(register, KNOWN_YEARS)).toEqual(sums);
    for (const year of KNOWN_YEARS) {
      const cycle = register.cycles.get(year);
      expect(cycle?.decided?.how).toBe(year < 2023 ? 'paper' : 'bundle');
      expect(cycle?.frozen?.list.projects.length).toBeGreaterThan(cycle?.frozen?.list.places ?? 0);
    }
  });
});
