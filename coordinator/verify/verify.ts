import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { sha256Base64url } from '../../shared/bytes.ts';
import { importPublicKey, verifyJws } from '../../shared/ed25519-node.ts';
import { type ParsedJws, parseJwsOfAnyLength } from '../../shared/jws.ts';
import { shortFingerprint, thumbprint } from '../../shared/keys.ts';
import { type LedgerRow, ledgerHash } from '../../shared/ledger-hash.ts';
import { BUNDLE_FILES, type BundleFiles, unpackArchive } from '../export/archive.ts';
import { derivedFiles, hashes, ledgerLine, Manifest } from '../export/bundle.ts';
import { isMessageEntryType } from '../ledger/entries.ts';
import { LedgerError } from '../ledger/ledger.ts';
import { readEntry } from '../sitting/chronicle.ts';
import { type Entry, fold } from '../sitting/fold.ts';
import { judge } from '../sitting/judge.ts';
import { emptySitting, type Sitting } from '../sitting/state.ts';
import { RuleBook } from './rules.ts';

/** The first thing found wrong: in an entry of the ledger or in the bundle as such. */
export interface Broken {
  readonly entry: number | null;
  readonly what: string;
}

export type Verification =
  | { readonly ok: true; readonly sitting: Sitting }
  | { readonly ok: false; readonly broken: Broken; readonly sitting: Sitting | null };

export interface VerifyOptions {
  /** The coordinator's public key or its thumbprint, as known from elsewhere. */
  readonly key?: string | undefined;
  readonly onProgress?: (done: number, all: number) => void;
}

class BrokenBundle extends Error {
  readonly entry: number | null;
  constructor(what: string, entry: number | null = null) {
    super(what);
    this.entry = entry;
  }
}

function demand(holds: boolean, what: string, entry: number | null = null): asserts holds {
  if (!holds) throw new BrokenBundle(what, entry);
}

const Row = z.strictObject({
  seq: z.number().int(),
  prev: z.string(),
  time: z.number().int(),
  type: z.string(),
  body: z.string(),
  hash: z.string(),
});

/**
 * Recounts a bundle from the signed messages in its ledger, believing nothing that is stored: archive, manifest,
 * chain, signatures, rules, windows, results, and the files drawn from them. Never throws on bad input.
 */
export function verifyBundle(bytes: Uint8Array, options: VerifyOptions = {}): Verification {
  const verifier = new Verifier(options);
  try {
    verifier.run(bytes);
    return { ok: true, sitting: verifier.sitting };
  } catch (error) {
    if (!(error instanceof BrokenBundle)) throw error;
    const sitting = verifier.sitting.head.seq > 0 ? verifier.sitting : null;
    return { ok: false, broken: { entry: error.entry, what: error.message }, sitting };
  }
}

class Verifier {
  sitting = emptySitting();
  readonly #options: VerifyOptions;
  readonly #rules = new RuleBook();
  readonly #keys = new Map<string, KeyObject | null>();

  constructor(options: VerifyOptions) {
    this.#options = options;
  }

  run(bytes: Uint8Array): void {
    const files = unpackArchive(bytes);
    demand(files !== null, 'the archive is not the one its files make: damaged, changed, or not a bundle');
    const { manifest, jws } = readManifest(files);
    const found = hashes(files);
    for (const name of BUNDLE_FILES)
      demand(
        name === 'manifest.jws' || manifest.files[name] === found[name],
        `${name} is not the file the manifest names`,
      );
    demand(
      Object.keys(manifest.files).length === BUNDLE_FILES.length - 1,
      'the manifest names files that are not there',
    );

    const rows = readRows(files['ledger.jsonl']);
    rows.forEach((row, i) => {
      this.#entry(row);
      if (i % 500 === 499 || i === rows.length - 1) this.#options.onProgress?.(i + 1, rows.length);
    });
    const { head, begun, current } = this.sitting;
    demand(begun !== null, 'the ledger is empty');
    demand(this.#rules.awaited.length === 0, 'the ledger ends in the middle of an act', head.seq);
    demand(current?.phase !== 'open', 'a vote is still open', head.seq);
    demand(this.#isSigned(jws, begun.key), 'the manifest is not signed by the coordinator');
    demand(manifest.sitting === begun.sitting, 'the manifest is of another sitting');
    demand(manifest.entries === head.seq && manifest.head === head.hash, 'the manifest is of another ledger');
    const { key } = this.#options;
    demand(
      key === undefined || key === begun.key || key === thumbprint(begun.key),
      `the bundle is signed by another coordinator (${shortFingerprint(thumbprint(begun.key))})`,
    );
    for (const [name, content] of Object.entries(derivedFiles(this.sitting)))
      demand(
        Buffer.compare(content, files[isDerived(name)]) === 0,
        `${name} does not say what the ledger says`,
      );
  }

  #entry(row: LedgerRow): void {
    const { seq } = row;
    const { head } = this.sitting;
    demand(seq === head.seq + 1, `entry ${head.seq + 1} is missing or out of order`, seq);
    demand(row.prev === head.hash, 'it does not follow the entry before it', seq);
    demand(row.hash === ledgerHash(row), 'its hash is not that of its content', seq);
    demand(row.time >= head.time, 'its time is before that of the entry before it', seq);
    const entry = readOrFail(row);
    const jws = parseJwsOfAnyLength(row.body);
    demand(jws !== null, 'its body is no signed message', seq);
    this.#check(entry, jws);
    this.sitting = fold(this.sitting, entry);
  }

  #check(entry: Entry, jws: ParsedJws): void {
    const { row, says } = entry;
    const { seq } = row;
    if (says.typ === 'connect' || says.typ === 'check-in' || says.typ === 'ballot') {
      const key = this.sitting.terminals.get(says.terminal)?.key;
      demand(
        isMessageEntryType(row.type) && key !== undefined,
        `terminal ${says.terminal} was not enrolled`,
        seq,
      );
      demand(this.#isSigned(jws, key), `it is not signed by terminal ${says.terminal}`, seq);
      demand(this.#rules.awaited.length === 0, 'it stands in the middle of an act', seq);
      const verdict = judge(
        this.sitting,
        { message: says, kid: jws.kid, digest: sha256Base64url(row.body) },
        row.time,
      );
      demand(
        verdict.kind === 'enter',
        `the rules refuse it: ${verdict.kind === 'refuse' ? verdict.reason : 'entered before'}`,
        seq,
      );
      return;
    }
    const key = says.typ === 'begun' ? says.key : this.sitting.begun?.key;
    demand(key !== undefined, 'the sitting has not begun', seq);
    demand(this.#isSigned(jws, key), 'it is not signed by the coordinator', seq);
    demand(says.seq === seq, `it was signed for place ${says.seq}`, seq);
    demand(
      says.typ === 'begun' || says.sitting === this.sitting.begun?.sitting,
      'it belongs to another sitting',
      seq,
    );
    const complaint = this.#rules.check(this.sitting, says, row);
    demand(complaint === null, complaint ?? '', seq);
  }

  #isSigned(jws: ParsedJws, x: string): boolean {
    const known = this.#keys.get(x);
    const key = known === undefined ? importPublicKey(x) : known;
    this.#keys.set(x, key);
    return key !== null && jws.kid === thumbprint(x) && verifyJws(jws, key);
  }
}

function readManifest(files: BundleFiles): { manifest: Manifest; jws: ParsedJws } {
  const jws = parseJwsOfAnyLength(Buffer.from(files['manifest.jws']).toString('latin1'));
  const manifest = Manifest.safeParse(jws?.payload);
  demand(jws !== null && manifest.success, 'the manifest cannot be read');
  return { manifest: manifest.data, jws };
}

function readRows(ledger: Uint8Array): LedgerRow[] {
  const text = Buffer.from(ledger).toString('utf8');
  demand(text.endsWith('\n'), 'ledger.jsonl does not end in a line feed');
  return text
    .slice(0, -1)
    .split('\n')
    .map((line, i) => {
      const row = Row.safeParse(parseJson(line));
      demand(row.success && ledgerLine(row.data) === line, 'its line cannot be read', i + 1);
      return row.data;
    });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readOrFail(row: LedgerRow): Entry {
  try {
    return readEntry(row);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    throw new BrokenBundle('its body cannot be read', row.seq);
  }
}

type Derived = keyof ReturnType<typeof derivedFiles>;
const DERIVED: readonly Derived[] = [
  'keys.json',
  'roll.csv',
  'motions.json',
  'results.json',
  'votes.csv',
  'report.html',
];

function isDerived(name: string): Derived {
  const known = DERIVED.find((file) => file === name);
  demand(known !== undefined, `${name} is no file of a bundle`);
  return known;
}
