import { z } from 'zod';
import { sha256Hex } from '../../shared/bytes.ts';
import { HashHex, Id } from '../../shared/ids.ts';
import { type Signer, signJws } from '../../shared/jws.ts';
import type { LedgerRow } from '../../shared/ledger-hash.ts';
import { replay } from '../sitting/chronicle.ts';
import type { Sitting } from '../sitting/state.ts';
import { BUNDLE_FILES, type BundleFile, packArchive } from './archive.ts';
import { reportHtml } from './report.ts';
import { keysJson, motionsJson, resultsJson, rollCsv, votesCsv } from './tables.ts';

/** `manifest.jws`: what the bundle holds, signed by the coordinator. */
export const Manifest = z.strictObject({
  typ: z.literal('manifest'),
  v: z.literal(1),
  sitting: Id,
  entries: z.number().int().positive(),
  head: HashHex,
  /** SHA-256 of every other file. */
  files: z.record(z.string(), HashHex),
});
export type Manifest = z.infer<typeof Manifest>;

export type DerivedFile = Exclude<BundleFile, 'manifest.jws' | 'ledger.jsonl'>;

/** One line of `ledger.jsonl`. */
export function ledgerLine({ seq, prev, time, type, body, hash }: LedgerRow): string {
  return JSON.stringify({ seq, prev, time, type, body, hash });
}

/** Everything in a bundle that only makes the ledger easier to read. */
export function derivedFiles(sitting: Sitting): Record<DerivedFile, Uint8Array> {
  const text = {
    'keys.json': keysJson(sitting),
    'roll.csv': rollCsv(sitting),
    'motions.json': motionsJson(sitting),
    'results.json': resultsJson(sitting),
    'votes.csv': votesCsv(sitting),
    'report.html': reportHtml(sitting),
  };
  const bytes = (name: keyof typeof text) => Buffer.from(text[name]);
  return {
    'keys.json': bytes('keys.json'),
    'roll.csv': bytes('roll.csv'),
    'motions.json': bytes('motions.json'),
    'results.json': bytes('results.json'),
    'votes.csv': bytes('votes.csv'),
    'report.html': bytes('report.html'),
  };
}

/** The archive of a sitting, or why there is none: nothing leaves while a vote is open (G4). */
export type Made =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly problem: string };

export function makeBundle(rows: readonly LedgerRow[], signer: Signer): Made {
  const sitting = replay(rows);
  if (!sitting.begun) return { ok: false, problem: 'the ledger is empty' };
  if (sitting.current?.phase === 'open')
    return { ok: false, problem: `a vote is open (${sitting.current.id}); close it first` };
  const ledger = Buffer.from(rows.map((row) => `${ledgerLine(row)}\n`).join(''));
  const files = { 'ledger.jsonl': ledger, ...derivedFiles(sitting) };
  const manifest: Manifest = {
    typ: 'manifest',
    v: 1,
    sitting: sitting.begun.sitting,
    entries: sitting.head.seq,
    head: sitting.head.hash,
    files: hashes(files),
  };
  return {
    ok: true,
    bytes: packArchive({ 'manifest.jws': Buffer.from(signJws(manifest, signer)), ...files }),
  };
}

/** SHA-256 of every file but the manifest, in the archive's order. */
export function hashes(
  files: Record<Exclude<BundleFile, 'manifest.jws'>, Uint8Array>,
): Record<string, string> {
  return Object.fromEntries(
    BUNDLE_FILES.flatMap((name) => (name === 'manifest.jws' ? [] : [[name, sha256Hex(files[name])]])),
  );
}
