import type { Language } from '../../../../shared/protocol/ids.ts';

/** What takes the place of a character that cannot be seen. */
const UNSEEABLE = '\uFFFD';

/** Control characters but TAB and LF, marks that turn the direction of writing, halves of pairs, and what is no character. */
const UNSEEN =
  /[^\P{Cc}\t\n]|[\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB]|\p{Cs}|\p{Cn}|\p{Co}/gu;

/** Letters, digits and signs in one piece, longer than any word: a line may end within it. Han characters end lines anyway. */
const ENDLESS =
  /[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}。，、；：？！（）《》“”]{24,}/gu;

/** Where a line may end, unseen. */
const BREAK = '\u200B';

/** What somebody wrote, as it is printed: all of it can be seen, and no line runs out of its column. */
export function printable(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(UNSEEN, UNSEEABLE)
    .replace(ENDLESS, (word) =>
      word
        .split(/(?<=[/?&=._-])/)
        .map(breakable)
        .join(BREAK),
    );
}

/** A piece of a word without signs in it: an address ends its lines between them, nonsense anywhere. */
const breakable = (piece: string) =>
  [...piece].length < 24
    ? piece
    : [...piece].map((one, at) => (at > 0 && at % 6 === 0 ? BREAK + one : one)).join('');

/** The lines of a text that are not empty, each a paragraph. */
export const paragraphsOf = (text: string): readonly string[] =>
  text
    .split(/\r\n?|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** At most so many characters of a text, in one line. */
export function shortened(text: string, most: number): string {
  const line = [...paragraphsOf(text).join(' ')];
  return line.length <= most ? line.join('') : `${line.slice(0, most - 1).join('')}…`;
}

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

/** Year, month and day of a date such as `2026-11-29`. */
export function dayOf(date: string): readonly [number, number, number] {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  return [year, month, day];
}

/** A date in words, as documents write it: no zero before a figure (GB/T 9704, 7.3.5.4). */
export function dateText(date: string, language: Language): string {
  const [year, month, day] = dayOf(date);
  return language === 'zh' ? `${year}年${month}月${day}日` : `${day} ${MONTHS[month - 1] ?? month} ${year}`;
}

/** A hash in groups of eight, to compare by eye. */
export const inGroups = (hash: string): readonly string[] => hash.match(/.{1,8}/g) ?? [];
