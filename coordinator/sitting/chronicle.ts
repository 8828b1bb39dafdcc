import type { Report } from '../../shared/protocol/guarded.ts';
import { HALLVOTE, parseJwsOfAnyLength, type Signer } from '../../shared/protocol/jws.ts';
import type { LedgerRow } from '../../shared/protocol/ledger-hash.ts';
import { Audit, Ballot, CheckIn, Connect, Credential } from '../../shared/protocol/messages.ts';
import {
  type Book,
  ChronicleOf,
  type Rows,
  replay as replayOf,
  type WriterOf,
} from '../chronicle/chronicle.ts';
import { EMPTY_HEAD, LedgerError, type LedgerKind } from '../chronicle/row.ts';
import type { Wire } from '../contract/wire.ts';
import type { MachineClock } from '../process/clock.ts';
import { BY_FILE, BY_HALL, type Step } from './decided.ts';
import { isMessageEntryType, OwnEntry } from './entries.ts';
import { type Entry, fold } from './fold.ts';
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

/** A sitting's ledger. */
export const SITTING_LEDGER: LedgerKind = { application: 'HVLG', typ: HALLVOTE };

const SITTING: Book<Sitting, Entry['says'], Step> = {
  kind: SITTING_LEDGER,
  empty: emptySitting,
  read: readEntry,
  fold,
  own: ownEntry,
};

/** Folds a sitting's ledger from the top, the chain checked on the way. @throws {LedgerError} */
export const replay = (rows: Iterable<LedgerRow>): Sitting => replayOf(SITTING, rows);

export type Writer = WriterOf<Sitting, Entry['says'], Step>;

/** A sitting and its ledger. */
export class Chronicle extends ChronicleOf<Sitting, Entry['says'], Step> {
  readonly #machine: MachineClock;

  /** Reads the sitting from `ledger`, as {@link ChronicleOf} does. @throws {LedgerError} where the ledger is broken. */
  constructor(ledger: Rows, signer: Signer, machine: MachineClock, report: Report) {
    super(SITTING, ledger, signer, machine, report);
    this.#machine = machine;
  }

  /** Opens the sitting in an empty ledger and records this start of the program, and on what wire it works. */
  start(begun: Begun, version: string, wire: Wire): void {
    const time = this.now();
    const { boot } = this.#machine;
    const mono = this.#machine.mono();
    this.commit((writer) => {
      if (writer.state.head.seq === EMPTY_HEAD.seq)
        writer.own([{ typ: 'begun', ...BY_FILE, ...begun }], time);
      writer.own([{ typ: 'started', ...BY_HALL, boot, mono, version, wire }], time);
    });
  }
}
