/** What was opened on the way, closed in reverse. */
export class Opened {
  readonly #closers: (() => unknown)[] = [];

  /** @param close what undoes a step that is about to be taken. */
  add(close: () => unknown): void {
    this.#closers.push(close);
  }

  /** Takes note of something the moment it is open. @returns that same thing. */
  keep<T>(thing: T, close: (thing: T) => unknown): T {
    this.add(() => close(thing));
    return thing;
  }

  /** Closes everything, whatever some of it throws; the first of that is thrown. Does nothing the second time. */
  async close(): Promise<void> {
    const failures: unknown[] = [];
    for (const close of this.#closers.splice(0).reverse())
      await Promise.resolve()
        .then(close)
        .catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  }
}
