/** What the receipt of a proposal says. */
export interface Receipt {
  readonly proposal: string;
  /** Nobody can say it again once this is forgotten. */
  readonly code: string;
  readonly cycle: number;
  readonly title: string;
  readonly text: string;
  /** The day on which it came in. */
  readonly received: string;
  readonly attachments: number;
}

/** How long a page that was loaded again, or its PDF, still finds its receipt. */
const KEPT_MS = 30 * 60_000;
const MOST = 10_000;

interface Kept<R> {
  readonly at: number;
  readonly receipt: Promise<R | null>;
}

/** Which form has become what, so that one pressed twice or loaded again makes no second. In memory only. */
export class Receipts<R extends object = Receipt> {
  readonly #now: () => number;
  readonly #kept = new Map<string, Kept<R>>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** What became of this form, or is becoming of it just now; null where it was not sent, or not taken. */
  async of(form: string): Promise<R | null> {
    const receipt = await this.#fresh(form)?.receipt.catch(() => null);
    return receipt ?? null;
  }

  /** Sends a form: `send` makes its receipt, or none. One that has arrived is not sent again, one on its way is waited for. */
  async once(form: string, send: () => Promise<R | null>): Promise<R | null> {
    for (let other = this.#fresh(form); other; other = this.#fresh(form)) {
      const receipt = await other.receipt.catch(() => null);
      if (receipt) return receipt;
      // It came to nothing: somebody may try again.
      if (this.#kept.get(form) === other) this.#kept.delete(form);
    }
    const mine = { at: this.#now(), receipt: send() };
    this.#kept.set(form, mine);
    this.#forget();
    return mine.receipt;
  }

  #fresh(form: string): Kept<R> | null {
    const kept = this.#kept.get(form);
    return kept && this.#now() - kept.at <= KEPT_MS ? kept : null;
  }

  #forget(): void {
    for (const [form, { at }] of this.#kept) {
      if (this.#kept.size <= MOST && this.#now() - at <= KEPT_MS) return;
      this.#kept.delete(form);
    }
  }
}
