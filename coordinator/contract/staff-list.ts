import { z } from 'zod';
import type { Value } from '../../shared/protocol/value.ts';
import { NOT_WITH_SCRUTINEER, Person } from './person.ts';

/** A congress has a dozen; a list beyond this is another file by mistake. */
export const MOST_PERSONS = 200;

/** Persons with their roles, as hall.yaml and the ledger list them. What is wrong is said of the person, with its cure. */
export const StaffList = z
  .array(Person)
  .min(1)
  .max(MOST_PERSONS)
  .superRefine((all, context) => {
    const wrong = (path: (string | number)[], message: string, cure: string) =>
      context.addIssue({ code: 'custom', path, message, params: { cure } });
    // Nobody has to remember which of two is written with a capital.
    const seen = new Set<string>();
    all.forEach(({ id, roles }, i) => {
      const typed = id.toLowerCase();
      if (seen.has(typed))
        wrong([i, 'id'], `there are two persons ${id}`, 'give every person an id of their own');
      seen.add(typed);
      const others = NOT_WITH_SCRUTINEER.filter((role) => roles.includes(role)).join(' and ');
      if (roles.includes('scrutineer') && others !== '')
        wrong(
          [i, 'roles'],
          `a scrutineer is no ${others}: who serves the ballots must not decrypt them`,
          `take scrutineer or ${others} away, or name another person for it`,
        );
      if (new Set(roles).size < roles.length)
        wrong([i, 'roles'], 'a role stands there twice', 'write every role once');
    });
    if (!all.some(({ roles }) => roles.includes('administrator')))
      wrong([], 'nobody is administrator', 'write administrator among the roles of at least one person');
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
