import { z } from 'zod';
import type { Value } from '../../shared/protocol/value.ts';
import { NOT_WITH_SCRUTINEER, Person } from './person.ts';

/** A congress has a dozen; a list beyond this is another file by mistake. */
export const MOST_PERSONS = 200;

/** What is wrong with a person's roles, and its cure. */
export interface RolesProblem {
  readonly says: string;
  readonly cure: string;
}

/**
 * Persons with their roles, as the files of a hall or a register and their ledgers list them. What is wrong is said of the
 * person, with its cure. `rolesProblem`: which roles do not go together.
 */
export const personList = <P extends z.ZodType<{ readonly id: string; readonly roles: readonly string[] }>>(
  person: P,
  most: number,
  rolesProblem: (person: z.output<P>) => RolesProblem | null,
) =>
  z
    .array(person)
    .min(1)
    .max(most)
    .superRefine((all, context) => {
      const wrong = (path: (string | number)[], message: string, cure: string) =>
        context.addIssue({ code: 'custom', path, message, params: { cure } });
      // Nobody has to remember which of two is written with a capital.
      const seen = new Set<string>();
      all.forEach((each, i) => {
        const { id, roles } = each;
        const typed = id.toLowerCase();
        if (seen.has(typed))
          wrong([i, 'id'], `there are two persons ${id}`, 'give every person an id of their own');
        seen.add(typed);
        const problem = rolesProblem(each);
        if (problem) wrong([i, 'roles'], problem.says, problem.cure);
        if (new Set(roles).size < roles.length)
          wrong([i, 'roles'], 'a role stands there twice', 'write every role once');
      });
      if (!all.some(({ roles }) => roles.includes('administrator')))
        wrong([], 'nobody is administrator', 'write administrator among the roles of at least one person');
    });

/** A hall's staff. */
export const StaffList = personList(Person, MOST_PERSONS, ({ roles }) => {
  const others = NOT_WITH_SCRUTINEER.filter((role) => roles.includes(role)).join(' and ');
  if (!roles.includes('scrutineer') || others === '') return null;
  return {
    says: `a scrutineer is no ${others}: who serves the ballots must not decrypt them`,
    cure: `take scrutineer or ${others} away, or name another person for it`,
  };
});
export type StaffList = Value<typeof StaffList>;

const MINUTE = 60_000;

/** `rights` in hall.yaml: how far the hall goes beyond the table of rights, and how long a session may be idle. */
export const StaffSettings = z
  .strictObject({
    operatorForChair: z.boolean().default(false),
    secondForCards: z.boolean().default(false),
    idleMinutes: z.number().int().min(5).max(720).default(60),
  })
  .transform(({ idleMinutes, ...rights }) => ({ rights, idleMs: idleMinutes * MINUTE }));
export type StaffSettings = Value<typeof StaffSettings>;
