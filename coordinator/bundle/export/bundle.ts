import { z } from 'zod';
import { sha256Hex } from '../../../shared/protocol/bytes.ts';
import { HashHex, Id, words } from '../../../shared/protocol/ids.ts';
import { type Signer, signJws } from '../../../shared/protocol/jws.ts';
import { thumbprint } from '../../../shared/protocol/keys.ts';
import type { LedgerRow } from '../../../shared/protocol/ledger-hash.ts';
import type { Value } from '../../../shared/protocol/value.ts';
import { ledgerLine } from '../../chronicle/line.ts';
import { replay } from '../../sitting/chronicle.ts';
import { type Account, account } from './account.ts';
import { type BundleFile, type BundleFiles, inOrder, packArchive } from './archive.ts';
import { electionBytes, electionFile, electionsOf } from './elections.ts';
import { reportHtml } from './report.ts';
import { actsCsv, keysJson, motionsJson, receiptsCsv, resultsJson, rollCsv, votesCsv } from './tables.ts';

/** The version of what a bundle holds. */
export const MANIFEST_VERSION = 2;

/** `manifest.jws`: what the bundle holds, signed by the coordinator. */
export const Manifest = z.strictObject({
  typ: z.literal('manifest'),
  v: z.literal(MANIFEST_VERSION),
  sitting: Id,
  /** Version of the program that wrote the bundle, and with it `report.html`. */
  program: words(0, 40),
  entries: z.number().int().positive(),
  head: HashHex,
  /** SHA-256 of every other file. */
  files: z.record(z.string(), HashHex),
});
export type Manifest = Value<typeof Manifest>;

/** The files that only make the ledger easier to read. */
export const DERIVED_FILES = [
  'keys.json',
  'roll.csv',
  'motions.json',
  'results.json',
  'votes.csv',
  'receipts.csv',
  'acts.csv',
  'report.html',
] as const satisfies readonly BundleFile[];
export type DerivedFile = (typeof DERIVED_FILES)[number];

/** Where the list of projects with this hash stands in a bundle. */
export const listFile = (hash: string): string => `lists/${hash}.txt`;

/** What the ledger makes of every file drawn from it. */
export function derivedFiles(
  told: Account,
): Record<DerivedFile, Uint8Array> & Pick<BundleFiles, 'lists' | 'elections'> {
  return {
    'keys.json': Buffer.from(keysJson(told)),
    'roll.csv': Buffer.from(rollCsv(told)),
    'motions.json': Buffer.from(motionsJson(told)),
    'results.json': Buffer.from(resultsJson(told)),
    'votes.csv': Buffer.from(votesCsv(told)),
    'receipts.csv': Buffer.from(receiptsCsv(told)),
    'acts.csv': Buffer.from(actsCsv(told)),
    'report.html': Buffer.from(reportHtml(told)),
    lists: [...told.sitting.lists].map(([hash, text]) => ({
      name: listFile(hash),
      bytes: Buffer.from(text),
    })),
    elections: electionsOf(told.sitting).map((round) => ({
      name: electionFile(round),
      bytes: electionBytes(round),
    })),
  };
}

/** The archive of a sitting, or why there is none. */
export type Made =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly problem: string };

const not = (problem: string): Made => ({ ok: false, problem });

/**
 * The bundle of a ledger, signed by the coordinator that kept it; nothing leaves while a vote is open (G4).
 * @param program version of this program. @throws {LedgerError} where the ledger is broken.
 */
export function makeBundle(rows: readonly LedgerRow[], signer: Signer, program: string): Made {
  const sitting = replay(rows);
  const { begun, current, head } = sitting;
  if (!begun) return not('the ledger is empty');
  if (current?.phase === 'open') return not(`a vote is open (${current.id}); close it first`);
  if (signer.kid !== thumbprint(begun.key))
    return not('this is not the key the sitting was held with; name that one with --key');
  const ledger = Buffer.from(rows.map((row) => `${ledgerLine(row)}\n`).join(''));
  const files = { 'ledger.jsonl': ledger, ...derivedFiles(account(sitting, rows)) };
  const manifest: Manifest = {
    typ: 'manifest',
    v: MANIFEST_VERSION,
    sitting: begun.sitting,
    program,
    entries: head.seq,
    head: head.hash,
    files: hashes(files),
  };
  return {
    ok: true,
    bytes: packArchive({ 'manifest.jws': Buffer.from(signJws(manifest, signer)), ...files }),
  };
}

/** SHA-256 of every file but the manifest, in the archive's order. */
export function hashes(files: Omit<BundleFiles, 'manifest.jws'>): Record<string, string> {
  const all = inOrder({ 'manifest.jws': new Uint8Array(), ...files });
  return Object.fromEntries(
    all.flatMap(({ name, bytes }) => (name === 'manifest.jws' ? [] : [[name, sha256Hex(bytes)]])),
  );
}
