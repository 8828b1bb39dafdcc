import { actorOf, type StaffPerson } from '../contract/person.ts';
import type { After } from '../process/clock.ts';

/** A person in one of their roles. */
export type StaffActor = ReturnType<typeof actorOf<string>>;

/** What a ledger is told of how staff come in and leave. `by` null: the program itself, as a consequence. */
export type StaffNote =
  | { readonly typ: 'signed-in' | 'signed-out' | 'password-chosen'; readonly by: StaffActor }
  | { readonly typ: 'authenticator-set'; readonly by: StaffActor; readonly on: boolean }
  | {
      readonly typ: 'sign-ins-failed';
      readonly counts: readonly { readonly person: string | null; readonly count: number }[];
    }
  | { readonly typ: 'code-given'; readonly by: StaffActor | null; readonly person: string }
  | {
      readonly typ: 'sessions-ended';
      readonly by: StaffActor | null;
      readonly person: string;
      readonly count: number;
    };

/** Enters a note; what cannot be written is lost, and nobody is kept out for it. */
export type Note = (note: StaffNote) => void;

/** Failures are entered together, so long after the first of them: a flood makes one entry. */
const FLOOD_MS = 60_000;

/** A person as the ledger names them in what they do for themselves: in their first role. */
export function themselves(person: StaffPerson): StaffActor {
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
    const counts = [...this.#counts]
      .map(([person, count]) => ({ person, count }))
      .sort((a, b) => ((a.person ?? '') < (b.person ?? '') ? -1 : 1));
    this.#counts.clear();
    this.#note({ typ: 'sign-ins-failed', counts });
  }
}
