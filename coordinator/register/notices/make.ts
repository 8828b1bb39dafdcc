import { sha256Hex } from '../../../shared/protocol/bytes.ts';
import { inLanguage } from '../../../shared/protocol/ids.ts';
import type { LedgerHead } from '../../chronicle/row.ts';
import { dayIn } from '../model/days.ts';
import type { Register, RegisterBegun } from '../model/state.ts';
import { publishedOf } from './calendar.ts';
import { figuresOf, type Ground } from './figures.ts';
import { NOTICE_FORMAT, type Notice, type NoticeWords } from './notice.ts';
import { noticeHash, noticeText } from './notice-text.ts';
import { titleOf } from './notice-titles.ts';
import type { NoticeAsk } from './period.ts';
import { suggestedWords } from './suggest.ts';

/** What a document is made of beside its ground: whose register it is, and where its ledger stands. */
export interface Making {
  readonly begun: RegisterBegun;
  readonly head: Pick<LedgerHead, 'seq' | 'hash'>;
  readonly language: Notice['language'];
  /** In which the days of the ground are. */
  readonly timezone: string;
}

/**
 * A document as it would be published now: its figures by the ledger, its words those of `words`, or suggested ones where
 * nobody has written any yet. Null where there is nothing of which it could speak.
 */
export function noticeOf(
  ask: NoticeAsk,
  ground: Ground,
  { begun, head, language, timezone }: Making,
  words: NoticeWords | null,
): Notice | null {
  const figures = figuresOf(ask, ground);
  if (!figures) return null;
  const { works, day, before } = ground;
  const { kind, cycle, period, project } = ask;
  const replaced = publishedOf(works, ask);
  const same = [...works.documents.values()].filter(
    (one) => one.kind === kind && one.period === period && one.cycle === cycle && one.project === project,
  );
  const title = works.projects.get(project ?? '')?.sheet.title;
  const { names, sections } = figures;
  return {
    format: NOTICE_FORMAT,
    register: begun.register,
    congress: begun.congress,
    document: documentId(ask, same.length + 1),
    ...{ kind, cycle, period, project, language, timezone, day },
    replaces: replaced?.document ?? null,
    title: titleOf(ask, title ? inLanguage(title, language) : '', language),
    head: { seq: head.seq, hash: head.hash },
    before: before && { document: before.document, text: noticeHash(before) },
    rules: works.rules,
    names,
    sections,
    words: words ?? suggestedWords({ kind, language, sections }),
  };
}

/**
 * The first place at which a document is otherwise than the ledger says, as `sections.0.fen`; null: nowhere. Made anew of the
 * register as it stood behind the head that it names, it is the same to the letter but for its words, which nobody can compute.
 * That the head is one of the ledger, whoever has the ledger sees.
 * @param before the text that `before` names.
 */
export function unlike(notice: Notice, state: Register, before: Notice | null): string | null {
  const { begun, works, vocabulary } = state;
  const { kind, cycle, period, project, head, day, language, timezone, words } = notice;
  const ground = { works, vocabulary, day, dayOf: dayIn(timezone), before };
  const making = begun && { begun, head, language, timezone };
  const again = making && noticeOf({ kind, cycle, period, project }, ground, making, words);
  if (!again) return 'sections';
  return noticeText(again) === noticeText(notice) ? null : firstUnlike(notice, again, []);
}

function firstUnlike(one: unknown, other: unknown, at: readonly string[]): string | null {
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other)
    return Object.is(one, other) ? null : at.join('.');
  const [its, others] = [new Map(Object.entries(one)), new Map(Object.entries(other))];
  for (const name of new Set([...its.keys(), ...others.keys()])) {
    const found = firstUnlike(its.get(name), others.get(name), [...at, name]);
    if (found !== null) return found;
  }
  return null;
}

/** A document's name in the ledger; `turn` 2, 3 … for what corrects one. */
export function documentId({ kind, cycle, period, project }: NoticeAsk, turn: number): string {
  const year = period.startsWith(String(cycle)) ? [] : [String(cycle)];
  const id = [kind, ...year, period, ...(project === null ? [] : [project])].join('-');
  // A name has 64 characters at most, which a project's own may fill.
  const short = id.length > 58 ? `${id.slice(0, 49)}-${sha256Hex(id).slice(0, 8)}` : id;
  return `${short}${turn > 1 ? `.${turn}` : ''}`;
}
