import { guarded, type Report } from '../../shared/protocol/guarded.ts';
import { type Signer, signJws } from '../../shared/protocol/jws.ts';
import { type LedgerRow, ledgerHash } from '../../shared/protocol/ledger-hash.ts';
import { type ClockAnchor, type MachineClock, steadyClock } from '../process/clock.ts';
import type { Ledger } from './ledger.ts';
import { LedgerError, type LedgerHead, type LedgerKind, nextRow } from './row.ts';

/** What every state knows of the ledger it was folded from. */
export interface Told {
  readonly head: LedgerHead;
  /** The last start of a program that the ledger tells of; null where it tells of none. */
  readonly clock: ClockAnchor | null;
}

/** A row with what its body says. */
export interface EntryOf<Says extends { readonly typ: string }> {
  readonly row: LedgerRow;
  readonly says: Says;
}

/**
 * A kind of ledger: what stands in it and what it tells. All of it pure.
 * @template State what is folded: a value, which `fold` never changes but makes the next one of.
 * @template Says what an entry says. @template Step what the program is to say there, before it has its place.
 */
export interface Book<State extends Told, Says extends { readonly typ: string }, Step> {
  readonly kind: LedgerKind;
  readonly empty: () => State;
  /** @throws {LedgerError} naming the row, where it says nothing. */
  readonly read: (row: LedgerRow) => EntryOf<Says>;
  readonly fold: (state: State, entry: EntryOf<Says>) => State;
  /** The step as the program's own entry right behind the head of `state`, in the one spelling that is signed. */
  readonly own: (state: State, step: Step) => Says;
}

/** The state after `entry`; what a book must keep to, so that a mistake in one is found at the first entry and not in a ledger. */
function folded<State extends Told, Says extends { readonly typ: string }, Step>(
  book: Book<State, Says, Step>,
  before: State,
  entry: EntryOf<Says>,
): State {
  const state = book.fold(before, entry);
  const { seq, hash } = entry.row;
  if (state.head.seq !== seq || state.head.hash !== hash) throw new Error('the fold left the head behind');
  return state;
}

/** Folds a ledger from the top, the chain checked on the way. @throws {LedgerError} */
export function replay<State extends Told, Says extends { readonly typ: string }, Step>(
  book: Book<State, Says, Step>,
  rows: Iterable<LedgerRow>,
): State {
  let state = book.empty();
  for (const row of rows) {
    const { hash, ...rest } = row;
    const fits = row.seq === state.head.seq + 1 && row.prev === state.head.hash && hash === ledgerHash(rest);
    if (!fits) throw new LedgerError(`the ledger's chain breaks at entry ${row.seq}; restore it from a copy`);
    const entry = book.read(row);
    if (entry.says.typ !== row.type) throw new LedgerError(`entry ${row.seq} is not what its row says`);
    state = folded(book, state, entry);
  }
  return state;
}

/** Stages entries behind one another; each is folded into the state that the next one is judged against. */
export interface WriterOf<State, Says extends { readonly typ: string }, Step> {
  readonly state: State;
  /** What somebody else has signed, as received. */
  message(type: Says['typ'], jws: string, says: Says, time: number): LedgerRow;
  /** The program's own entries, signed here. */
  own(steps: readonly Step[], time: number): void;
}

/** Entries that fit behind the ledger as it stands, and the state there will be when they are written. */
interface Staged<State, Type, T> {
  readonly rows: readonly LedgerRow[];
  readonly types: ReadonlySet<Type>;
  readonly state: State;
  readonly value: T;
}

/** Where entries are kept, as far as a chronicle is concerned. */
export interface Rows extends Pick<Ledger, 'append'> {
  readonly rows: () => Iterable<LedgerRow>;
}

/**
 * A ledger and the state it tells, changed together or not at all: entries are staged against a view of the state,
 * written, and only then does the view become the state. What cannot be written leaves everything as it was, and costs
 * nothing but itself.
 */
export class ChronicleOf<State extends Told, Says extends { readonly typ: string }, Step> {
  readonly #book: Book<State, Says, Step>;
  readonly #ledger: Rows;
  readonly #signer: Signer;
  readonly #listeners: ((types: ReadonlySet<Says['typ']>) => void)[] = [];
  readonly #report: Report;
  readonly #now: () => number;
  #state: State;
  #isCommitting = false;

  /**
   * Reads the state from `ledger`. @throws {LedgerError} where the ledger is broken.
   * @param report hears what a listener throws: what is written stays written, whoever stumbles over it.
   */
  constructor(
    book: Book<State, Says, Step>,
    ledger: Rows,
    signer: Signer,
    machine: MachineClock,
    report: Report,
  ) {
    this.#book = book;
    this.#ledger = ledger;
    this.#signer = signer;
    this.#report = report;
    this.#state = replay(book, ledger.rows());
    this.#now = steadyClock(machine, this.#state.clock, this.#state.head.time);
  }

  get state(): State {
    return this.#state;
  }

  /** Ledger time in ms. */
  now(): number {
    return this.#now();
  }

  /** Calls `listener` after every commit with the types of the entries it made. */
  onChange(listener: (types: ReadonlySet<Says['typ']>) => void): void {
    this.#listeners.push(guarded('a listener to the ledger', this.#report, listener));
  }

  /** Calls `listener` after every commit that made an entry of one of `types`. */
  on(types: readonly Says['typ'][], listener: () => void): void {
    this.onChange((made) => {
      if (types.some((type) => made.has(type))) listener();
    });
  }

  /** Writes what `write` stages. When it returns, everything is on the disk; where it throws, nothing is, and nothing changed. */
  commit<T>(write: (writer: WriterOf<State, Says, Step>) => T): T {
    const { rows, types, state, value } = this.#alone(() => this.#stage(write));
    if (rows.length === 0) return value;
    this.#ledger.append(rows);
    this.#state = state;
    for (const listener of this.#listeners) listener(types);
    return value;
  }

  /** Decides on the state as it stands, and enters what was decided. @returns the decision, entered where it is one. */
  enact<D extends { readonly ok: true; readonly steps: readonly Step[] } | { readonly ok: false }>(
    decide: (state: State, now: number) => D,
  ): D {
    const time = this.now();
    const decision = decide(this.#state, time);
    if (decision.ok) this.commit((writer) => writer.own(decision.steps, time));
    return decision;
  }

  /** Two that are staged on the same head would both take the next place in the ledger. */
  #alone<T>(stage: () => T): T {
    if (this.#isCommitting) throw new Error('a commit within another');
    this.#isCommitting = true;
    try {
      return stage();
    } finally {
      this.#isCommitting = false;
    }
  }

  #stage<T>(write: (writer: WriterOf<State, Says, Step>) => T): Staged<State, Says['typ'], T> {
    const book = this.#book;
    const rows: LedgerRow[] = [];
    const types = new Set<Says['typ']>();
    let state = this.#state;
    const enter = (row: LedgerRow, says: Says): void => {
      rows.push(row);
      types.add(says.typ);
      state = folded(book, state, { row, says });
    };
    const value = write({
      get state() {
        return state;
      },
      message: (type, jws, says, time) => {
        const row = nextRow(state.head, time, type, jws);
        enter(row, says);
        return row;
      },
      own: (steps, time) => {
        for (const step of steps) {
          const says = book.own(state, step);
          enter(nextRow(state.head, time, says.typ, signJws(says, this.#signer, book.kind.typ)), says);
        }
      },
    });
    return { rows, types, state, value };
  }
}
