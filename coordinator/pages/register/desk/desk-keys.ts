/** What can be done at the desk by one key. */
export type DeskCommand =
  | 'next'
  | 'previous'
  | 'mark'
  | 'mark-all'
  | 'clear'
  | 'classify'
  | 'opine'
  | 'second'
  | 'merge'
  | 'exclude'
  | 'not-adopt'
  | 'adopt'
  | 'undecide'
  | 'search'
  | 'previous-page'
  | 'next-page'
  | 'help'
  | 'escape';

interface Key {
  readonly command: DeskCommand;
  readonly keys: readonly string[];
  /** The right without which it does nothing; null: everybody’s. */
  readonly needs: string | null;
}

/** The keys of the desk, in the order in which they are shown. */
export const DESK_KEYS: readonly Key[] = [
  { command: 'next', keys: ['j', 'ArrowDown'], needs: null },
  { command: 'previous', keys: ['k', 'ArrowUp'], needs: null },
  { command: 'mark', keys: ['x'], needs: 'classify' },
  { command: 'mark-all', keys: ['X'], needs: 'classify' },
  { command: 'clear', keys: ['c'], needs: 'clear-wording' },
  { command: 'classify', keys: ['f'], needs: 'classify' },
  { command: 'opine', keys: ['o'], needs: 'opine' },
  { command: 'second', keys: ['s'], needs: 'second' },
  { command: 'adopt', keys: ['a'], needs: 'draft-decision' },
  { command: 'merge', keys: ['m'], needs: 'draft-decision' },
  { command: 'exclude', keys: ['e'], needs: 'draft-decision' },
  { command: 'not-adopt', keys: ['n'], needs: 'draft-decision' },
  { command: 'undecide', keys: ['u'], needs: 'draft-decision' },
  { command: 'search', keys: ['/'], needs: null },
  { command: 'previous-page', keys: ['['], needs: null },
  { command: 'next-page', keys: [']'], needs: null },
  { command: 'help', keys: ['?'], needs: null },
  { command: 'escape', keys: ['Escape'], needs: null },
];

/** Keys that do something of their own on a page where letters are turned off. */
const WITHOUT_LETTERS: readonly string[] = ['ArrowDown', 'ArrowUp', 'Escape'];

interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

/**
 * What a pressed key asks for; null where nothing.
 * @param typing whether somebody types, so that letters are letters.
 * @param letters whether letters are keys at all: speech input needs that they are not.
 */
export function commandOf(
  { key, ctrlKey, altKey, metaKey }: Pressed,
  {
    may,
    typing,
    letters,
  }: { readonly may: (right: string) => boolean; readonly typing: boolean; readonly letters: boolean },
): DeskCommand | null {
  if (ctrlKey || altKey || metaKey || typing) return null;
  if (!letters && !WITHOUT_LETTERS.includes(key)) return null;
  const found = DESK_KEYS.find(({ keys }) => keys.includes(key));
  return found && (found.needs === null || may(found.needs)) ? found.command : null;
}
