import type { Reason } from '../../../shared/protocol/reasons.ts';
import type { CountedRefusals } from '../../sitting/entries.ts';

/** So many lines name a terminal; what others caused is added to the strangers'. */
const MOST_NAMED = 30;

/** Refusals without an entry of their own, by reason and sender: as many lines as there are reasons and terminals. */
export class RefusalCounts {
  readonly #strangers = new Map<Reason, number>();
  readonly #terminals = new Map<string, Map<Reason, number>>();
  #total = 0;

  get total(): number {
    return this.#total;
  }

  add(reason: Reason, terminal: string | null, times = 1): void {
    const counts = terminal === null ? this.#strangers : (this.#terminals.get(terminal) ?? new Map());
    if (terminal !== null) this.#terminals.set(terminal, counts);
    counts.set(reason, (counts.get(reason) ?? 0) + times);
    this.#total += times;
  }

  /** All of them in few lines: the terminals that caused most by name. */
  lines(): CountedRefusals[] {
    const byName = [...this.#terminals]
      .flatMap(([terminal, counts]) => [...counts].map(([reason, count]) => ({ reason, terminal, count })))
      .sort((a, b) => b.count - a.count);
    const others = new Map(this.#strangers);
    for (const { reason, count } of byName.splice(MOST_NAMED))
      others.set(reason, (others.get(reason) ?? 0) + count);
    return [...[...others].map(([reason, count]) => ({ reason, terminal: null, count })), ...byName];
  }

  clear(): void {
    this.#strangers.clear();
    this.#terminals.clear();
    this.#total = 0;
  }
}
