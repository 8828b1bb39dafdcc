import type { Language } from '../../shared/ids.ts';
import type { Proposal } from './confirm-dialog.ts';
import type { OperatorWords } from './operator-words.ts';

/** What the parts of the operators' page share. */
export interface Desk {
  readonly words: OperatorWords;
  readonly language: Language;
  /** Lower case; empty for everything. */
  readonly search: string;
  readonly propose: (proposal: Proposal) => void;
  readonly notify: (text: string) => void;
}

/** Rows a table shows at once; a hall of thousands stays quick. */
export const MOST_ROWS = 150;

/** Rows of which some text contains what is searched for. */
export function matching<T>(
  rows: readonly T[],
  search: string,
  texts: (row: T) => readonly (string | null)[],
): T[] {
  if (search === '') return [...rows];
  return rows.filter((row) => texts(row).some((text) => text?.toLowerCase().includes(search)));
}

/** Hours, minutes and seconds of a ledger time. */
export function timeOfDay(ms: number | null, language: Language): string {
  return ms === null
    ? ''
    : new Date(ms).toLocaleTimeString(language === 'zh' ? 'zh-CN' : 'en-GB', { hour12: false });
}
