import { listText } from '../../../../shared/projects/list.ts';
import { nodeSigner } from '../../../../shared/protocol/ed25519-node.ts';
import type { Child } from '../../../config/children-file.ts';
import { entriesOf, FEED_FILES, listsOf, pieceOf } from '../../feed/files.ts';
import { signedHead } from '../../feed/head.ts';
import { feedLine } from '../../feed/lines.ts';
import type { SmallRegister } from '../../model/testing/small-register.ts';
import type { FeedPlace } from '../feed-places.ts';
import { PullEnds, pullFault } from '../pull-faults.ts';

/** The files of a feed by their names. */
export type FeedFiles = Map<string, string>;

/** What a register in memory publishes, as it stands now. */
export function feedFiles(register: SmallRegister): FeedFiles {
  const state = register.state();
  const { seq } = state.feed.shown;
  const lines = register.rows.slice(0, seq).map((row) => `${feedLine(row)}\n`);
  const files: FeedFiles = new Map();
  for (let n = 1; n <= pieceOf(seq); n += 1) {
    const [first, last] = entriesOf(n);
    files.set(FEED_FILES.piece(n), lines.slice(first - 1, last).join(''));
  }
  for (const [hash, list] of listsOf(state)) files.set(FEED_FILES.list(hash), listText(list));
  files.set(FEED_FILES.head, signedHead(state, nodeSigner(register.key)) ?? '');
  return files;
}

/** The files as a place to read from, in small chunks. @param upTo bytes of each piece after which the line breaks. */
export const placeOf = (files: () => FeedFiles, broken: { upTo: number } | null = null): FeedPlace => ({
  read: async (name) => {
    const text = files().get(name);
    if (text === undefined) return null;
    return chunksOf(Buffer.from(text), name.endsWith('.jsonl') ? broken : null);
  },
});

async function* chunksOf(bytes: Buffer, broken: { upTo: number } | null): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 700) {
    if (broken && at >= broken.upTo) throw new PullEnds(pullFault('unreachable'));
    yield bytes.subarray(at, at + 700);
  }
}

/** A register in memory as one beneath. */
export function childOf(register: SmallRegister): Child {
  const { begun } = register.state();
  if (!begun) throw new Error('it has not begun');
  const { register: id, level, key } = begun;
  return { id, level, key, place: { is: 'folder', folder: '' } };
}
