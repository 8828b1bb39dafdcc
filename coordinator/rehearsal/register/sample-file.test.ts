import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { loadRegister } from '../../config/register-file.ts';
import { sampleRegisterFile } from './sample-file.ts';
import { CITY } from './sample-registers.ts';

const folder = mkdtempSync(join(tmpdir(), 'hallvote-sample-file-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a file says of its open data, or what is wrong with it. */
function openData(text: string) {
  const file = join(folder, 'register.yaml');
  writeFileSync(file, text);
  const config = loadRegister(file);
  return config.ok ? config.value.openData : config.problems;
}

it('what the file shows of open data is right when the marks before it are taken away; without, no licence is stated', () => {
  const file = sampleRegisterFile('off', CITY);
  expect(openData(file)).toEqual({
    ...{ licence: null, prefix: null },
    sectors: { schooling: 'education', health: 'health' },
  });
  const shown = file.replace(/^# (openData:| {2}(licence|prefix|sectors):)/gm, '$1');
  expect(openData(shown)).toMatchObject({
    licence: { name: { en: 'CC BY 4.0' }, url: 'https://creativecommons.org/licenses/by/4.0/' },
    prefix: 'oc4ids-bu3kcz',
    sectors: { housing: 'waterAndWaste' },
  });
  expect(openData(shown.replace('oc4ids-bu3kcz', 'bu3kcz'))).toMatchObject([{ file: 'register.yaml' }]);
});
