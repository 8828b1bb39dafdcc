import type { Term } from '../../../shared/terms.ts';

/** Text as HTML: nothing in a title or a name can become markup. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** Markup that was made here and needs no escaping. */
export class Markup {
  constructor(readonly html: string) {}
}

export type Cell = string | number | Markup;

const content = (cell: Cell): string =>
  cell instanceof Markup ? cell.html : typeof cell === 'number' ? String(cell) : escapeHtml(cell);

const isFigure = (cell: Cell | undefined): boolean =>
  typeof cell === 'number' || (typeof cell === 'string' && /^(\d+\.\d\d%|—)$/.test(cell));

/** A table with a head; columns of figures stand to the right. Cells are escaped. */
export function table(
  head: readonly Cell[],
  rows: readonly (readonly Cell[])[],
  density: 'normal' | 'dense' = 'normal',
): string {
  const figures = head.map((_, column) => rows.length > 0 && rows.every((row) => isFigure(row[column])));
  const line = (tag: 'th' | 'td', cells: readonly Cell[]) =>
    `<tr>${cells.map((cell, i) => `<${tag}${figures[i] ? ' class="n"' : ''}>${content(cell)}</${tag}>`).join('')}</tr>\n`;
  const tag = density === 'dense' ? '<table class="dense">' : '<table>';
  return `${tag}<thead>${line('th', head)}</thead><tbody>\n${rows.map((row) => line('td', row)).join('')}</tbody></table>`;
}

/** A term in Chinese with its English below, small, for the head of a column. */
export function bilingual({ zh, en }: Term): Markup {
  return new Markup(`${escapeHtml(zh)}<small>${escapeHtml(en)}</small>`);
}
