import type { Report } from '../../../shared/protocol/guarded.ts';
import type { Signer } from '../../../shared/protocol/jws.ts';
import { ChronicleOf, type Rows } from '../../chronicle/chronicle.ts';
import { EMPTY_HEAD } from '../../chronicle/row.ts';
import type { RegisterConfig } from '../../config/register-file.ts';
import type { MachineClock } from '../../process/clock.ts';
import { REGISTER } from '../model/book.ts';
import type { Step } from '../model/decided.ts';
import type { RegisterEntry } from '../model/entries.ts';
import type { SignedStep } from '../model/own-entry.ts';
import type { By, Who } from '../model/person.ts';
import type { Register, RegisterBegun } from '../model/state.ts';

const BY_FILE: By = { role: 'file' };
const BY_REGISTER: By = { role: 'register' };

/** `steps` as done by these persons; null: by somebody without an account. */
export const byWhom = (steps: readonly Step[], who: Who | null): SignedStep[] =>
  steps.map((step) => ({ step, by: { role: 'public' }, ...who }));

/** The same, as a consequence of something else. */
export const byItself = (...steps: readonly Step[]): SignedStep[] =>
  steps.map((step) => ({ step, by: BY_REGISTER }));

/** What the register's file says now. */
export const byFile = (...steps: readonly Step[]): SignedStep[] =>
  steps.map((step) => ({ step, by: BY_FILE }));

/** What a register begins with by its file. @param key its own. */
export function begunBy(
  { register, congress, level }: Pick<RegisterConfig, 'register' | 'congress' | 'level'>,
  key: string,
): RegisterBegun {
  return { register: register.id, name: register.name, congress: congress.name, level, key };
}

/** A register and its ledger. */
export class RegisterChronicle extends ChronicleOf<Register, RegisterEntry, SignedStep> {
  readonly #machine: MachineClock;

  /** Reads the register from `ledger`, as {@link ChronicleOf} does. @throws {LedgerError} where the ledger is broken. */
  constructor(ledger: Rows, signer: Signer, machine: MachineClock, report: Report) {
    super(REGISTER, ledger, signer, machine, report);
    this.#machine = machine;
  }

  /** Opens the register in an empty ledger, and records this start of the program. */
  start(begun: RegisterBegun, version: string): void {
    const time = this.now();
    const { boot } = this.#machine;
    const mono = this.#machine.mono();
    this.commit((writer) => {
      if (writer.state.head.seq === EMPTY_HEAD.seq)
        writer.own(byFile({ typ: 'begun', ...begun }, 'checkpoint'), time);
      writer.own(byItself({ typ: 'started', boot, mono, version }), time);
    });
  }
}
