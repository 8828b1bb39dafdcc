import type { Sheet } from '../../../../shared/projects/sheet.ts';
import type { Named } from '../list-names.ts';
import type { Party, Reference } from './shape.ts';

/** Bodies and sources may have the same id. */
export const bodyReference = (id: string, named: Named): Reference => ({
  id: `body-${id}`,
  name: named('bodies', id),
});

export const sourceReference = (id: string, named: Named): Reference => ({
  id: `source-${id}`,
  name: named('sources', id),
});

/** A code of our own in an open list: who helps the body that is responsible (配合单位). */
export const CO_BODY = 'coBody';

/**
 * Who is in it: the lead body as the one public authority, the bodies of parts as those who administer them, those who help, and
 * the sources of money. Each once, with all that it does.
 */
export function partiesOf(sheet: Sheet, named: Named): readonly Party[] {
  const parties = new Map<string, { readonly reference: Reference; readonly roles: Set<string> }>();
  const add = (reference: Reference, role: string) => {
    const known = parties.get(reference.id) ?? { reference, roles: new Set() };
    known.roles.add(role);
    parties.set(reference.id, known);
  };
  add(bodyReference(sheet.lead, named), 'publicAuthority');
  for (const { body } of sheet.parts)
    if (body !== sheet.lead) add(bodyReference(body, named), 'administrativeEntity');
  for (const body of sheet.co) add(bodyReference(body, named), CO_BODY);
  for (const { source } of sheet.parts.flatMap(({ funding }) => funding))
    add(sourceReference(source, named), 'funder');
  return [...parties.values()].map(({ reference, roles }) => ({ ...reference, roles: [...roles] }));
}
