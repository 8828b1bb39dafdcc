import type Database from 'better-sqlite3';
import { z } from 'zod';
import { NoticeWords } from '../notices/notice.ts';
import type { NoticeAsk } from '../notices/period.ts';

export const DRAFTS_SCHEMA = `
  CREATE TABLE IF NOT EXISTS notice_drafts (
    person   TEXT NOT NULL,
    document TEXT NOT NULL,
    language TEXT NOT NULL,
    words    TEXT NOT NULL,
    PRIMARY KEY (person, document)
  ) STRICT;
`;

const Row = z.object({ language: z.enum(['zh', 'en']), words: z.string() });

/** What somebody has written of a document, and in which language. */
export interface NoticeDraft {
  readonly language: 'zh' | 'en';
  readonly words: NoticeWords;
}

/** Words of documents that were not published yet, of each person their own: nobody else sees them. */
export class NoticeDrafts {
  readonly #statements;

  constructor(db: Database.Database) {
    this.#statements = {
      keep: db.prepare('INSERT OR REPLACE INTO notice_drafts VALUES (?, ?, ?, ?)'),
      of: db.prepare('SELECT language, words FROM notice_drafts WHERE person = ? AND document = ?'),
      remove: db.prepare('DELETE FROM notice_drafts WHERE person = ? AND document = ?'),
    };
  }

  keep(person: string, ask: NoticeAsk, { language, words }: NoticeDraft): void {
    this.#statements.keep.run(person, keyOf(ask), language, JSON.stringify(words));
  }

  of(person: string, ask: NoticeAsk): NoticeDraft | null {
    const row = this.#statements.of.get(person, keyOf(ask));
    if (row === undefined) return null;
    const { language, words } = Row.parse(row);
    return { language, words: NoticeWords.parse(JSON.parse(words)) };
  }

  /** It was published, or given up. */
  remove(person: string, ask: NoticeAsk): void {
    this.#statements.remove.run(person, keyOf(ask));
  }
}

const keyOf = ({ kind, cycle, period, project }: NoticeAsk): string =>
  JSON.stringify([kind, cycle, period, project]);
