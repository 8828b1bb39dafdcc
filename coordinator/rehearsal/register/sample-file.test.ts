import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { loadRegister } from '../../config/register-file.ts';
import { sampleRegisterFile } from './sample-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'hallvote-sample-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('what the file shows of open data is right when the marks before it are taken away; without, no licence is stated', () => {
  const file = join(folder, 'register.yaml');
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
