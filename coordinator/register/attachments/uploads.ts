/** More than a staff sends in while somebody is still writing what their files are for. */
const MOST = 10_000;

/**
 * Which files each of the staff has sent in since the program began: they have them, and know more than their names. Files of
 * which no entry came to speak do not outlast the program either.
 */
export class Uploads {
  readonly #sent = new Set<string>();

  add(person: string, hash: string): void {
    const one = key(person, hash);
    this.#sent.delete(one);
    this.#sent.add(one);
    const [oldest] = this.#sent;
    if (this.#sent.size > MOST && oldest !== undefined) this.#sent.delete(oldest);
  }

  has(person: string, hash: string): boolean {
    return this.#sent.has(key(person, hash));
  }

  /** What came with something private was sent in for that alone. */
  spend(person: string, hashes: readonly string[]): void {
    for (const hash of hashes) this.#sent.delete(key(person, hash));
  }
}

const key = (person: string, hash: string) => `${hash} ${person}`;
