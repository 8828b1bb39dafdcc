import type { SecrecyDocument } from '../../contract/documents.ts';
import type { StaffPerson } from '../../contract/person.ts';

/** A scrutineer as the key knows them. `owner`: their number, from 1. */
export interface Scrutineer {
  readonly owner: number;
  readonly id: string;
  readonly name: string;
}

/** Whoever is signed in, among those who hold the key; null where they are none of them. */
export function selfIn(secrecy: SecrecyDocument | undefined, person: StaffPerson | null): Scrutineer | null {
  if (person === null || secrecy?.secrecy?.holder !== 'scrutineers') return null;
  const owner = secrecy.secrecy.scrutineers.findIndex(({ id }) => id === person.id) + 1;
  return owner === 0 ? null : { owner, id: person.id, name: person.name };
}
