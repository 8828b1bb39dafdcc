import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { listText } from '../../../shared/projects/list.ts';
import { writePublic, writePublicParts } from '../../process/key-file.ts';
import type { AttachmentStore } from '../attachments/attachment-store.ts';
import { FEED_FILES, listsOf, PIECE } from '../feed/files.ts';
import { readHead } from '../feed/head.ts';
import type { Register } from '../model/state.ts';
import type { FeedSource } from './feed-source.ts';

export interface FeedFolderParts {
  readonly register: () => Register;
  readonly source: FeedSource;
  readonly attachments: Pick<AttachmentStore, 'typeOf' | 'read'>;
}

/** What was written into a folder, or why nothing was. */
export type FeedWritten =
  | { readonly ok: true; readonly files: readonly string[] }
  | { readonly ok: false; readonly problem: { readonly zh: string; readonly en: string } };

const no = (zh: string, en: string): FeedWritten => ({ ok: false, problem: { zh, en } });

/**
 * Writes a register's feed into a folder as it is served: for a stick, a web server, an object store. Only what has changed,
 * each file whole or not at all, and the signed head last: whoever reads in the middle of it finds what the head before says.
 */
export function writeFeedFolder(
  { register, source, attachments }: FeedFolderParts,
  out: string,
): FeedWritten {
  const head = source.head();
  const { begun, feed } = register();
  if (head === null || !begun) return no('项目库尚未开始', 'the register has not begun');
  const at = (name: string) => join(out, name);
  const before = existsSync(at(FEED_FILES.head)) ? readFileSync(at(FEED_FILES.head), 'latin1') : null;
  if (before === head) return { ok: true, files: [] };
  const there = before === null ? null : readHead(before);
  if (before !== null && there?.key !== begun.key)
    return no(
      '文件夹中是另一项目库的台账，请另选',
      'the folder holds the feed of another register; name another',
    );
  if (there && there.seq > feed.shown.seq)
    return no(
      '文件夹中的台账比这里的更新：这里可能是旧的副本',
      'the folder has a later feed than this register: this may be an old copy of it',
    );

  const files: string[] = [];
  const write = (name: string, write: (path: string) => void): void => {
    mkdirSync(dirname(at(name)), { recursive: true });
    write(at(name));
    files.push(name);
  };
  for (const [hash, list] of listsOf(register()))
    if (!existsSync(at(FEED_FILES.list(hash))))
      write(FEED_FILES.list(hash), (path) => writePublic(path, listText(list)));
  for (const hash of feed.files) {
    const type = attachments.typeOf(hash);
    const name = type && FEED_FILES.attachment(hash, type);
    const bytes = name && !existsSync(at(name)) ? attachments.read(hash)?.bytes : null;
    if (name && bytes) write(name, (path) => writePublic(path, bytes));
  }
  // Pieces that were full when the folder was written last stay as they are.
  const full = there ? Math.floor(there.seq / PIECE) : 0;
  for (let n = 1; n <= source.pieces; n += 1) {
    const name = FEED_FILES.piece(n);
    if (n <= full && existsSync(at(name)) && statSync(at(name)).size > 0) continue;
    write(name, (path) => writePublic(path, source.piece(n) ?? ''));
  }
  write(FEED_FILES.feed, (path) => writePublicParts(path, source.whole()));
  write(FEED_FILES.head, (path) => writePublic(path, head));
  return { ok: true, files };
}
