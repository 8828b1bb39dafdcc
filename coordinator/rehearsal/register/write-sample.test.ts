import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { replay } from '../../chronicle/chronicle.ts';
import { Ledger } from '../../chronicle/ledger.ts';
import { loadRegister } from '../../config/register-file.ts';
import { REGISTER, REGISTER_LEDGER } from '../../register/model/book.ts';
import { proposalState } from '../../register/model/state.ts';
import { sampleRegisterFile } from './sample-file.ts';
import { writeSampleRegister } from './write-sample.ts';

const folder = mkdtempSync(join(tmpdir(), 'hallvote-sample-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('the sample is a register in October: proposals in all states, candidates handed in, last year decided', () => {
  const file = join(folder, 'register.yaml');
  writeFileSync(file, sampleRegisterFile('off'));
  const config = loadRegister(file);
  if (!config.ok) throw new Error(JSON.stringify(config.problems));
  const now = Date.parse('2026-10-20T10:00:00+08:00');
  writeSampleRegister(config.value, { version: '0', now, proposals: 60, scan: new Uint8Array([1]) });
  const ledger = Ledger.open(join(config.value.data, 'yunxi.ledger'), REGISTER_LEDGER, {});
  const register = replay(REGISTER, ledger.rows());
  ledger.close();
  expect(register.head.time).toBeLessThanOrEqual(now);
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
  expect(register.cycles.get(2026)?.decided).toMatchObject({ how: 'paper' });
  expect([...register.projects.values()].filter(({ state }) => state === 'chosen')).toHaveLength(10);
});

it('what the file shows of open data is right when the marks before it are taken away; without, no licence is stated', () => {
  const file = join(mkdtempSync(join(folder, 'open-')), 'register.yaml');
  const openData = (text: string) => {
    writeFileSync(file, text);
    const config = loadRegister(file);
    return config.ok ? config.value.openData : config.problems;
  };
  expect(openData(sampleRegisterFile('off'))).toEqual({
    ...{ licence: null, prefix: null },
    sectors: { schooling: 'education', health: 'health' },
  });
  const shown = sampleRegisterFile('off').replace(/^# (openData:| {2}(licence|prefix|sectors):)/gm, '$1');
  expect(openData(shown)).toMatchObject({
    licence: { name: { en: 'CC BY 4.0' }, url: 'https://creativecommons.org/licenses/by/4.0/' },
    prefix: 'oc4ids-bu3kcz',
    sectors: { housing: 'waterAndWaste' },
  });
  expect(openData(shown.replace('oc4ids-bu3kcz', 'bu3kcz'))).toMatchObject([{ file: 'register.yaml' }]);
});
