import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Program, Programs, SpawnOptions } from '../../cli/programs.ts';
import { describeProblem } from '../../config/problem.ts';
import { loadRegister, type RegisterConfig } from '../../config/register-file.ts';
import type { SampleHall } from '../running-sample.ts';
import { givePasswords } from '../staff-passwords.ts';
import type { SampleName } from './sample-registers.ts';

const Ready = z.object({ http: z.string(), key: z.string() });

/** A sample register's files. */
export interface SampleFolder {
  readonly folder: string;
  readonly file: string;
  readonly config: RegisterConfig;
}

/** A sample register that runs. */
export interface SampleRegister extends SampleFolder {
  readonly http: string;
  readonly key: string;
  readonly program: Program;
}

export interface SampleFolderOptions {
  readonly passwordOf: (person: string) => string;
  readonly proposals: number;
  /** Which register it is; the city's without it. */
  readonly which?: SampleName;
  /** Over so many years, as `SampleOptions.years`. */
  readonly years?: number;
}

/** A sample register's files in a new folder that goes with its programs, everybody with a password. */
export async function sampleRegisterFolder(
  programs: Programs,
  { passwordOf, which = 'city', proposals, years = 1 }: SampleFolderOptions,
): Promise<SampleFolder> {
  const folder = programs.scratch();
  await programs.run([
    ...['register', 'sample', folder, '--register', which],
    ...['--proposals', String(proposals), '--years', String(years)],
  ]);
  const file = join(folder, 'register.yaml');
  const config = loadRegister(file);
  if (!config.ok) throw new Error(config.problems.map(describeProblem).join('\n'));
  await givePasswords(config.value, passwordOf);
  return { folder, file, config: config.value };
}

/** Has the register of that file leave its lists for a hall, and fetch the results, in a folder that both have. */
export function exchangeWith(file: string, { key, folder }: Pick<SampleHall, 'key' | 'folder'>): void {
  const exchange = `\nhall: { key: ${key}, folder: ${JSON.stringify(folder)} }\n`;
  writeFileSync(file, readFileSync(file, 'utf8') + exchange);
}

/** Runs the register of that file until its programs are stopped. */
export async function startRegister(
  programs: Programs,
  file: string,
  port: number,
  how: SpawnOptions = {},
): Promise<{ readonly http: string; readonly key: string; readonly program: Program }> {
  const program = programs.start(['register', '--config', file, '--http', String(port), '--json'], how);
  return { ...Ready.parse(JSON.parse(await programs.line(program))), program };
}
