import { listText } from '../../../../shared/projects/list.ts';
import { type Signer, signJws } from '../../../../shared/protocol/jws.ts';
import { thumbprint } from '../../../../shared/protocol/keys.ts';
import type { LedgerRow } from '../../../../shared/protocol/ledger-hash.ts';
import { type NamedFile, packZip } from '../../../bundle/export/zip.ts';
import { replay } from '../../../chronicle/chronicle.ts';
import { LedgerError } from '../../../chronicle/row.ts';
import { REGISTER, REGISTER_LEDGER } from '../../model/book.ts';
import type { Register } from '../../model/state.ts';
import { FEED_FILES, listsOf } from '../files.ts';
import { emptyHistory, type PublicHistory, tell } from '../history.ts';
import { feedLine, isPublic } from '../lines.ts';
import { hashesOf, inOrder, type RegisterFiles, type RegisterManifest } from './archive.ts';
import { figuresOf } from './figures.ts';
import { reportJson, reportText } from './report.ts';

/** Attachments of more bytes than these, together, are left out of a bundle: they stand at the register's own address. */
export const MOST_ATTACHMENT_BYTES = 512 * 1024 * 1024;

export interface BundleSource {
  /** All rows of the ledger, from the first, each time it is asked. */
  readonly rows: () => Iterable<LedgerRow>;
  /** A file by its hash; null where it is not there. */
  readonly attachment: (hash: string) => { readonly type: string; readonly bytes: Uint8Array } | null;
}

/** The archive of a register, or why there is none. */
export type MadeBundle =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly problem: string };

/**
 * The bundle of a register: what is public of its ledger, whole, with the lists and files it speaks of, signed. Same
 * ledger, same bytes. @param program version of this program. @throws {LedgerError} where the ledger is broken.
 */
export function makeRegisterBundle(source: BundleSource, signer: Signer, program: string): MadeBundle {
  const register = replay(REGISTER, source.rows());
  const { begun, feed } = register;
  if (!begun) return { ok: false, problem: 'the ledger is empty' };
  if (signer.kid !== thumbprint(begun.key))
    return { ok: false, problem: 'this is not the register’s key; name that one with --key' };
  const { lines, history } = shownPart(register, source.rows());
  const figures = figuresOf(history);
  if (!figures) throw new LedgerError('the register’s ledger does not begin with its beginning');
  const files: RegisterFiles = {
    'manifest.jws': new Uint8Array(),
    'feed.jsonl': Buffer.from(lines.map((line) => `${line}\n`).join('')),
    'report.json': Buffer.from(reportJson(figures)),
    'report.txt': Buffer.from(reportText(figures)),
    lists: [...listsOf(register)].map(([hash, list]) => ({
      name: FEED_FILES.list(hash),
      bytes: Buffer.from(listText(list)),
    })),
    attachments: attachmentsOf(register, source),
  };
  const manifest: RegisterManifest = {
    typ: 'register-manifest',
    v: 1,
    register: begun.register,
    key: begun.key,
    program,
    ...feed.shown,
    files: hashesOf(files),
  };
  const jws = Buffer.from(signJws(manifest, signer, REGISTER_LEDGER.typ));
  return { ok: true, bytes: packZip(inOrder({ ...files, 'manifest.jws': jws })) };
}

/** The lines of the feed, and what they tell. */
function shownPart(
  register: Register,
  rows: Iterable<LedgerRow>,
): { readonly lines: readonly string[]; readonly history: PublicHistory } {
  const lists = listsOf(register);
  const lines: string[] = [];
  let history = emptyHistory();
  for (const row of rows) {
    if (row.seq > register.feed.shown.seq) break;
    lines.push(feedLine(row));
    if (!isPublic(row.type)) continue;
    const told = tell(history, REGISTER.read(row), (hash) => lists.get(hash) ?? null);
    if (!told.ok) throw new LedgerError(`entry ${row.seq} speaks of a list that the ledger does not make`);
    history = told.history;
  }
  return { lines, history };
}

/** The files that public entries speak of, in the order in which they came: all that are there, or none where they are too much. */
function attachmentsOf({ feed }: Register, { attachment }: BundleSource): NamedFile[] {
  const all: NamedFile[] = [];
  let sum = 0;
  for (const hash of feed.files) {
    const found = attachment(hash);
    if (!found) continue;
    sum += found.bytes.length;
    if (sum > MOST_ATTACHMENT_BYTES) return [];
    all.push({ name: FEED_FILES.attachment(hash, found.type), bytes: found.bytes });
  }
  return all;
}
