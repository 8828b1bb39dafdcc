import { type Actor, actorOf, type Person } from '../contract/person.ts';
import type { After } from '../process/clock.ts';

/** What the ledger says of signing in: who, never from where nor with what. */
export type SignInNote =
  | { readonly typ: 'signed-in' | 'signed-out' | 'password-chosen'; readonly by: Actor }
  | {
      readonly typ: 'sign-ins-failed';
      readonly by: { readonly role: 'hall' };
      /** By the person that somebody tried to be; null: nobody of the staff. */
      readonly counts: readonly { readonly person: string | null; readonly count: number }[];
    }
  | { readonly typ: 'code-given'; readonly by: Actor; readonly person: string }
  | { readonly typ: 'authenticator-set'; readonly by: Actor; readonly on: boolean }
  | {
      readonly typ: 'sessions-ended';
      readonly by: Actor;
      readonly person: string;
      readonly count: number;
    };

/** Enters a note; what cannot be written is lost, and nobody is kept out for it. */
export type Note = (note: SignInNote) => void;

/** Failures are entered together, so long after the first of them: a flood makes one entry. */
const FLOOD_MS = 60_000;

/** A person as the ledger names them in what they do for themselves: in their first role. */
export function themselves(person: Person): Actor {
  return actorOf(person, person.roles[0] ?? 'auditor');
}

/** Counts attempts that failed, and tells them together. */
export class FailureCounts {
  readonly #note: Note;
  readonly #after: After;
  readonly #counts = new Map<string | null, number>();
  #cancel: (() => void) | null = null;

  constructor(note: Note, after: After) {
    this.#note = note;
    this.#after = after;
  }

  /** One more attempt to be this person has failed; null: somebody who is not of the staff. */
  add(person: string | null): void {
    this.#counts.set(person, (this.#counts.get(person) ?? 0) + 1);
    this.#cancel ??= this.#after(FLOOD_MS, () => this.tell());
  }

  /** Tells what has been counted since the last time. */
  tell(): void {
    this.#cancel?.();
    this.#cancel = null;
    if (this.#counts.size === 0) return;
    const counts = [...this.#counts].map(([person, count]) => ({ person, count }));
    this.#counts.clear();
    this.#note({ typ: 'sign-ins-failed', by: { role: 'hall' }, counts });
  }
}
