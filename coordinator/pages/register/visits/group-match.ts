import type { EligibleMember } from '../../../contract/register/works.ts';

/** Whether somebody knows something of a category. */
export const knows = ({ fields }: Pick<EligibleMember, 'fields'>, category: string): boolean =>
  fields.includes(category);

/**
 * Who may be of a group, as they are offered: those who are of it already, then those who know something of the project's
 * category (专业对口), then all others; each in the order of the staff's list. `typed` looks among names and ids; whoever is of
 * it stays in sight.
 */
export function offered(
  all: readonly EligibleMember[],
  category: string,
  members: ReadonlySet<string>,
  typed: string,
): readonly EligibleMember[] {
  const looked = typed.trim().toLowerCase();
  const rank = (one: EligibleMember) => (members.has(one.id) ? 0 : knows(one, category) ? 1 : 2);
  return all
    .filter(
      ({ id, name }) =>
        members.has(id) || name.toLowerCase().includes(looked) || id.toLowerCase().includes(looked),
    )
    .toSorted((a, b) => rank(a) - rank(b));
}
