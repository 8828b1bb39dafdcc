import { join } from 'node:path';
import type { Report } from '../../shared/protocol/guarded.ts';
import type { RandomBytes } from '../../shared/protocol/ids.ts';
import { type MachineClock, machineTimer } from '../process/clock.ts';
import type { Secrecy } from '../sitting/secrecy.ts';
import { isPassword } from './password.ts';
import { Scrutineers } from './scrutineers.ts';
import { Sessions } from './sessions.ts';
import { Staff } from './staff.ts';

export interface PeopleParts {
  /** Where passwords, codes and sessions are kept. */
  readonly folder: string;
  readonly setupCode: string;
  readonly secrecy: () => Secrecy | null;
  readonly random: RandomBytes;
  readonly machine: MachineClock;
  readonly report: Report;
}

/** Everybody who may sign in, as they stand in the hall's data folder. @throws {DataFileError} where a file is damaged. */
export function peopleOf(parts: PeopleParts): { readonly staff: Staff; readonly scrutineers: Scrutineers } {
  const { folder, setupCode, secrecy, random, machine, report } = parts;
  const sessions = new Sessions({ file: join(folder, 'sessions.json'), random, machine, report });
  const signIn = { random, sessions, now: machine.mono };
  const staff = new Staff({
    ...signIn,
    file: join(folder, 'password.json'),
    after: machineTimer,
    setupCode,
    isPassword,
  });
  const scrutineers = new Scrutineers({ ...signIn, file: join(folder, 'scrutineers.json'), secrecy });
  return { staff, scrutineers };
}
