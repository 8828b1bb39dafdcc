import { guarded, type Report } from '../../shared/protocol/guarded.ts';
import { parseJwsOfAnyLength, type Signer, signJws } from '../../shared/protocol/jws.ts';
import { type LedgerRow, ledgerHash } from '../../shared/protocol/ledger-hash.ts';
import { Audit, Ballot, CheckIn, Connect, Credential } from '../../shared/protocol/messages.ts';
import { EMPTY_HEAD, type Ledger, LedgerError, nextRow } from '../chronicle/ledger.ts';
import { type MachineClock, steadyClock } from '../process/clock.ts';
import type { Step } from './decision.ts';
import { type EntryType, isMessageEntryType, type MessageEntryType, OwnEntry } from './entries.ts';
import { type Entry, fold, type TerminalEntry } from './fold.ts';
import { ownEntry } from './own-entry.ts';
import { type Begun, emptySitting, type Sitting } from './state.ts';

const MESSAGES = {
  connect: Connect,
  'check-in': CheckIn,
  credential: Credential,
  ballot: Ballot,
  audit: Audit,
};

/** What the body of a row says; throws a {@link LedgerError} that names the row where it says nothing. */
export function readEntry(row: LedgerRow): Entry {
  const payload = parseJwsOfAnyLength(row.body)?.payload;
  const schema = isMessageEntryType(row.type) ? MESSAGES[row.type] : OwnEntry;
  const says = schema.safeParse(payload);
  if (!says.success || says.data.typ !== row.type)
    throw new LedgerError(`entry ${row.seq} of the ledger cannot be read`);
  return { row, says: says.data };
}

/** Folds a ledger from the top, the chain checked on the way. @throws {LedgerError} */
export function replay(rows: Iterable<LedgerRow>): Sitting {
  let state = emptySitting();
  for (const row of rows) {
    const { hash, ...rest } = row;
    const fits = row.seq === state.head.seq + 1 && row.prev === state.head.hash && hash === ledgerHash(rest);
    if (!fits) throw new LedgerError(`the ledger's chain breaks at entry ${row.seq}; restore it from a copy`);
    state = fold(state, readEntry(row));
  }
  return state;
}

/** Stages entries behind one another; each is folded into the sitting that the next one is judged against. */
export interface Writer {
  readonly state: Sitting;
  /** A terminal's message as received. */
  message(type: MessageEntryType, jws: string, says: TerminalEntry, time: number): LedgerRow;
  /** The coordinator's own entries, signed here. */
  own(steps: readonly Step[], time: number): void;
}

/** Entries that fit behind the ledger as it stands, and the sitting there will be when they are written. */
interface Staged<T> {
  readonly rows: readonly LedgerRow[];
  readonly types: ReadonlySet<EntryType>;
  readonly state: Sitting;
  readonly value: T;
}

/** Where entries are kept, as far as a chronicle is concerned. */
export interface Rows extends Pick<Ledger, 'append'> {
  readonly rows: () => Iterable<LedgerRow>;
}

export type ChangeListener = (types: ReadonlySet<EntryType>) => void;

/**
 * The ledger and the sitting it tells, changed together or not at all: entries are staged against a view of the sitting,
 * written, and only then does the view become the sitting. What cannot be written leaves everything as it was, and costs
 * nothing but itself.
 */
export class Chronicle {
  readonly #ledger: Rows;
  readonly #signer: Signer;
  readonly #listeners: ChangeListener[] = [];
  readonly #machine: MachineClock;
  readonly #report: Report;
  readonly #now: () => number;
  #state: Sitting;

  /**
   * Reads the sitting from `ledger`. @throws {LedgerError} where the ledger is broken.
   * @param report hears what a listener throws: what is written stays written, whoever stumbles over it.
   */
  constructor(ledger: Rows, signer: Signer, machine: MachineClock, report: Report) {
    this.#ledger = ledger;
    this.#signer = signer;
    this.#machine = machine;
    this.#report = report;
    this.#state = replay(ledger.rows());
    this.#now = steadyClock(machine, this.#state.clock, this.#state.head.time);
  }

  get state(): Sitting {
    return this.#state;
  }

  /** Ledger time in ms. */
  now(): number {
    return this.#now();
  }

  /** Opens the sitting in an empty ledger and records this start of the program. */
  start(begun: Begun, version: string): void {
    const time = this.now();
    const { boot } = this.#machine;
    const mono = this.#machine.mono();
    this.commit((writer) => {
      if (this.#state.head.seq === EMPTY_HEAD.seq) writer.own([{ typ: 'begun', ...begun }], time);
      writer.own([{ typ: 'started', boot, mono, version }], time);
    });
  }

  /** Calls `listener` after every commit with the types of the entries it made. */
  onChange(listener: ChangeListener): void {
    this.#listeners.push(guarded('a listener to the ledger', this.#report, listener));
  }

  /** Writes what `write` stages. When it returns, everything is on the disk; where it throws, nothing is, and nothing changed. */
  commit<T>(write: (writer: Writer) => T): T {
    const { rows, types, state, value } = this.#stage(write);
    if (rows.length === 0) return value;
    this.#ledger.append(rows);
    this.#state = state;
    for (const listener of this.#listeners) listener(types);
    return value;
  }

  #stage<T>(write: (writer: Writer) => T): Staged<T> {
    const rows: LedgerRow[] = [];
    const types = new Set<EntryType>();
    let state = this.#state;
    const enter = (entry: Entry): void => {
      rows.push(entry.row);
      types.add(entry.says.typ);
      state = fold(state, entry);
    };
    const value = write({
      get state() {
        return state;
      },
      message: (type, jws, says, time) => {
        const row = nextRow(state.head, time, type, jws);
        enter({ row, says });
        return row;
      },
      own: (steps, time) => {
        for (const step of steps) {
          const says = ownEntry(state, step);
          const row = nextRow(state.head, time, says.typ, signJws(says, this.#signer));
          enter({ row, says });
        }
      },
    });
    return { rows, types, state, value };
  }
}
