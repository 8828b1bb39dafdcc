import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Program, Programs, SpawnOptions } from '../../cli/programs.ts';
import { describeProblem } from '../../config/problem.ts';
import { loadRegister } from '../../config/register-file.ts';
import type { RegisterPerson } from '../../register/model/person.ts';
import type { SampleHall } from '../running-sample.ts';
import { givePasswords } from '../staff-passwords.ts';

const Ready = z.object({ http: z.string(), key: z.string() });

/** A register that runs beside a sample hall. */
export interface SampleRegister {
  readonly folder: string;
  readonly http: string;
  readonly key: string;
  readonly program: Program;
  readonly staff: readonly RegisterPerson[];
}

export interface SampleFolderOptions {
  readonly passwordOf: (person: string) => string;
  readonly proposals: number;
  /** Over so many years, as `SampleOptions.years`. */
  readonly years?: number;
  /** The hall that is to vote on its list, and with which it has a folder in common. */
  readonly hall?: Pick<SampleHall, 'key' | 'folder'>;
}

export interface SampleRegisterOptions extends SampleFolderOptions {
  /** HTTP port; 0: any. */
  readonly port: number;
}

/** A sample register's files in a new folder that goes with its programs, everybody with a password. */
export async function sampleRegisterFolder(
  programs: Programs,
  { passwordOf, hall, proposals, years = 1 }: SampleFolderOptions,
): Promise<{ readonly folder: string; readonly file: string; readonly staff: readonly RegisterPerson[] }> {
  const folder = programs.scratch();
  await programs.run([
    ...['register', 'sample', folder, '--proposals', String(proposals)],
    ...['--years', String(years)],
  ]);
  const file = join(folder, 'register.yaml');
  const exchange = hall ? `\nhall: { key: ${hall.key}, folder: ${JSON.stringify(hall.folder)} }\n` : '';
  writeFileSync(file, readFileSync(file, 'utf8') + exchange);
  const config = loadRegister(file);
  if (!config.ok) throw new Error(config.problems.map(describeProblem).join('\n'));
  await givePasswords(config.value, passwordOf);
  return { folder, file, staff: config.value.staff };
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

/** The sample register, running. */
export async function openSampleRegister(
  programs: Programs,
  { port, ...options }: SampleRegisterOptions,
): Promise<SampleRegister> {
  const { folder, file, staff } = await sampleRegisterFolder(programs, options);
  return { ...(await startRegister(programs, file, port)), folder, staff };
}
