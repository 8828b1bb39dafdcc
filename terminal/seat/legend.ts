import type { Grade } from '../../shared/kinds/appraisal.ts';
import type { Option } from '../../shared/kinds/options.ts';

/** What a key does when it is pressed now. */
export type Meaning =
  | { readonly act: 'choose'; readonly option: Option }
  | { readonly act: 'pick'; readonly pick: boolean }
  | { readonly act: 'grade'; readonly grade: Grade }
  | { readonly act: 'confirm' | 'next' | 'previous' | 'finish' | 'submit' | 'back' | 'again' }
  /** A project's sheet: to open it, and to turn its pages. */
  | { readonly act: 'sheet' | 'page-on' | 'page-back' }
  /** Of a sealed ballot. */
  | { readonly act: 'cast' | 'discard' | 'audit' | 'open' };

/** The meaning of keys 1 to 5; null for a dead key. */
export type Legend = readonly [
  Meaning | null,
  Meaning | null,
  Meaning | null,
  Meaning | null,
  Meaning | null,
];

export const DEAD: Legend = [null, null, null, null, null];

/** The review page's submit key wakes up only after this: the same key, pressed in a row, led there. */
export const REVIEW_PAUSE_MS = 500;
