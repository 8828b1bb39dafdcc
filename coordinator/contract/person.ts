import { z } from 'zod';
import { Id, words } from '../../shared/protocol/ids.ts';
import type { Value } from '../../shared/protocol/value.ts';

/** 主持人, 会务, 监票人, 审计, 管理员. */
export const ROLES = ['chair', 'operator', 'scrutineer', 'auditor', 'administrator'] as const;
export const Role = z.enum(ROLES);
export type Role = Value<typeof Role>;

/** Roles that no scrutineer has besides: who serves the ballots must not decrypt them. */
export const NOT_WITH_SCRUTINEER = ['operator', 'administrator'] as const satisfies readonly Role[];

/** Somebody of a program's staff, under their own name: a hall's or a register's. What a role may do, each program's table of rights says. */
export const StaffPerson = z.strictObject({
  id: Id,
  name: words(1, 60),
  roles: z.array(words(1, 40)).min(1),
  /** The department or office for which they act, where they act for one. */
  body: Id.optional(),
});
export type StaffPerson = Value<typeof StaffPerson>;

/** Somebody of the hall's staff. */
export const Person = z.strictObject({ id: Id, name: words(1, 60), roles: z.array(Role).min(1) });
export type Person = Value<typeof Person>;

/** Who acted, and as what: a person may have several roles, and acts in one. */
export const Actor = z.strictObject({ role: Role, id: Id, name: words(1, 60) });
export type Actor = Value<typeof Actor>;

/** What no person did: the ledger's clock, the hall's files as they are read at a start, and the hall itself, whose entries follow from others. */
export const CLOCK = z.strictObject({ role: z.literal('clock') });
export const FILE = z.strictObject({ role: z.literal('file') });
export const HALL = z.strictObject({ role: z.literal('hall') });

/** By whom or by what an entry of the ledger is. */
export const By = z.discriminatedUnion('role', [Actor, CLOCK, FILE, HALL]);
export type By = Value<typeof By>;

/** Who does an act, and who has confirmed it where it needs a second person. */
export interface Who {
  readonly by: Actor;
  readonly with?: Actor | undefined;
}

/** `person`, acting in `role`. */
export const actorOf = <R extends string>(
  { id, name }: Pick<StaffPerson, 'id' | 'name'>,
  role: R,
): { readonly role: R; readonly id: string; readonly name: string } => ({ role, id, name });
