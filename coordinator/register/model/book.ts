import { parseJwsOfAnyLength } from '../../../shared/protocol/jws.ts';
import type { Book } from '../../chronicle/chronicle.ts';
import { LedgerError, type LedgerKind } from '../../chronicle/row.ts';
import { RegisterEntry } from './entries.ts';
import { fold } from './fold.ts';
import { ownEntry, type SignedStep } from './own-entry.ts';
import { emptyRegister, type Register } from './state.ts';

/** A register's ledger: no entry of it is ever taken for one of a hall's. */
export const REGISTER_LEDGER: LedgerKind = { application: 'HVRG', typ: 'hallvote-register' };

export const REGISTER: Book<Register, RegisterEntry, SignedStep> = {
  kind: REGISTER_LEDGER,
  empty: emptyRegister,
  read: (row) => {
    const says = RegisterEntry.safeParse(parseJwsOfAnyLength(row.body, REGISTER_LEDGER.typ)?.payload);
    if (!says.success || says.data.typ !== row.type)
      throw new LedgerError(`entry ${row.seq} of the register's ledger cannot be read`);
    return { row, says: says.data };
  },
  fold,
  own: ownEntry,
};
