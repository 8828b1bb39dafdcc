import { type List, listHash } from '../../../shared/projects/list.ts';
import { readList } from '../../../shared/projects/read-list.ts';
import type { EntryOf } from '../../chronicle/chronicle.ts';
import { readRow } from '../../chronicle/line.ts';
import { ruleFault } from '../feed/bundle/rules.ts';
import { emptyHistory, type PublicHistory, tell } from '../feed/history.ts';
import { REGISTER } from '../model/book.ts';
import type { RegisterEntry } from '../model/entries.ts';
import type { ChildrenStore } from './children-store.ts';
import { type LevelState, levelState } from './level-state.ts';
import { faultOf, type PullFault, pullFault } from './pull-faults.ts';

/** So many entries are folded before anybody else is answered. */
const TURN = 50;
const LINES = 500;

/** Lets others be answered. */
export type Pause = () => Promise<void>;

/** Of proposals nothing is added up: their words and answers are kept on the disk and not in memory. */
const NOT_FOLDED: readonly string[] = ['wording-cleared', 'released'] satisfies RegisterEntry['typ'][];

/** What the feed of a register beneath tells, folded entry by entry by that register's own rules. */
export class ToldHistory {
  readonly #store: ChildrenStore;
  readonly #child: string;
  #history: PublicHistory = emptyHistory();
  readonly #voted = new Map<number, number>();

  private constructor(store: ChildrenStore, child: string) {
    this.#store = store;
    this.#child = child;
  }

  /** Folds what is kept of it, which was checked when it was kept. */
  static async kept(store: ChildrenStore, child: string, pause: Pause): Promise<ToldHistory> {
    const history = new ToldHistory(store, child);
    let [last, count] = [0, 0];
    for (
      let lines = store.lines(child, last, LINES);
      lines.length > 0;
      lines = store.lines(child, last, LINES)
    ) {
      for (const { seq, type, line } of lines) {
        last = seq;
        if (type === null || NOT_FOLDED.includes(type)) continue;
        const row = readRow(line);
        if (row) history.#tell(REGISTER.read(row));
        count += 1;
        if (count % TURN === 0) await pause();
      }
    }
    return history;
  }

  get level(): LevelState | null {
    return levelState(this.#history.register, this.#voted);
  }

  /** Takes an entry that a reader has given; what is against it, or null. The list that it names is kept already. */
  take(entry: EntryOf<RegisterEntry>): PullFault | null {
    const wrong = ruleFault(this.#history.register, entry, this.#listOf);
    return wrong ? faultOf(wrong) : this.#tell(entry);
  }

  #tell(entry: EntryOf<RegisterEntry>): PullFault | null {
    const told = tell(this.#history, entry, this.#listOf);
    if (!told.ok) return pullFault(told.reason, entry.row.seq);
    const { wordings, answers } = emptyHistory();
    this.#history = { ...told.history, wordings, answers };
    const { says } = entry;
    if (says.typ === 'voted' || says.typ === 'voted-on-paper') this.#voted.set(says.cycle, entry.row.seq);
    return null;
  }

  readonly #listOf = (hash: string): List | null => listOf(this.#store.list(this.#child, hash), hash);
}

/** The list that a text is, if it is the one with that hash. */
export function listOf(text: string | null, hash: string): List | null {
  const list = text === null ? null : readList(text);
  return list && listHash(list) === hash ? list : null;
}
