import { type Actor, actorOf, type Person } from '../contract/person.ts';
import type { After } from '../process/clock.ts';
import type { SignInDraft } from '../sitting/sign-ins.ts';

/** Enters a note; what cannot be written is lost, and nobody is kept out for it. */
export type Note = (note: SignInDraft) => void;

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
    const counts = [...this.#counts]
      .map(([person, count]) => ({ person, count }))
      .sort((a, b) => ((a.person ?? '') < (b.person ?? '') ? -1 : 1));
    this.#counts.clear();
    this.#note({ typ: 'sign-ins-failed', by: { role: 'hall' }, counts });
  }
}
