import type { NamedFile } from '../../coordinator/bundle/export/zip.ts';
import { packZip } from '../../coordinator/bundle/export/zip.ts';
import { ledgerLine } from '../../coordinator/chronicle/line.ts';
import { nextRow } from '../../coordinator/chronicle/row.ts';
import {
  hashesOf,
  inOrder,
  type RegisterFiles,
  type RegisterManifest,
  readRegisterArchive,
} from '../../coordinator/register/feed/bundle/archive.ts';
import { readFeedLine } from '../../coordinator/register/feed/lines.ts';
import { REGISTER_LEDGER } from '../../coordinator/register/model/book.ts';
import { RegisterEntry } from '../../coordinator/register/model/entries.ts';
import { feedDigest } from '../../coordinator/register/model/feed-state.ts';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import { parseJwsOfAnyLength, signJws } from '../../shared/protocol/jws.ts';
import type { KeyPair } from '../../shared/protocol/keys.ts';
import { GENESIS } from '../../shared/protocol/ledger-hash.ts';

/** What a forger does to a register's bundle, without and with the register's key. */

/** An entry before it has a place in a feed: what it says and when, or the hash of what nobody may read. */
export type LooseEntry = { readonly says: RegisterEntry; readonly time: number } | { readonly hash: string };

/** Files of a register's bundle; what is not one stops the test. */
export function registerFiles(bundle: Uint8Array): RegisterFiles {
  const files = readRegisterArchive(bundle);
  if (!files) throw new Error('this is no bundle of a register');
  return files;
}

export const linesOf = (bundle: Uint8Array): string[] =>
  Buffer.from(registerFiles(bundle)['feed.jsonl']).toString().trimEnd().split('\n');

/** The entries of a bundle's feed. */
export const entriesOf = (bundle: Uint8Array): LooseEntry[] =>
  linesOf(bundle).map((line) => {
    const read = readFeedLine(line);
    if (read?.is !== 'public') return { hash: read?.hash ?? '' };
    const { payload } = parseJwsOfAnyLength(read.row.body, REGISTER_LEDGER.typ) ?? {};
    return { says: RegisterEntry.parse(payload), time: read.row.time };
  });

interface Chained {
  readonly lines: readonly string[];
  readonly seq: number;
  readonly hash: string;
  readonly digest: string;
}

/** The feed that a holder of the register's key can make of these entries: every place, digest and checkpoint made to fit, and signed. */
export function chained(entries: readonly LooseEntry[], key: KeyPair): Chained {
  const signer = nodeSigner(key);
  let [head, digest] = [{ seq: 0, hash: GENESIS, time: 0 }, GENESIS];
  const lines = entries.map((entry) => {
    const { seq, hash, time } = head;
    if ('hash' in entry) {
      head = { seq: seq + 1, hash: entry.hash, time };
      digest = feedDigest(digest, 'redacted', entry.hash);
      return JSON.stringify({ seq: seq + 1, hash: entry.hash });
    }
    const placed = { ...entry.says, seq: seq + 1, prev: hash, feed: digest };
    const says =
      placed.typ === 'checkpoint'
        ? { ...placed, at: seq, hash }
        : placed.typ === 'begun'
          ? { ...placed, key: key.x }
          : placed;
    const row = nextRow(head, entry.time, says.typ, signJws(says, signer, REGISTER_LEDGER.typ));
    head = row;
    digest = feedDigest(digest, 'public', row.hash);
    return ledgerLine(row);
  });
  return { lines, seq: head.seq, hash: head.hash, digest };
}

export interface RegisterChange {
  /** Other lines, as they are; or other entries, for whoever holds `key`. */
  readonly lines?: readonly string[];
  readonly entries?: readonly LooseEntry[];
  readonly key?: KeyPair;
  readonly manifest?: Partial<RegisterManifest>;
  readonly lists?: readonly NamedFile[];
  readonly attachments?: readonly NamedFile[];
  readonly reports?: Partial<Record<'report.json' | 'report.txt', string>>;
}

/** The bundle with that changed, archive and manifest made to fit; the manifest is signed anew where there is a key. */
export function changed(bundle: Uint8Array, change: RegisterChange): Uint8Array {
  const { key, entries, lists, attachments, reports = {} } = change;
  const files = registerFiles(bundle);
  const feed = entries && key ? chained(entries, key) : null;
  const lines = feed?.lines ?? change.lines ?? linesOf(bundle);
  const made: RegisterFiles = {
    ...files,
    'feed.jsonl': Buffer.from(lines.map((line) => `${line}\n`).join('')),
    ...Object.fromEntries(Object.entries(reports).map(([name, text]) => [name, Buffer.from(text)])),
    lists: lists ?? files.lists,
    attachments: attachments ?? files.attachments,
  };
  const text = Buffer.from(files['manifest.jws']).toString();
  const [header, , signature] = text.split('.');
  const before = parseJwsOfAnyLength(text, REGISTER_LEDGER.typ)?.payload;
  const payload = {
    ...(before as RegisterManifest),
    ...(key && feed ? { key: key.x } : {}),
    ...(feed && { seq: feed.seq, hash: feed.hash, digest: feed.digest }),
    files: hashesOf(made),
    ...change.manifest,
  };
  const manifest = key
    ? signJws(payload, nodeSigner(key), REGISTER_LEDGER.typ)
    : `${header}.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.${signature}`;
  return packZip(inOrder({ ...made, 'manifest.jws': Buffer.from(manifest) }));
}
