import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Program, Programs } from '../../cli/programs.ts';
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

export interface SampleRegisterOptions {
  /** HTTP port; 0: any. */
  readonly port: number;
  readonly passwordOf: (person: string) => string;
  /** The hall that is to vote on its list, and with which it has a folder in common. */
  readonly hall: Pick<SampleHall, 'key' | 'folder'>;
  readonly proposals: number;
}

/** The sample register in a new folder that goes with its programs, everybody with a password. */
export async function openSampleRegister(
  programs: Programs,
  { port, passwordOf, hall, proposals }: SampleRegisterOptions,
): Promise<SampleRegister> {
  const folder = programs.scratch();
  await programs.run(['register', 'sample', folder, '--proposals', String(proposals)]);
  const file = join(folder, 'register.yaml');
  const exchange = `\nhall: { key: ${hall.key}, folder: ${JSON.stringify(hall.folder)} }\n`;
  writeFileSync(file, readFileSync(file, 'utf8') + exchange);
  const config = loadRegister(file);
  if (!config.ok) throw new Error(config.problems.map(describeProblem).join('\n'));
  await givePasswords(config.value, passwordOf);
  const program = programs.start(['register', '--config', file, '--http', String(port), '--json']);
  const ready = Ready.parse(JSON.parse(await programs.line(program)));
  return { ...ready, folder, program, staff: config.value.staff };
}
