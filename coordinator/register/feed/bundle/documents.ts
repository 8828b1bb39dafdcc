import { sha256Hex } from '../../../../shared/protocol/bytes.ts';
import type { NamedFile } from '../../../bundle/export/zip.ts';
import type { EntryOf } from '../../../chronicle/chronicle.ts';
import { dayIn } from '../../model/days.ts';
import type { RegisterEntry } from '../../model/entries.ts';
import type { Register } from '../../model/state.ts';
import { publishedBefore } from '../../notices/calendar.ts';
import { unlike } from '../../notices/make.ts';
import type { Notice } from '../../notices/notice.ts';
import { readNotice } from '../../notices/notice-text.ts';
import { fitsPeriod } from '../../notices/period.ts';
import { readFeedLine } from '../lines.ts';
import { type RegisterFault, registerFault } from './problems.ts';

type Published = EntryOf<Extract<RegisterEntry, { typ: 'published' }>>;

/** What the entry and the text both say. */
const SAID_TWICE = ['document', 'kind', 'cycle', 'period', 'project', 'title', 'replaces'] as const;

/**
 * 四个一 and letters of a bundle, each made again of the ledger as it stood behind the head that it names: what was published is
 * what the ledger said, or the document is named. One whose text is not in the bundle, or that of the document with which it is
 * compared, cannot be made again, and is named too.
 */
export class DocumentCheck {
  readonly #texts: ReadonlyMap<string, Notice | null>;
  readonly #lines: readonly string[];
  readonly #wanted: ReadonlySet<number>;
  /** The register behind each of the heads that documents name. */
  readonly #then = new Map<number, Register>();
  readonly #unread: string[] = [];
  #recomputed = 0;

  /** @param lines of the feed, which is read from the first to the last. */
  constructor(attachments: readonly NamedFile[], lines: readonly string[]) {
    this.#texts = textsIn(attachments);
    this.#lines = lines;
    this.#wanted = new Set([...this.#texts.values()].flatMap((notice) => notice?.head.seq ?? []));
  }

  /** How many were made again, and which could not be. */
  get result(): { readonly recomputed: number; readonly unread: readonly string[] } {
    return { recomputed: this.#recomputed, unread: this.#unread };
  }

  /** What is true behind the entry `seq`, whether that is public or not. */
  passed(seq: number, register: Register): void {
    if (this.#wanted.has(seq)) this.#then.set(seq, register);
  }

  /** What is wrong with a document that is published here; null: nothing. The lines up to here have been believed. */
  faultOf({ row, says }: Published): RegisterFault | null {
    const wrong = (problem: Parameters<typeof registerFault>[0], where = '') =>
      registerFault(problem, row.seq, where === '' ? says.document : `${says.document}: ${where}`);
    const notice = this.#texts.get(says.text);
    if (notice === undefined) return this.#skip(says.document);
    if (!notice) return wrong('document-unreadable');
    const other = SAID_TWICE.find((name) => notice[name] !== says[name]);
    if (other) return wrong('document-other', other);
    if (!fitsPeriod(says)) return wrong('document-other', 'period');
    const { head } = notice;
    const then = head.seq < row.seq ? this.#then.get(head.seq) : undefined;
    if (!then || this.#hashAt(head.seq) !== head.hash) return wrong('document-head');
    const dayOf = dayIn(notice.timezone);
    if (notice.day < dayOf(then.head.time) || notice.day > dayOf(row.time))
      return wrong('document-head', 'day');
    const compared = publishedBefore(then.works, says);
    const before = compared && this.#texts.get(compared.text);
    if (before === undefined) return this.#skip(says.document);
    const at = unlike(notice, then, before);
    if (at !== null) return wrong('document-figures', at);
    this.#recomputed += 1;
    return null;
  }

  #skip(document: string): null {
    this.#unread.push(document);
    return null;
  }

  #hashAt(seq: number): string | null {
    const line = readFeedLine(this.#lines[seq - 1] ?? '');
    if (!line) return null;
    return line.is === 'public' ? line.row.hash : line.hash;
  }
}

/** The texts of documents by their hashes; null where such a file is none, or in another spelling. */
const textsIn = (attachments: readonly NamedFile[]): ReadonlyMap<string, Notice | null> =>
  new Map(
    attachments.flatMap(({ name, bytes }): [string, Notice | null][] =>
      name.endsWith('.json') ? [[sha256Hex(bytes), readNotice(Buffer.from(bytes).toString('utf8'))]] : [],
    ),
  );
