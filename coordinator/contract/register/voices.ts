import { z } from 'zod';
import { HashHex, Id, Text } from '../../../shared/protocol/ids.ts';
import type { Value } from '../../../shared/protocol/value.ts';
import type { Term } from '../../../shared/terms.ts';

/** What somebody says at a site. */
export const VOICE_TERMS = {
  comment: { zh: '留言', en: 'comment' },
  objection: { zh: '情况不符', en: 'not so' },
} as const satisfies Record<string, Term>;

/** What somebody has said at a site, as whoever asks may see it. */
export const VoiceRow = z.object({
  voice: Id,
  kind: z.enum(['comment', 'objection']),
  /** The day on which it came in, where the register is. */
  day: z.string(),
  project: Id,
  projectTitle: Text,
  part: Id,
  partTitle: z.string(),
  body: Id,
  /** As it was sent; null for who may not read people, and where it was erased. */
  sent: z.string().nullable(),
  /** What everybody reads; null until somebody has read that it holds no personal data. */
  text: z.string().nullable(),
  isErased: z.boolean(),
  files: z.array(z.object({ hash: HashHex, type: z.enum(['jpg', 'pdf']) })),
  answers: z.array(z.object({ words: z.string(), by: z.string().nullable() })),
  /** What the group has found from it; null where it has found nothing. */
  finding: z
    .object({ finding: Id, due: z.string(), state: z.enum(['open', 'answered', 'closed']) })
    .nullable(),
  /** Whether whoever asks is of the project's group. */
  isMine: z.boolean(),
  /** Whether whoever asks may answer it: an office, the group, or the body of that part. */
  isMineToAnswer: z.boolean(),
});
export type VoiceRow = Value<typeof VoiceRow>;

/** `GET /api/voices`: those that wait to be read first, then the latest. */
export const VoicesDocument = z.object({
  voices: z.array(VoiceRow),
  uncleared: z.number().int().nonnegative(),
});
export type VoicesDocument = Value<typeof VoicesDocument>;
