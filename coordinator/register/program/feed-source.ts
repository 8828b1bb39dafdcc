import type { Signer } from '../../../shared/protocol/jws.ts';
import type { Ledger } from '../../chronicle/ledger.ts';
import { entriesOf, pieceOf } from '../feed/files.ts';
import { signedHead } from '../feed/head.ts';
import { feedLine } from '../feed/lines.ts';
import type { Register } from '../model/state.ts';

export interface FeedSourceParts {
  readonly register: () => Register;
  readonly ledger: Pick<Ledger, 'between'>;
  readonly signer: Signer;
}

/** A register's feed as files: made of the ledger as they are asked for, a piece at a time. */
export class FeedSource {
  readonly #parts: FeedSourceParts;
  #signed: { readonly hash: string; readonly jws: string } | null = null;

  constructor(parts: FeedSourceParts) {
    this.#parts = parts;
  }

  /** The last entry that is shown. */
  get shown(): Register['feed']['shown'] {
    return this.#parts.register().feed.shown;
  }

  /** How many pieces there are. */
  get pieces(): number {
    return pieceOf(this.shown.seq);
  }

  /** The end of the feed, signed once; null before the register has begun. */
  head(): string | null {
    const { register, signer } = this.#parts;
    const { hash } = this.shown;
    if (this.#signed?.hash === hash) return this.#signed.jws;
    const jws = signedHead(register(), signer);
    this.#signed = jws === null ? null : { hash, jws };
    return jws;
  }

  /** The lines of a piece; null where there is none of that number. */
  piece(n: number): string | null {
    if (n < 1 || n > this.pieces) return null;
    const [first, last] = entriesOf(n);
    const rows = this.#parts.ledger.between(first, Math.min(last, this.shown.seq));
    return rows.map((row) => `${feedLine(row)}\n`).join('');
  }

  /** Whether nothing will ever be added to that piece. */
  isFull(n: number): boolean {
    return entriesOf(n)[1] <= this.shown.seq;
  }

  /** All of it as it stands now, a piece at a time. */
  *whole(): Generator<string> {
    const { pieces } = this;
    for (let n = 1; n <= pieces; n += 1) yield this.piece(n) ?? '';
  }
}
