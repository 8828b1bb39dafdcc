import { Actor, HALL } from '../contract/person.ts';
import type { SignInDraft } from '../sitting/sign-ins.ts';
import type { StaffNote } from '../staff/notes.ts';

/** What staff notes, as the hall's ledger has it: everybody on a hall's list has a hall's roles. */
export function signInDraft(note: StaffNote): SignInDraft {
  switch (note.typ) {
    case 'sign-ins-failed':
      return { ...note, counts: [...note.counts], by: HALL_ITSELF };
    case 'code-given':
    case 'sessions-ended':
      return { ...note, by: note.by === null ? HALL_ITSELF : Actor.parse(note.by) };
    case 'authenticator-set':
      return { ...note, by: Actor.parse(note.by) };
    case 'signed-in':
    case 'signed-out':
    case 'password-chosen':
      return { typ: note.typ, by: Actor.parse(note.by) };
  }
}

const HALL_ITSELF = HALL.parse({ role: 'hall' });
