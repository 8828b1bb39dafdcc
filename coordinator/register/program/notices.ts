import { inLanguage } from '../../../shared/protocol/ids.ts';
import type { CalendarDocument, NoticePreview } from '../../contract/register/notices.ts';
import type { AttachmentStore } from '../attachments/attachment-store.ts';
import type { NoticeDrafts } from '../beside/notice-drafts.ts';
import type { RegisterActor } from '../model/person.ts';
import { REGISTER_REFUSALS } from '../model/refusals.ts';
import { calendarOf, publishedBefore } from '../notices/calendar.ts';
import type { Ground } from '../notices/figures.ts';
import { noticeOf } from '../notices/make.ts';
import type { Notice, NoticeWords } from '../notices/notice.ts';
import { figuresHash, noticeHash, noticeText, readNotice } from '../notices/notice-text.ts';
import { fitsPeriod, hasBegun, type NoticeAsk } from '../notices/period.ts';
import type { NoticePaper } from '../papers/documents.ts';
import type { PaperPress, Rendered } from '../papers/press.ts';
import { PAPER_REFUSALS } from '../papers/refusals.ts';
import type { RegisterActs } from './register-acts.ts';
import type { RegisterChronicle } from './register-chronicle.ts';

/** Why no document was made or published. */
export const NOTICE_REFUSALS = {
  ...PAPER_REFUSALS,
  ...REGISTER_REFUSALS,
  'wrong-period': {
    zh: '此类文件没有这样的期间，请从日历中选取',
    en: 'A document of this kind has no such period; choose one from the calendar',
  },
  'period-to-come': { zh: '期间尚未开始', en: 'That period has not begun yet' },
  'nothing-to-tell': {
    zh: '没有可写的内容：该年度没有实施中的项目，或者该项目不在整改中',
    en: 'There is nothing to tell: no project of that year is carried out, or that one is not to be put right',
  },
} as const;
export type NoticeRefusal = keyof typeof NOTICE_REFUSALS;

interface Refused {
  readonly is: 'refused';
  readonly reason: NoticeRefusal;
}
const refused = (reason: NoticeRefusal): Refused => ({ is: 'refused', reason });

export interface NoticesParts {
  readonly chronicle: Pick<RegisterChronicle, 'state' | 'now'>;
  readonly acts: Pick<RegisterActs, 'ask'>;
  readonly attachments: Pick<AttachmentStore, 'keep' | 'read'>;
  readonly drafts: NoticeDrafts;
  readonly press: Pick<PaperPress, 'renderPaper'>;
  readonly dayOf: (time: number) => string;
  /** In which those days are. */
  readonly timezone: string;
}

type Publishing = NoticeAsking & {
  readonly words: NoticeWords;
  readonly figures: string;
  readonly replaces: string | null;
};
interface NoticeAsking {
  readonly ask: NoticeAsk;
  readonly language: Notice['language'];
}

export type Published =
  | { readonly is: 'published'; readonly document: string; readonly text: string; readonly pdf: string }
  | ({ readonly is: 'moved' } & NoticePreview)
  | Refused;

/** Makes documents from the ledger, keeps what people write of them, and publishes them: text and PDF under their hashes, then the entry. */
export class Notices {
  readonly #parts: NoticesParts;

  constructor(parts: NoticesParts) {
    this.#parts = parts;
  }

  calendar(): CalendarDocument {
    const { chronicle, dayOf } = this.#parts;
    const { works } = chronicle.state;
    const day = dayOf(chronicle.now());
    const documents = [...works.documents.values()];
    return {
      day,
      due: calendarOf({ works, day, dayOf }),
      published: documents.reverse().map((one) => ({
        ...one,
        replacedBy: documents.find(({ replaces }) => replaces === one.document)?.document ?? null,
      })),
    };
  }

  /** A document as it would be published now. @param given words, which are kept for `person`. */
  preview(
    ask: NoticeAsk,
    person: string,
    given: { readonly language: Notice['language'] | null; readonly words: NoticeWords | null },
  ): ({ readonly is: 'shown' } & NoticePreview) | Refused {
    const { drafts } = this.#parts;
    const kept = drafts.of(person, ask);
    const language = given.language ?? kept?.language ?? 'zh';
    if (given.words) drafts.keep(person, ask, { language, words: given.words });
    // Words of another language are no words for this one.
    const words = given.words ?? (kept?.language === language ? kept.words : null);
    const made = this.#made({ ask, language }, words);
    return 'is' in made ? made : { is: 'shown', ...shown(made) };
  }

  /** The same on paper, with the words that were kept. */
  async draft(ask: NoticeAsk, person: string): Promise<{ readonly pdf: Uint8Array } | Refused> {
    const kept = this.#parts.drafts.of(person, ask);
    const made = this.#made({ ask, language: kept?.language ?? 'zh' }, kept?.words ?? null);
    if ('is' in made) return made;
    const rendered = await this.#rendered(made);
    return 'pdf' in rendered ? rendered : refused(rendered.refusal);
  }

  /** Publishes a document with exactly those figures, as the correction of exactly that one. */
  async publish({ words, figures, replaces, ...asking }: Publishing, by: RegisterActor): Promise<Published> {
    const { attachments, acts, drafts } = this.#parts;
    const { ask } = asking;
    const made = this.#made(asking, words);
    if ('is' in made) return made;
    if (made.replaces !== replaces) return refused('published-already');
    if (figuresHash(made) !== figures) return { is: 'moved', ...shown(made) };
    const rendered = await this.#rendered(made);
    if (!('pdf' in rendered)) return refused(rendered.refusal);
    // A moment has gone by: the figures on that paper must still be those of the ledger.
    const now = this.#made(asking, words);
    if ('is' in now) return now;
    if (figuresHash(now) !== figures) return { is: 'moved', ...shown(now) };
    // Before the entry that speaks of them: no document is without its text.
    const text = attachments.keep('json', Buffer.from(noticeText(made)), null);
    const pdf = attachments.keep('pdf', rendered.pdf, null);
    const { document, title } = made;
    const asked = acts.ask({ act: 'publish', ...ask, document, title, text, pdf, replaces }, { by });
    if (asked.is !== 'done') return refused(asked.is === 'refused' ? asked.reason : 'second-person');
    drafts.remove(by.id, ask);
    return { is: 'published', document, text, pdf };
  }

  #made({ ask, language }: NoticeAsking, words: NoticeWords | null): Notice | Refused {
    const { chronicle, dayOf, timezone } = this.#parts;
    const { begun, works, vocabulary, head } = chronicle.state;
    const day = dayOf(chronicle.now());
    if (!fitsPeriod(ask)) return refused('wrong-period');
    if (!hasBegun(ask, day)) return refused('period-to-come');
    const ground: Ground = { works, vocabulary, day, dayOf, before: this.#before(ask) };
    return (
      (begun && noticeOf(ask, ground, { begun, head, language, timezone }, words)) ??
      refused('nothing-to-tell')
    );
  }

  /** The notice or bulletin of the period before, as it was published; null where there is none. */
  #before(ask: NoticeAsk): Notice | null {
    const { chronicle, attachments } = this.#parts;
    const holds = publishedBefore(chronicle.state.works, ask);
    const file = holds && attachments.read(holds.text);
    return file ? readNotice(file.bytes.toString('utf8')) : null;
  }

  #rendered(notice: Notice): Promise<Rendered> {
    return this.#parts.press.renderPaper(paperOf(notice));
  }
}

const shown = (notice: Notice): NoticePreview => ({ notice, figures: figuresHash(notice) });

/** A document as paper, issued by the congress in whose name it is published. */
export function paperOf(notice: Notice): NoticePaper {
  const { language, congress, day } = notice;
  return {
    kind: 'notice',
    language,
    issuer: inLanguage(congress, language),
    date: day,
    notice,
    hash: noticeHash(notice),
  };
}
