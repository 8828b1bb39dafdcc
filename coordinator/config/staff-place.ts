import { basename } from 'node:path';
import { z } from 'zod';
import type { StaffPerson } from '../contract/person.ts';
import { loadHall } from './hall-file.ts';
import { type Loaded, loaded } from './problem.ts';
import { loadRegister } from './register-file.ts';
import { readYaml } from './yaml-file.ts';

/** Where a program keeps what its staff comes in with. */
export interface StaffPlace {
  readonly of: 'hall' | 'register';
  readonly data: string;
  /** Its ledger is `<id>.ledger` there. */
  readonly ledger: string;
  readonly staff: readonly StaffPerson[];
}

/** The staff of a hall or of a register: which of both its file describes, the file says itself. */
export function loadStaffPlace(path: string): Loaded<StaffPlace> {
  const file = readYaml(path, basename(path), z.looseObject({}));
  if (!file.ok) return file;
  if ('register' in file.value) {
    const register = loadRegister(path);
    if (!register.ok) return register;
    const { data, register: about, staff } = register.value;
    return loaded({ of: 'register', data, ledger: about.id, staff });
  }
  const hall = loadHall(path);
  if (!hall.ok) return hall;
  const { data, sitting, staff } = hall.value;
  return loaded({ of: 'hall', data, ledger: sitting.id, staff });
}
