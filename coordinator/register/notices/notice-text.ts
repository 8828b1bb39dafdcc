import { sha256Hex } from '../../../shared/protocol/bytes.ts';
import { Notice } from './notice.ts';

/** The longest text that is read: a hundred projects of two hundred parts each, and what was found. */
const MOST_CHARS = 16_000_000;

/**
 * A document's one spelling, of which its hash is: JSON in NFC on lines of two spaces more for every level, members in the
 * order of the schema, and LF at the end.
 */
export const noticeText = (notice: Notice): string =>
  `${JSON.stringify(Notice.parse(notice), null, 2).normalize('NFC')}\n`;

/** SHA-256 of {@link noticeText}, in hexadecimal. */
export const noticeHash = (notice: Notice): string => sha256Hex(noticeText(notice));

/** The document that `text` spells; null where it is none, or not in its one spelling. */
export function readNotice(text: string): Notice | null {
  if (text.length > MOST_CHARS) return null;
  const read = Notice.safeParse(parsed(text));
  return read.success && noticeText(read.data) === text ? read.data : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Of everything in a document that nobody may edit, but for the head and the day: whoever publishes names it, so that it is what they have seen. */
export const figuresHash = ({ title, rules, names, before, sections }: Notice): string =>
  sha256Hex(JSON.stringify({ title, rules, names, before, sections }));
