import { isDeepStrictEqual } from 'node:util';
import { type List, listHash } from '../../../../shared/projects/list.ts';
import { readList } from '../../../../shared/projects/read-list.ts';
import { sha256Hex } from '../../../../shared/protocol/bytes.ts';
import { importPublicKey, verifyJws } from '../../../../shared/protocol/ed25519-node.ts';
import { parseJwsOfAnyLength, payloadText } from '../../../../shared/protocol/jws.ts';
import { thumbprint } from '../../../../shared/protocol/keys.ts';
import { alteredFile, MOST_BYTES, type NamedFile } from '../../../bundle/export/zip.ts';
import { bitsCompared } from '../../../bundle/verify/expected-key.ts';
import { REGISTER_LEDGER } from '../../model/book.ts';
import { type FeedFault, feedFault } from '../faults.ts';
import { listsOf } from '../files.ts';
import { emptyHistory, type PublicHistory, tell } from '../history.ts';
import { type FeedPosition, FeedReader } from '../read-feed.ts';
import { hashesOf, inOrder, type RegisterFiles, RegisterManifest, readRegisterArchive } from './archive.ts';
import { DocumentCheck } from './documents.ts';
import { figuresOf, type RegisterFigures } from './figures.ts';
import { type RegisterFault, registerFault } from './problems.ts';
import { reportJson, reportText } from './report.ts';
import { ruleFault } from './rules.ts';

export interface RegisterVerifyOptions {
  /** Version of this program: a report.txt written by it is made again and compared. */
  readonly program?: string | undefined;
  /** The register's key as known from elsewhere: see `expectedKey`. */
  readonly key?: string | undefined;
  readonly onProgress?: (done: number, all: number) => void;
}

export type RegisterVerification =
  | {
      readonly ok: true;
      readonly figures: RegisterFigures;
      readonly history: PublicHistory;
      /** The version that wrote report.txt, where that is not this one and it could not be made again. */
      readonly reportBy: string | null;
      /** Files that entries speak of, by their hashes, which are not in the bundle. */
      readonly absent: readonly string[];
      /** Of the documents that were published, how many were made again of the ledger, and which could not be. */
      readonly documents: DocumentCheck['result'];
      readonly keyBits: number | null;
    }
  | { readonly ok: false; readonly fault: RegisterFault };

/** Ends a verification. */
class Found extends Error {
  readonly fault: RegisterFault;
  constructor(fault: RegisterFault) {
    super(fault.text.en);
    this.fault = fault;
  }
}

function demand(holds: boolean, ...what: Parameters<typeof registerFault>): asserts holds {
  if (!holds) throw new Found(registerFault(...what));
}

/**
 * Reads a register's bundle believing nothing: the feed by its reader and the rules, the lists and files by their hashes, then
 * the manifest, the archive and the reports. The feed comes first, so that a change is named by its entry. Never throws on
 * bad input.
 */
export function verifyRegisterBundle(
  bytes: Uint8Array,
  options: RegisterVerifyOptions = {},
): RegisterVerification {
  try {
    return verified(bytes, options);
  } catch (error) {
    if (!(error instanceof Found)) throw error;
    return { ok: false, fault: error.fault };
  }
}

function verified(bytes: Uint8Array, options: RegisterVerifyOptions): RegisterVerification {
  demand(bytes.length <= MOST_BYTES, 'too-large');
  const files = readRegisterArchive(bytes);
  demand(files !== null, 'not-a-bundle');
  const lists = listsIn(files.lists);
  const { history, position, documents } = readAll(files, lists, options);
  const { key } = position;
  const { program } = manifestOf(files, position);
  const altered = alteredFile(inOrder(files), bytes);
  demand(altered === null, 'altered', null, altered ?? '');

  const frozen = listsOf(history.register);
  for (const hash of lists.keys()) demand(frozen.has(hash), 'list-needless', null, hash);
  const absent = absentFiles(files.attachments, history);
  const figures = figuresOf(history);
  demand(figures !== null, 'not-a-bundle');
  const isSame = (name: 'report.json' | 'report.txt', made: string) =>
    demand(Buffer.compare(Buffer.from(made), files[name]) === 0, 'derived-file', null, name);
  isSame('report.json', reportJson(figures));
  if (program === options.program) isSame('report.txt', reportText(figures));
  return {
    ok: true,
    ...{ figures, history, absent, documents },
    reportBy: program === options.program ? null : program,
    keyBits: options.key === undefined ? null : bitsCompared(options.key, key),
  };
}

/** The lists of the bundle, each under the hash that it has. */
function listsIn(files: readonly NamedFile[]): ReadonlyMap<string, List> {
  return new Map(
    files.map(({ name, bytes }): [string, List] => {
      const list = readList(decode(bytes) ?? '');
      const hash = name.slice('lists/'.length, -'.txt'.length);
      demand(list !== null && listHash(list) === hash, 'not-a-list', null, name);
      return [hash, list];
    }),
  );
}

/** Reads the feed, entry by entry, by the rules. */
function readAll(
  files: Pick<RegisterFiles, 'feed.jsonl' | 'attachments'>,
  lists: ReadonlyMap<string, List>,
  { key, onProgress }: RegisterVerifyOptions,
): {
  readonly history: PublicHistory;
  readonly position: FeedPosition;
  readonly documents: DocumentCheck['result'];
} {
  const lines = decode(files['feed.jsonl'])?.split('\n') ?? [''];
  if (lines.pop() !== '') throw broken({ problem: 'unreadable', seq: lines.length + 1 });
  const listOf = (hash: string) => lists.get(hash) ?? null;
  const reader = new FeedReader();
  const documents = new DocumentCheck(files.attachments, lines);
  let history = emptyHistory();
  for (const [i, line] of lines.entries()) {
    const taken = reader.take(line);
    if (!taken.ok) throw broken(taken.fault);
    if (i % 500 === 499 || i === lines.length - 1) onProgress?.(i + 1, lines.length);
    const { entry } = taken;
    if (!entry) {
      documents.passed(i + 1, history.register);
      continue;
    }
    const { says } = entry;
    const { seq } = entry.row;
    if (says.typ === 'begun' && key !== undefined)
      demand(bitsCompared(key, says.key) > 0, 'another-key', seq, thumbprint(says.key));
    const fault =
      ruleFault(history.register, entry, listOf, history.answers) ??
      (says.typ === 'published' ? documents.faultOf({ ...entry, says }) : null);
    if (fault) throw new Found(fault);
    const told = tell(history, entry, listOf);
    if (!told.ok) throw new Found(registerFault(told.reason, seq, told.list));
    history = told.history;
    documents.passed(seq, history.register);
  }
  const fault = reader.end();
  if (fault) throw broken(fault);
  const { position } = reader;
  demand(position !== null, 'not-a-bundle');
  return { history, position, documents: documents.result };
}

const broken = ({ problem, seq }: Pick<FeedFault, 'problem' | 'seq'>): Found =>
  new Found(feedFault(problem, seq));

function manifestOf(files: RegisterFiles, position: FeedPosition): RegisterManifest {
  const jws = parseJwsOfAnyLength(Buffer.from(files['manifest.jws']).toString('latin1'), REGISTER_LEDGER.typ);
  const read = RegisterManifest.safeParse(jws?.payload);
  demand(jws !== null && read.success, 'manifest-unreadable');
  const manifest = read.data;
  const key = importPublicKey(position.key);
  demand(key !== null && jws.kid === thumbprint(position.key) && verifyJws(jws, key), 'manifest-signature');
  const isCanonical =
    jws.signingInput.split('.')[1] === Buffer.from(payloadText(manifest)).toString('base64url');
  demand(isCanonical, 'manifest-unreadable');
  const isOfThis = (['register', 'key', 'seq', 'hash', 'digest'] as const).every(
    (what) => manifest[what] === position[what],
  );
  demand(isOfThis, 'manifest-other');
  const found = Object.entries(hashesOf(files));
  for (const [name, digest] of found) demand(manifest.files[name] === digest, 'manifest-file', null, name);
  // In the order of the archive, none else.
  const names = found.map(([name]) => name);
  demand(isDeepStrictEqual(Object.keys(manifest.files), names), 'manifest-unreadable');
  return manifest;
}

/** The files that entries speak of and that are not there; those that are there must be what they are called, and spoken of. */
function absentFiles(files: readonly NamedFile[], { register }: PublicHistory): readonly string[] {
  const there = new Set<string>();
  for (const { name, bytes } of files) {
    const [hash = ''] = name.slice('attachments/'.length).split('.');
    demand(sha256Hex(bytes) === hash, 'attachment-other', null, name);
    demand(register.feed.files.has(hash) && !there.has(hash), 'attachment-needless', null, name);
    there.add(hash);
  }
  return register.feed.files.toArray().filter((hash) => !there.has(hash));
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
