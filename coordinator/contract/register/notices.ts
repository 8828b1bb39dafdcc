import { z } from 'zod';
import { HashHex, Id, Millis, Text } from '../../../shared/protocol/ids.ts';
import type { Value } from '../../../shared/protocol/value.ts';
import { DocumentKind } from '../../register/model/work/fields.ts';
import { Notice, NoticeWords } from '../../register/notices/notice.ts';
import { NoticeAsk } from '../../register/notices/period.ts';

const refused = z.object({
  is: z.literal('refused'),
  reason: z.string(),
  text: z.object({ zh: z.string(), en: z.string() }),
});

/** Something that is due, and who owes it. */
export const DueDocument = z.object({
  what: z.enum([
    ...(['document', 'plan', 'report', 'finding', 'recheck'] as const),
    ...(['request', 'explanation', 'acceptance', 'look-back'] as const),
  ]),
  cycle: z.number(),
  day: z.string().nullable(),
  isPast: z.boolean(),
  owes: z.union([
    z.object({ is: z.literal('body'), body: Id }),
    z.object({ is: z.enum(['congress-office', 'standing-committee', 'supervision-group']) }),
  ]),
  project: Id.nullable(),
  title: Text.nullable(),
  part: z.string().nullable(),
  about: z.string(),
  document: z.object({ ...NoticeAsk.shape, opens: z.string() }).nullable(),
});
export type DueDocument = Value<typeof DueDocument>;

/** A document that was published, as a line. */
export const PublishedRow = z.object({
  document: Id,
  kind: DocumentKind,
  cycle: z.number(),
  period: z.string(),
  project: Id.nullable(),
  title: z.string(),
  at: Millis,
  seq: z.number(),
  text: HashHex,
  pdf: HashHex,
  replaces: Id.nullable(),
  /** The one that corrects it; null while it holds. */
  replacedBy: Id.nullable(),
});
export type PublishedRow = Value<typeof PublishedRow>;

/** `GET /api/calendar`: what is due and who owes it, and what was published, the newest first. */
export const CalendarDocument = z.object({
  day: z.string(),
  due: z.array(DueDocument),
  published: z.array(PublishedRow),
});
export type CalendarDocument = Value<typeof CalendarDocument>;

/** What is asked to be seen: with words, which are kept for whoever wrote them; without, with those that were kept, or suggested ones. */
export const PreviewAsked = z.strictObject({
  ask: NoticeAsk,
  language: z.enum(['zh', 'en']).nullable(),
  words: NoticeWords.nullable(),
});

const shown = {
  notice: Notice,
  /** Names the figures that are shown: publishing asks for exactly these. */
  figures: HashHex,
};
export const NoticePreview = z.object(shown);
export type NoticePreview = Value<typeof NoticePreview>;

export const PreviewAnswer = z.discriminatedUnion('is', [
  z.object({ is: z.literal('shown'), ...shown }),
  refused,
]);

/** What is to be published: the figures by their hash as they were shown, and what it corrects. */
export const PublishAsked = z.strictObject({
  ask: NoticeAsk,
  language: z.enum(['zh', 'en']),
  words: NoticeWords,
  figures: HashHex,
  replaces: Id.nullable(),
});

/** `moved`: the ledger has moved on so that the figures are others; nothing was published. */
export const PublishAnswer = z.discriminatedUnion('is', [
  z.object({ is: z.literal('published'), document: Id, text: HashHex, pdf: HashHex }),
  z.object({ is: z.literal('moved'), ...shown }),
  refused,
]);
export type PublishAnswer = Value<typeof PublishAnswer>;

/** A document's draft as it stands in an address; `-` for no project. */
export const DraftParams = z.object({
  kind: DocumentKind,
  cycle: z.string().regex(/^\d{4}$/),
  period: NoticeAsk.shape.period,
  project: z.union([z.literal('-'), Id]),
});
