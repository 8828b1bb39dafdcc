import { isDeepStrictEqual } from 'node:util';
import type { RandomBytes } from '../../../shared/protocol/ids.ts';
import type { RegisterAct } from '../model/acts.ts';
import type { RegisterActor } from '../model/person.ts';
import { mayConfirm } from '../model/rights.ts';
import type { Register } from '../model/state.ts';

/** An act that somebody has proposed, and that another person has to confirm. */
export interface WaitingAct {
  readonly id: string;
  readonly act: RegisterAct;
  readonly by: RegisterActor;
  /** Ledger ms. */
  readonly at: number;
}

/** A waiting act, and whether it is theirs to take back, or to be confirmed by them. */
export type ShownWaiting = WaitingAct & { readonly as: 'proposed' | 'to-confirm' };

/** Two who confirm one another need not sit in one room: it waits for a working day. */
export const WAITS_MS = 24 * 60 * 60 * 1000;

/** So many wait at once; a proposer beyond that is told to take one back. */
const MOST_WAITING = 20;

/** Where what waits outlasts the program: as it was found, and how it is kept. */
export interface KeptWaiting {
  readonly waiting: readonly WaitingAct[];
  /** @throws where it cannot be kept. */
  readonly keep: (waiting: readonly WaitingAct[]) => void;
}

/** Nowhere: it ends with the program. */
const NOT_KEPT: KeptWaiting = { waiting: [], keep: () => {} };

/** What waits for a second person, after another start too; by what rules it is done, the moment says in which it is confirmed. */
export class WaitingActs {
  readonly #random: RandomBytes;
  readonly #keep: KeptWaiting['keep'];
  #waiting: readonly WaitingAct[];

  constructor(random: RandomBytes, { waiting, keep }: KeptWaiting = NOT_KEPT) {
    this.#random = random;
    this.#waiting = waiting;
    this.#keep = keep;
  }

  /** The act, waiting; the same again by the same person is the one that waits already. Null: too many wait. */
  add(act: RegisterAct, by: RegisterActor, now: number): WaitingAct | null {
    const all = this.all(now);
    const same = all.find((each) => each.by.id === by.id && isDeepStrictEqual(each.act, act));
    if (same) return same;
    if (all.length >= MOST_WAITING) return null;
    const id = Buffer.from(this.#random(8)).toString('hex');
    const waiting = { id, act, by, at: now };
    this.#become([...all, waiting]);
    return waiting;
  }

  all(now: number): readonly WaitingAct[] {
    return this.#waiting.filter(({ at }) => now - at < WAITS_MS);
  }

  of(id: string, now: number): WaitingAct | null {
    return this.all(now).find((each) => each.id === id) ?? null;
  }

  /** It waits no longer: confirmed, refused, or taken back. */
  end(id: string): void {
    this.#become(this.#waiting.filter((each) => each.id !== id));
  }

  #become(waiting: readonly WaitingAct[]): void {
    this.#keep(waiting);
    this.#waiting = waiting;
  }

  /** What `person` proposed, and what is theirs to confirm. */
  shownTo(
    person: { readonly id: string },
    { staff }: Pick<Register, 'staff'>,
    now: number,
  ): readonly ShownWaiting[] {
    const known = staff.get(person.id);
    if (!known) return [];
    return this.all(now).flatMap((each): ShownWaiting[] => {
      if (each.by.id === known.id) return [{ ...each, as: 'proposed' }];
      return mayConfirm(known, each.act.act, each.by.id) ? [{ ...each, as: 'to-confirm' }] : [];
    });
  }
}
