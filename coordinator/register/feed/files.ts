import type { List } from '../../../shared/projects/list.ts';
import type { Register } from '../model/state.ts';

/** So many entries a piece of a feed has; only the last one has fewer, and grows. */
export const PIECE = 1000;

/** The piece, counted from 1, in which that entry stands. */
export const pieceOf = (seq: number): number => Math.ceil(seq / PIECE);

/** The first and the last entry of a piece. */
export const entriesOf = (piece: number): readonly [number, number] => [
  (piece - 1) * PIECE + 1,
  piece * PIECE,
];

/** Where the files of a feed stand, below whatever address the register, a folder or a bundle has. */
export const FEED_FILES = {
  feed: 'feed.jsonl',
  head: 'feed/head.jws',
  piece: (n: number) => `feed/${n}.jsonl`,
  list: (hash: string) => `lists/${hash}.txt`,
  attachment: (hash: string, type: string) => `attachments/${hash}.${type}`,
} as const;

/** Every list that was ever frozen, by its hash, in the order of the cycles; those that were withdrawn first. */
export const listsOf = ({ cycles }: Pick<Register, 'cycles'>): ReadonlyMap<string, List> =>
  new Map(
    [...cycles.values()].flatMap(({ frozen, withdrawn }): [string, List][] => [
      ...withdrawn.entries(),
      ...(frozen ? [[frozen.hash, frozen.list] as [string, List]] : []),
    ]),
  );
