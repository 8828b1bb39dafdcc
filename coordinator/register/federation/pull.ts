import { MOST_LIST_CHARS } from '../../../shared/projects/read-list.ts';
import type { Child } from '../../config/children-file.ts';
import { FEED_FILES, pieceOf } from '../feed/files.ts';
import { readHead, type SignedHead } from '../feed/head.ts';
import { MOST_LINE_CHARS, readFeedLine } from '../feed/lines.ts';
import { type FeedPosition, FeedReader } from '../feed/read-feed.ts';
import type { Witnessed } from '../model/state.ts';
import type { ChildrenStore, KeptLine } from './children-store.ts';
import { type FeedPlace, linesOf, textOf } from './feed-places.ts';
import type { LevelState } from './level-state.ts';
import { faultOf, PullEnds, type PullFault, pullFault } from './pull-faults.ts';
import { listOf, type Pause, ToldHistory } from './told-history.ts';

/** The largest signed end, and the largest piece: what a register serves itself. */
const MOST_HEAD = 10_000;
const MOST_PIECE = 64 * 1024 * 1024;

/** So many lines come to the disk together; as many checked ones are lost at most, and read again, where the machine stops. */
const BATCH = 100;

export interface PullParts {
  readonly store: ChildrenStore;
  /** How far the ledger has witnessed its feed. */
  readonly witnessed: Witnessed | null;
  readonly now: () => number;
  /** Lets others be answered. */
  readonly pause: Pause;
}

/** What a pull gave. `level` null: nothing has changed, or nothing was ever read. */
export interface Pulled {
  readonly entries: number;
  readonly fault: PullFault | null;
  readonly level: LevelState | null;
}

/**
 * Reads on in the feed of a register beneath, from where it was left: every entry checked as a stranger's, by the key that is
 * expected, and by the rules of a register. What was believed is kept as it comes, so that what breaks off goes on there; at
 * something wrong reading ends, and what was kept stays.
 */
export async function pullChild(child: Child, place: FeedPlace, parts: PullParts): Promise<Pulled> {
  const { store, now } = parts;
  store.expect(child);
  const before = store.kept(child.id);
  const pull = new Pull(child, place, parts);
  const fault = await pull.run().catch((error: unknown) => {
    if (error instanceof PullEnds) return error.fault;
    throw error;
  });
  store.note(child.id, now(), { told: pull.told ?? before.told, fault });
  return { entries: pull.entries, fault, level: pull.level };
}

class Pull {
  readonly #child: Child;
  readonly #place: FeedPlace;
  readonly #parts: PullParts;
  readonly #reader: FeedReader;
  #history: ToldHistory | null = null;
  /** Believed and not yet kept; the rest waits for the next public entry, which says that it is believed. */
  #believed: KeptLine[] = [];
  #waiting: KeptLine[] = [];
  /** Where the reader stood behind the last believed one. */
  #last: FeedPosition | null = null;
  #kept: number;
  entries = 0;
  told: number | null = null;

  constructor(child: Child, place: FeedPlace, parts: PullParts) {
    this.#child = child;
    this.#place = place;
    this.#parts = parts;
    const { position } = parts.store.kept(child.id);
    this.#kept = position?.seq ?? 0;
    this.#reader = new FeedReader({ from: position, key: child.key });
  }

  get level(): LevelState | null {
    return this.#history?.level ?? null;
  }

  async run(): Promise<null> {
    const head = await this.#head();
    this.told = head.seq;
    const { position } = this.#reader;
    if (position?.seq === head.seq) {
      if (position.hash !== head.hash || position.digest !== head.digest)
        this.#end(pullFault('forked', head.seq));
      return null;
    }
    this.#history = await ToldHistory.kept(this.#parts.store, this.#child.id, this.#parts.pause);
    try {
      for (let n = pieceOf(Math.max(1, this.#kept)); n <= pieceOf(head.seq); n += 1)
        await this.#piece(n, head);
    } finally {
      this.#keep();
    }
    const end = this.#reader.position;
    if (end?.seq !== head.seq) this.#end(pullFault('unfinished', end?.seq ?? null));
    if (end.hash !== head.hash || end.digest !== head.digest) this.#end(pullFault('forked', head.seq));
    return null;
  }

  /** Where the feed ends, as the register has signed it. */
  async #head(): Promise<SignedHead> {
    const bytes = await this.#place.read(FEED_FILES.head);
    if (!bytes) this.#end(pullFault('no-feed'));
    const head = readHead((await textOf(bytes, MOST_HEAD)).trim());
    if (!head) this.#end(pullFault('head-unreadable'));
    if (head.key !== this.#child.key) this.#end(pullFault('another-key'));
    if (head.register !== this.#child.id) this.#end(pullFault('another-register'));
    if (head.seq < Math.max(this.#kept, this.#seen?.at ?? 0)) this.#end(pullFault('cut-off', head.seq));
    return head;
  }

  async #piece(n: number, head: SignedHead): Promise<void> {
    const bytes = await this.#place.read(FEED_FILES.piece(n));
    if (!bytes) return;
    let turn = 0;
    for await (const line of linesOf(bytes, { line: MOST_LINE_CHARS, all: MOST_PIECE })) {
      // What came since the end was signed is the next pull's.
      if (this.#reader.position?.seq === head.seq) return;
      await this.#line(line);
      turn += 1;
      if (turn % 20 === 0) await this.#parts.pause();
    }
  }

  async #line(line: string): Promise<void> {
    const taken = this.#reader.take(line);
    if (!taken.ok) this.#end(faultOf(taken.fault));
    const { entry } = taken;
    const { seq, hash } = entry?.row ?? placeIn(line);
    if (seq <= this.#kept) return;
    if (seq === this.#seen?.at && hash !== this.#seen.hash) this.#end(pullFault('forked', seq));
    this.#waiting.push({ seq, type: entry?.row.type ?? null, line });
    if (!entry) return;
    const { says } = entry;
    if (says.typ === 'begun' && says.register !== this.#child.id)
      this.#end(pullFault('another-register', seq));
    if (says.typ === 'begun' && says.level !== this.#child.level) this.#end(pullFault('another-level', seq));
    if (says.typ === 'list-frozen') await this.#list(says.list, seq);
    const wrong = this.#history?.take(entry);
    if (wrong) this.#end(wrong);
    this.#believed.push(...this.#waiting);
    this.#waiting = [];
    this.#last = this.#reader.position;
    if (this.#believed.length >= BATCH) this.#keep();
  }

  /** Fetches the list with that hash, unless it is there. */
  async #list(hash: string, seq: number): Promise<void> {
    const { store } = this.#parts;
    if (store.list(this.#child.id, hash) !== null) return;
    const bytes = await this.#place.read(FEED_FILES.list(hash));
    if (!bytes) this.#end(pullFault('list-missing', seq));
    const text = await textOf(bytes, 4 * MOST_LIST_CHARS);
    if (!listOf(text, hash)) this.#end(pullFault('list-other', seq));
    store.keepList(this.#child.id, hash, text);
  }

  #keep(): void {
    const last = this.#last;
    if (!last || this.#believed.length === 0) return;
    if (!this.#parts.store.keep(this.#child.id, this.#kept, this.#believed, last))
      this.#end(pullFault('elsewhere'));
    this.entries += this.#believed.length;
    this.#kept = last.seq;
    this.#believed = [];
  }

  get #seen(): Witnessed | null {
    const { witnessed } = this.#parts;
    return witnessed?.key === this.#child.key ? witnessed : null;
  }

  #end(fault: PullFault): never {
    throw new PullEnds(fault);
  }
}

/** Number and hash of a line that a reader has taken. */
function placeIn(line: string): { readonly seq: number; readonly hash: string } {
  const read = readFeedLine(line);
  if (!read) throw new Error('a line was taken that cannot be read');
  return read.is === 'public' ? read.row : read;
}
