import type { Text } from '../../../shared/protocol/ids.ts';
import type { Light } from '../model/work/light.ts';
import type { Notice } from './notice.ts';
import type { NoticeSaid } from './notice-words.ts';

/** A column: its name, how it is set, and how wide it is beside the others. */
export interface Column {
  readonly name: string;
  readonly align: 'left' | 'center' | 'right';
  readonly width: number;
}

/** A piece of a document as it is read, on a page and on paper alike: sentences and a table, or why there is none. */
export interface Block {
  readonly heading: string;
  /** Sentences made of figures. */
  readonly said: readonly string[];
  readonly table: {
    readonly columns: readonly Column[];
    /** Lines within a cell end with LF. */
    readonly rows: readonly (readonly string[])[];
    readonly sums: readonly string[] | null;
  } | null;
  /** Small print beneath. */
  readonly note: string | null;
}

/** A shape beside each light's word: told apart without any colour, on grey paper too. */
export const LIGHT_SIGNS: Readonly<Record<Light, string>> = {
  green: '●',
  yellow: '▲',
  red: '■',
  grey: '○',
  none: '－',
};

export interface Reading {
  readonly notice: Notice;
  readonly said: NoticeSaid;
  readonly text: (text: Text) => string;
  readonly name: (what: keyof Notice['names'], id: string) => string;
}

export const left = (name: string, width: number): Column => ({ name, align: 'left', width });
export const center = (name: string, width: number): Column => ({ name, align: 'center', width });
export const right = (name: string, width: number): Column => ({ name, align: 'right', width });
