import { type Kept, receipt, type SiteAct } from './kept.ts';

/** What came of asking the register for something. */
export type Told<T> =
  | { readonly is: 'answered'; readonly value: T }
  | {
      readonly is: 'refused';
      readonly reason: string;
      readonly text: { readonly zh: string; readonly en: string };
    }
  /** Nobody is signed in any more. */
  | { readonly is: 'signed-out' }
  /** No network, no answer, or an answer that says to try later. */
  | { readonly is: 'unreachable' };

/** The way to the register. */
export interface Line {
  /** Who is signed in there at this moment. */
  readonly person: () => Promise<Told<string>>;
  /** Gives a photograph to the register, which answers what it calls it. */
  readonly upload: (bytes: Uint8Array<ArrayBuffer>) => Promise<Told<string>>;
  readonly act: (act: SiteAct) => Promise<Told<null>>;
  /** Where it stands in the ledger; null where it is not there. */
  readonly entryOf: (act: SiteAct) => Promise<Told<{ readonly seq: number; readonly at: number } | null>>;
}

/** Where things are kept on the telephone; each call has happened for good when it returns. */
export interface Shelf {
  readonly of: (person: string) => Promise<readonly Kept[]>;
  readonly put: (kept: Kept) => Promise<void>;
}

/** What stopped the sending; `none`: all that was to be sent was sent. */
export type Stop = 'none' | 'unreachable' | 'signed-out' | 'elsewhere';

export interface OutboxParts {
  readonly line: Line;
  readonly shelf: Shelf;
  /** Does `work` unless another tab is at it; then null. */
  readonly alone: (work: () => Promise<Stop>) => Promise<Stop | null>;
  /** Something is being sent, or no longer, or has become something else. */
  readonly onChange: () => void;
}

/**
 * Sends what is kept, one thing after the other, photographs first. Whatever is cut off is sent again: the register knows a
 * file by its content and an act by its id. Nothing is taken off the shelf before the register has shown its place in the
 * ledger.
 */
export class Outbox {
  readonly #parts: OutboxParts;
  /** What is being sent at this moment. */
  sending: string | null = null;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
  }

  /** Sends all that `person` has kept, for as long as it works. */
  async send(person: string): Promise<Stop> {
    return (await this.#parts.alone(() => this.#sendAll(person))) ?? 'elsewhere';
  }

  async #sendAll(person: string): Promise<Stop> {
    const { shelf } = this.#parts;
    for (const kept of await shelf.of(person)) {
      if (kept.state.is !== 'kept') continue;
      const stopped = await this.#whyNotFor(person);
      if (stopped !== 'none') return stopped;
      this.#becomes(kept.id);
      try {
        const stop = await this.#sendOne(kept);
        if (stop !== 'none') return stop;
      } finally {
        this.#becomes(null);
      }
    }
    return 'none';
  }

  /** Somebody else may have signed in meanwhile: nobody's visit is sent in another's name. */
  async #whyNotFor(person: string): Promise<Stop> {
    const there = await this.#parts.line.person();
    if (there.is !== 'answered') return there.is === 'signed-out' ? 'signed-out' : 'unreachable';
    return there.value === person ? 'none' : 'signed-out';
  }

  async #sendOne(kept: Kept): Promise<Stop> {
    const { line, shelf } = this.#parts;
    const withPhotos = await this.#sendPhotos(kept);
    if (typeof withPhotos === 'string') return withPhotos;
    const { state, photos } = withPhotos;
    if (state.is !== 'kept') return 'none';
    // Photographs take minutes on a poor line.
    const stopped = photos.length > 0 ? await this.#whyNotFor(kept.person) : 'none';
    if (stopped !== 'none') return stopped;
    const act = { ...state.act, photos: photos.flatMap(({ hash }) => hash ?? []) };
    const done = await line.act(act);
    if (done.is === 'refused' && done.reason === 'unknown-attachment' && photos.length > 0) {
      // The register has lost a photograph of which no act came to speak: all are sent once more, the next time.
      await shelf.put({ ...withPhotos, photos: photos.map((photo) => ({ ...photo, hash: null })) });
      return 'unreachable';
    }
    if (done.is === 'refused') return this.#refused(withPhotos, done.text);
    if (done.is !== 'answered') return done.is;
    const entry = await line.entryOf(act);
    if (entry.is === 'signed-out') return 'signed-out';
    // It is in the ledger, and we have not seen where: to be asked again costs nothing.
    if (entry.is !== 'answered' || entry.value === null) return 'unreachable';
    await shelf.put(receipt(withPhotos, entry.value));
    return 'none';
  }

  /** What is kept, with every photograph under its hash; or what stopped it. */
  async #sendPhotos(kept: Kept): Promise<Kept | Stop> {
    const { line, shelf } = this.#parts;
    let now = kept;
    for (const [i, photo] of kept.photos.entries()) {
      if (photo.hash !== null) continue;
      const taken = await line.upload(photo.bytes);
      if (taken.is === 'refused') return this.#refused(now, taken.text);
      if (taken.is !== 'answered') return taken.is;
      now = {
        ...now,
        photos: now.photos.map((one, j) => (i === j ? { ...one, hash: taken.value } : one)),
      };
      await shelf.put(now);
    }
    return now;
  }

  /** It stays as it was typed, with the register's sentence, and waits for whoever typed it. */
  async #refused(kept: Kept, text: { readonly zh: string; readonly en: string }): Promise<Stop> {
    await this.#parts.shelf.put({ ...kept, state: { is: 'refused', text } });
    return 'none';
  }

  #becomes(sending: string | null): void {
    this.sending = sending;
    this.#parts.onChange();
  }
}
