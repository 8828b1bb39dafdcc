import { type BundleFiles, packArchive, readArchive } from '../../coordinator/bundle/export/archive.ts';
import { DERIVED_FILES, hashes, Manifest } from '../../coordinator/bundle/export/bundle.ts';
import { ledgerLine } from '../../coordinator/chronicle/line.ts';
import { EMPTY_HEAD, type LedgerHead, nextRow } from '../../coordinator/chronicle/row.ts';
import { readEntry } from '../../coordinator/sitting/chronicle.ts';
import { isMessageEntryType, OwnEntry } from '../../coordinator/sitting/entries.ts';
import { fold } from '../../coordinator/sitting/fold.ts';
import { emptySitting, openChoices, type Sitting } from '../../coordinator/sitting/state.ts';
import { tallyOf } from '../../shared/kinds/counting.ts';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import { parseJwsOfAnyLength, signJws } from '../../shared/protocol/jws.ts';
import type { KeyPair } from '../../shared/protocol/keys.ts';
import type { LedgerRow } from '../../shared/protocol/ledger-hash.ts';
import { result } from '../../shared/protocol/result.ts';

/** What a forger does to bundles, without and with the coordinator's key. */

/** What a row says before it has a place in a chain. */
export type Loose = Pick<LedgerRow, 'time' | 'type' | 'body'>;

/** The chain over `rows` as they stand, every hash right. */
export function rechain(rows: readonly Loose[]): LedgerRow[] {
  let head: LedgerHead = EMPTY_HEAD;
  return rows.map(({ time, type, body }) => {
    const row = nextRow({ ...head, time: 0 }, time, type, body);
    head = row;
    return row;
  });
}

/** Files of a bundle; what is not one stops the test. */
export function filesOf(bundle: Uint8Array) {
  const files = readArchive(bundle);
  if (!files) throw new Error('this is no bundle');
  return files;
}

/** A bundle with these rows instead, every hash in it made right again; signed anew where there is a key. */
export function withRows(bundle: Uint8Array, rows: readonly LedgerRow[], key?: KeyPair): Uint8Array {
  return withFiles(bundle, { 'ledger.jsonl': rows.map((row) => `${ledgerLine(row)}\n`).join('') }, rows, key);
}

/** A bundle with other contents in some files, archive and manifest made to fit. */
export function withFiles(
  bundle: Uint8Array,
  changes: Partial<Record<'ledger.jsonl' | (typeof DERIVED_FILES)[number], string>> &
    Partial<Pick<BundleFiles, 'lists' | 'elections'>>,
  rows: readonly LedgerRow[],
  key?: KeyPair,
): Uint8Array {
  const { lists, elections, ...others } = filesOf(bundle);
  const files = {
    ...others,
    lists: changes.lists ?? lists,
    elections: changes.elections ?? elections,
  };
  for (const name of ['ledger.jsonl', ...DERIVED_FILES] as const) {
    const change = changes[name];
    if (change !== undefined) files[name] = Buffer.from(change);
  }
  const text = Buffer.from(files['manifest.jws']).toString();
  const manifest = Manifest.parse(parseJwsOfAnyLength(text)?.payload);
  const last = rows.at(-1);
  const changed = { ...manifest, entries: rows.length, head: last?.hash ?? '', files: hashes(files) };
  const [header, , signature] = text.split('.');
  const payload = Buffer.from(JSON.stringify(changed)).toString('base64url');
  files['manifest.jws'] = Buffer.from(
    key ? signJws(changed, nodeSigner(key)) : `${header}.${payload}.${signature}`,
  );
  return packArchive(files);
}

/**
 * The ledger a holder of the coordinator's key can make of other rows: places, checkpoints, counts and results of
 * its own entries are made to fit and signed; terminals' messages it can only copy.
 */
export function rewrite(rows: readonly Loose[], key: KeyPair): LedgerRow[] {
  const signer = nodeSigner(key);
  let state = emptySitting();
  return rows.map(({ time, type, body }) => {
    const { head } = state;
    const own = isMessageEntryType(type) ? null : OwnEntry.parse(parseJwsOfAnyLength(body)?.payload);
    const text = own
      ? signJws({ ...fitting(own, state, key), seq: head.seq + 1, prev: head.hash }, signer)
      : body;
    const row = nextRow(head, time, type, text);
    state = fold(state, readEntry(row));
    return row;
  });
}

function fitting(own: OwnEntry, state: Sitting, key: KeyPair): OwnEntry {
  const { head } = state;
  switch (own.typ) {
    case 'begun':
      return { ...own, key: key.x };
    case 'checkpoint':
      return { ...own, at: head.seq, hash: head.hash, time: head.time };
    case 'closed':
      return { ...own, cast: state.rounds.get(own.round)?.cast ?? 0 };
    case 'result': {
      const round = state.rounds.get(own.round);
      // What was decrypted no key of the coordinator's can make to fit.
      if (!round || round.byHand || (round.sealed && round.cast > 0)) return own;
      const { motion, roll, present, cast } = round;
      const counts = tallyOf(motion, openChoices(round));
      return { ...own, result: result(motion, counts, { roll, present, cast }, 'terminals') };
    }
    default:
      return own;
  }
}
