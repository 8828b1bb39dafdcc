/** How lists are laid out on the hall's screen; the type itself is then made as large as fits (`shared/pages/fit.ts`). */

/** Entries on one screen: beyond these the screen turns pages. */
export const PER_SCREEN = 30;
/** How long a page of a long list stands. */
export const PAGE_MS = 10_000;

/** `items` in as few pages as `PER_SCREEN` allows, as even as they come. */
export function pagesOf<T>(items: readonly T[]): T[][] {
  const pages = Math.max(1, Math.ceil(items.length / PER_SCREEN));
  const size = Math.max(1, Math.ceil(items.length / pages));
  return Array.from({ length: pages }, (_, i) => items.slice(i * size, (i + 1) * size));
}

/** Which of `pages` is on screen so long after the list came up. */
export function pageAt(elapsedMs: number, pages: number): number {
  return Math.floor(Math.max(0, elapsedMs) / PAGE_MS) % Math.max(1, pages);
}

/** Columns for `n` plain lines. */
export function itemColumns(n: number): number {
  if (n > 20) return 3;
  return n > 6 ? 2 : 1;
}

/** Columns for `n` lines with figures, which need more width. */
export function figureColumns(n: number): number {
  return n > 15 ? 2 : 1;
}

/** Width of `text` in ems: a Chinese character is one, a Latin letter a little more than half. */
export function ems(text: string): number {
  return [...text].reduce((sum, char) => sum + ((char.codePointAt(0) ?? 0) > 0x2e80 ? 1 : 0.56), 0);
}

/** The type size of a title, at most `most` hundredths of the height: one line where that stays large, else more. */
export function titleSize(title: string, most: number): string {
  const width = Math.max(1, ems(title));
  const large = most * 0.34;
  const lines = [1, 2, 3].find((n) => lineSize(width, n) >= large) ?? 3;
  return `min(${most}vh, ${lineSize(width, lines).toFixed(2)}vw)`;
}

/** In vw, the size at which so many ems fill so many lines; lines never break evenly. */
function lineSize(width: number, lines: number): number {
  return (lines === 1 ? 92 : 84 * lines) / width;
}
