import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadRegister } from '../../coordinator/config/register-file.ts';
import { sampleRegisterFile } from '../../coordinator/rehearsal/register/sample-file.ts';
import { SAMPLE_REGISTERS, type SampleName } from '../../coordinator/rehearsal/register/sample-registers.ts';
import { PICTURES } from '../../coordinator/rehearsal/register/testing/pictures.ts';
import { writeSampleRegister } from '../../coordinator/rehearsal/register/write-sample.ts';

/** A new folder with one of the sample's registers in it, its years up to `now`: what `openRegister` can run. */
export function sampleFolder(which: SampleName, now: number, proposals = 20): string {
  const kind = SAMPLE_REGISTERS[which];
  const folder = mkdtempSync(join(tmpdir(), 'hallvote-sample-'));
  const file = join(folder, 'register.yaml');
  writeFileSync(file, sampleRegisterFile('off', kind));
  const config = loadRegister(file);
  if (!config.ok) throw new Error(JSON.stringify(config.problems));
  writeSampleRegister(config.value, {
    ...{ kind, version: '0', now, proposals, pictures: PICTURES },
    paper: ({ hash }) => Buffer.from(hash),
  });
  return folder;
}
