/** A card that has not been seen for so long has been taken away. */
const GONE_MS = 1_000;

/** Makes one tap of a card that is held, shaken or tapped twice: of each, also where several lie together. */
export class TapFilter {
  readonly #seen = new Map<string, number>();

  /** Whether `card`, seen at `at` (ms of a steady clock), is a new tap. */
  isTap(card: string, at: number): boolean {
    const last = this.#seen.get(card);
    for (const [other, seen] of this.#seen) if (at - seen > GONE_MS) this.#seen.delete(other);
    this.#seen.set(card, at);
    return last === undefined || at - last > GONE_MS;
  }

  /** The card is there, and has not been taken for a tap yet: the next sight of it may be one. */
  forget(card: string): void {
    this.#seen.delete(card);
  }
}
