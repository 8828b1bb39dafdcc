import { z } from 'zod';
import { Memory, type MemoryProblem, type MemoryStore, NOTHING } from '../../scrutineer/memory.ts';

/**
 * What a scrutineer's browser keeps for one sitting: the key, and what the device must not forget. Tabs share it, and pages
 * in a hall come over http, where browsers offer no locks: so it is read anew before every step, and read, changed and
 * written in one go without waiting in between.
 */

const Key = z.strictObject({
  seed: z.string(),
  /** The ceremony it was made in. */
  ceremony: z.number(),
  /** Whether a back-up was downloaded. */
  backedUp: z.boolean(),
});
export type Key = z.infer<typeof Key>;

const Kept = z.strictObject({ key: Key.nullable(), memory: Memory });
export type Kept = z.infer<typeof Kept>;

const EMPTY: Kept = { key: null, memory: NOTHING };

/** As much of the browser's storage as is needed. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem'>;

const placeOf = (sitting: string, scrutineer: string): string => `hallvote-key ${sitting} ${scrutineer}`;

export class ScrutineerStore implements MemoryStore {
  readonly place: string;
  readonly #shelf: Shelf;
  /** The last text read, and what it says. */
  #last: { readonly text: string | null; readonly kept: Kept | 'damaged' } = { text: null, kept: EMPTY };

  constructor(shelf: Shelf, sitting: string, scrutineer: string) {
    this.#shelf = shelf;
    this.place = placeOf(sitting, scrutineer);
  }

  isOf(sitting: string, scrutineer: string): boolean {
    return this.place === placeOf(sitting, scrutineer);
  }

  /** What is kept at this moment: the same object until it changes. */
  get kept(): Kept | 'damaged' {
    const text = this.#shelf.getItem(this.place);
    if (text !== this.#last.text) this.#last = { text, kept: text === null ? EMPTY : keptIn(text) };
    return this.#last.kept;
  }

  read(): Memory | MemoryProblem {
    const { kept } = this;
    return kept === 'damaged' ? kept : kept.memory;
  }

  update(change: (memory: Memory) => Memory): Memory | MemoryProblem {
    const kept = this.#change((before) => ({ ...before, memory: change(before.memory) }));
    return typeof kept === 'string' ? kept : kept.memory;
  }

  /** Keeps a new key where there is none; another tab's, made a moment ago, stays. */
  begin(key: Key): MemoryProblem | null {
    return problemOf(this.#change((kept) => (kept.key ? kept : { ...kept, key })));
  }

  /**
   * Puts a key from a back-up in the place of the one the person saw here; `another`: there is another by now. Where what
   * was kept is damaged, it begins anew: the person was told.
   */
  restore(key: Key, seen: string | null): MemoryProblem | 'another' | null {
    if (this.kept === 'damaged') return problemOf(this.#write({ ...EMPTY, key }));
    return this.#ofSeed(seen, (kept) => ({ ...kept, key }));
  }

  /** Notes that the key of this seed was downloaded. */
  noteBackup(seed: string): MemoryProblem | 'another' | null {
    return this.#ofSeed(seed, ({ key, memory }) => ({ key: key && { ...key, backedUp: true }, memory }));
  }

  /**
   * Removes the key of this seed. What was decrypted and agreed to stays: it is no secret, and must not be forgotten.
   * Where it is damaged, all of it goes: the person was told.
   */
  forget(seed: string | null): MemoryProblem | 'another' | null {
    if (this.kept === 'damaged') return problemOf(this.#write(EMPTY));
    return this.#ofSeed(seed, (kept) => ({ ...kept, key: null }));
  }

  #ofSeed(seed: string | null, change: (kept: Kept) => Kept): MemoryProblem | 'another' | null {
    const { kept } = this;
    if (kept !== 'damaged' && (kept.key?.seed ?? null) !== seed) return 'another';
    return problemOf(this.#change(change));
  }

  #change(change: (kept: Kept) => Kept): Kept | MemoryProblem {
    const { kept } = this;
    if (kept === 'damaged') return kept;
    const changed = change(kept);
    return JSON.stringify(changed) === JSON.stringify(kept) ? kept : this.#write(changed);
  }

  #write(kept: Kept): Kept | MemoryProblem {
    const text = JSON.stringify(kept);
    try {
      this.#shelf.setItem(this.place, text);
    } catch {
      return 'unwritable';
    }
    return this.#shelf.getItem(this.place) === text ? kept : 'unwritable';
  }
}

const problemOf = (kept: Kept | MemoryProblem): MemoryProblem | null =>
  typeof kept === 'string' ? kept : null;

function keptIn(text: string): Kept | 'damaged' {
  try {
    return Kept.parse(JSON.parse(text));
  } catch {
    return 'damaged';
  }
}

/** The browser's random bytes. */
export const browserRandom = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));
