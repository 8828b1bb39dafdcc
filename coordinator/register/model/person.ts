import { z } from 'zod';
import { Id, words } from '../../../shared/protocol/ids.ts';
import type { Value } from '../../../shared/protocol/value.ts';

/** 代表, 政府部门, 政府办, 人大办, 监督小组, 常委会, 审计, 管理员. */
export const REGISTER_ROLES = [
  'deputy',
  'department',
  'government-office',
  'congress-office',
  'supervision-group',
  'standing-committee',
  'auditor',
  'administrator',
] as const;
export const RegisterRole = z.enum(REGISTER_ROLES);
export type RegisterRole = Value<typeof RegisterRole>;

/**
 * Somebody who acts in the register under their own name. `body`: the department or office for which they act; `fields`: the
 * categories of which they know something (专业), by which groups are matched.
 */
export const RegisterPerson = z.strictObject({
  id: Id,
  name: words(1, 60),
  roles: z.array(RegisterRole).min(1),
  body: Id.optional(),
  fields: z.array(Id).max(50).optional(),
});
export type RegisterPerson = Value<typeof RegisterPerson>;

/** Who acted, and as what. */
export const RegisterActor = z.strictObject({ role: RegisterRole, id: Id, name: words(1, 60) });
export type RegisterActor = Value<typeof RegisterActor>;

/** By whom an entry is: a person, somebody without an account (群众), a file, or the register itself, as a consequence. */
export const By = z.union([RegisterActor, z.strictObject({ role: z.enum(['public', 'file', 'register']) })]);
export type By = Value<typeof By>;

/** Who does something, and who confirms it where two must; null: anybody, without an account. */
export interface Who {
  readonly by: RegisterActor;
  readonly with?: RegisterActor;
}
