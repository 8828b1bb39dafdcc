import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { z } from 'zod';
import { Millis } from '../../../../shared/protocol/ids.ts';
import type { Value } from '../../../../shared/protocol/value.ts';
import { RegisterNames, RegisterSession } from '../../../contract/register/documents.ts';
import { WorkDocument } from '../../../contract/register/works.ts';
import { Kept } from './kept.ts';
import type { Shelf } from './outbox.ts';

/** What the page was told last, so that it can be read at a site without a network. */
export const Remembered = z.object({
  session: RegisterSession,
  names: RegisterNames,
  works: z.array(WorkDocument),
  /** When that was. */
  at: Millis,
});
export type Remembered = Value<typeof Remembered>;

interface Schema extends DBSchema {
  kept: { key: string; value: unknown; indexes: { person: string } };
  remembered: { key: 'last'; value: unknown };
}

/** The one record of what was told last. */
const LAST = 'last';

/**
 * What is on this telephone, in the browser's own database: what somebody has done at a site and not yet sent, and what the
 * register said last. What cannot be read any more, since an earlier version wrote it, stays where it is.
 */
export class Telephone implements Shelf {
  readonly #open: Promise<IDBPDatabase<Schema>>;

  constructor(name = 'hallvote-visits') {
    this.#open = openDB<Schema>(name, 1, {
      upgrade: (base) => {
        base.createObjectStore('kept', { keyPath: 'id' }).createIndex('person', 'person');
        base.createObjectStore('remembered');
      },
    });
  }

  /** Everything of a person's, in the order in which they began it. */
  async of(person: string): Promise<readonly Kept[]> {
    const rows = await (await this.#open).getAllFromIndex('kept', 'person', person);
    return rows
      .flatMap((row) => Kept.safeParse(row).data ?? [])
      .sort((a, b) => a.made - b.made || (a.id < b.id ? -1 : 1));
  }

  async put(kept: Kept): Promise<void> {
    const base = await this.#open;
    // It is on the disk when this returns, as far as the browser can tell.
    const write = base.transaction('kept', 'readwrite', { durability: 'strict' });
    await write.store.put(kept);
    await write.done;
  }

  async remove(id: string): Promise<void> {
    await (await this.#open).delete('kept', id);
  }

  async remembered(): Promise<Remembered | null> {
    return Remembered.safeParse(await (await this.#open).get('remembered', LAST)).data ?? null;
  }

  async remember(what: Remembered): Promise<void> {
    await (await this.#open).put('remembered', what, LAST);
  }

  /** Somebody has signed out: what they could read goes, and their receipts; what they have not sent stays, for them alone. */
  async forget(person: string): Promise<void> {
    await (await this.#open).clear('remembered');
    for (const { id, state } of await this.of(person)) if (state.is === 'received') await this.remove(id);
  }

  /** How many things wait here to be sent, whosever they are. */
  async unsent(): Promise<number> {
    const rows = await (await this.#open).getAll('kept');
    return rows.filter((row) => Kept.safeParse(row).data?.state.is !== 'received').length;
  }
}
