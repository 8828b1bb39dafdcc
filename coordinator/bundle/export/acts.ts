import { type EntryNames, tellEntry } from '../../contract/entry-words.ts';
import type { Actor } from '../../contract/person.ts';
import type { OwnEntry } from '../../sitting/entries.ts';

/** What a person did, in the words of `acts.csv` (bundle.md): what, and about what. */
export interface ActTold {
  readonly seq: number;
  readonly time: number;
  readonly by: Actor;
  readonly with: Actor | undefined;
  readonly what: string;
  readonly about: string;
  readonly reason: string;
}

/** Entries that a person can make. */
type ByPerson<E = OwnEntry> = E extends { readonly by: infer B } ? (Actor extends B ? E : never) : never;

/** An entry as a line of `acts.csv`, with the names at that place of the ledger; null where no person made it. */
export function actTold(
  { seq, time }: { readonly seq: number; readonly time: number },
  says: OwnEntry,
  names: EntryNames,
): ActTold | null {
  if (!isByPerson(says) || !('id' in says.by)) return null;
  const { what, about } = tellEntry(says, names);
  const reason = 'reason' in says ? says.reason : '';
  return { seq, time, by: says.by, with: says.with, what: what.zh, about: about.zh, reason };
}

const isByPerson = (says: OwnEntry): says is ByPerson => 'id' in says.by;
