import type { KeyObject } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { sha256Base64url } from '../../../shared/protocol/bytes.ts';
import { importPublicKey, verifyJws } from '../../../shared/protocol/ed25519-node.ts';
import {
  MAX_MESSAGE_LENGTH,
  MAX_SEALED_MESSAGE_LENGTH,
  type ParsedJws,
  parseJwsOfAnyLength,
} from '../../../shared/protocol/jws.ts';
import { thumbprint } from '../../../shared/protocol/keys.ts';
import { type LedgerRow, ledgerHash } from '../../../shared/protocol/ledger-hash.ts';
import { readRow } from '../../chronicle/line.ts';
import { LedgerError } from '../../chronicle/row.ts';
import { type Done, handOut, type Job, type Proofs, work } from '../../proofs/proofs.ts';
import { readEntry } from '../../sitting/chronicle.ts';
import type { OwnEntry } from '../../sitting/entries.ts';
import { type Entry, fold, isOwn, type TerminalEntry } from '../../sitting/fold.ts';
import { judge } from '../../sitting/judge.ts';
import { emptySitting } from '../../sitting/state.ts';
import { type Account, account } from '../export/account.ts';
import { alteredPart, type BundleFiles, readArchive } from '../export/archive.ts';
import { DERIVED_FILES, derivedFiles, hashes, Manifest } from '../export/bundle.ts';
import { MOST_BYTES } from '../export/zip.ts';
import { type Broken, BrokenBundle, demand } from './broken.ts';
import { bitsCompared } from './expected-key.ts';
import { fault, reasonWords } from './problems.ts';
import { isDueRefusal } from './refusals.ts';
import { RuleBook } from './rules.ts';
import { SealedBallots } from './sealed-ballots.ts';

export type Verification =
  | {
      readonly ok: true;
      readonly told: Account;
      /** The version that wrote report.html, where that is not this one and the file could not be made again. */
      readonly reportBy: string | null;
      /** How many bits of the coordinator's key were compared with the one expected; null where none was. */
      readonly keyBits: number | null;
    }
  | { readonly ok: false; readonly broken: Broken };

export interface VerifyOptions {
  /** Version of this program: a report.html written by it is made again and compared. */
  readonly program?: string | undefined;
  /** The coordinator's key as known from elsewhere: see `expectedKey`. */
  readonly key?: string | undefined;
  readonly onProgress?: (done: number, all: number) => void;
  readonly onProofs?: (done: number, all: number) => void;
}

/**
 * Recounts a bundle from the signed messages in its ledger, believing nothing that is stored: chain, signatures,
 * rules, windows and results, then the manifest, the archive and the files drawn from the ledger. The ledger
 * comes first so that a change is named by its entry. Never throws on bad input.
 */
export function verifyBundle(bytes: Uint8Array, options: VerifyOptions): Verification {
  const steps = new Verifier(options).run(bytes);
  let step = steps.next();
  while (!step.done) step = steps.next(work(step.value));
  return step.value;
}

/** As {@link verifyBundle}, the proofs of sealed ballots being checked by `proofs`. */
export async function verifyBundleWith(
  proofs: Proofs,
  bytes: Uint8Array,
  options: VerifyOptions,
): Promise<Verification> {
  const steps = new Verifier(options).run(bytes);
  let step = steps.next();
  while (!step.done) step = steps.next(await handOut(proofs, step.value));
  return step.value;
}

/** A verification that asks for the heavy work as it comes to it. */
type Steps<T> = Generator<Job, T, Done>;

class Verifier {
  #sitting = emptySitting();
  readonly #options: VerifyOptions;
  readonly #rules = new RuleBook();
  readonly #sealed = new SealedBallots();
  readonly #keys = new Map<string, KeyObject | null>();

  constructor(options: VerifyOptions) {
    this.#options = options;
  }

  *run(bytes: Uint8Array): Steps<Verification> {
    try {
      return yield* this.#run(bytes);
    } catch (error) {
      if (!(error instanceof BrokenBundle)) throw error;
      return { ok: false, broken: error.broken };
    }
  }

  *#run(bytes: Uint8Array): Steps<Verification> {
    demand(bytes.length <= MOST_BYTES, 'too-large');
    const files = readArchive(bytes);
    demand(files !== null, 'not-a-bundle');
    const rows = this.#ledger(files['ledger.jsonl']);
    yield* this.#proofs();
    const { program } = this.#manifest(files);
    const altered = alteredPart(files, bytes);
    demand(altered === null, 'altered', null, altered);

    const told = account(this.#sitting, rows);
    const derived = derivedFiles(told);
    for (const name of DERIVED_FILES) {
      if (name === 'report.html' && program !== this.#options.program) continue;
      demand(Buffer.compare(derived[name], files[name]) === 0, 'derived-file', null, name);
    }
    for (const sort of ['lists', 'elections'] as const) {
      demand(derived[sort].length === files[sort].length, 'derived-file', null, sort);
      for (const [i, { name, bytes }] of derived[sort].entries()) {
        const found = files[sort][i];
        const isSame = found?.name === name && Buffer.compare(bytes, found.bytes) === 0;
        demand(isSame, 'derived-file', null, name);
      }
    }
    const { key } = this.#options;
    const keyBits = key === undefined ? null : bitsCompared(key, this.#sitting.begun?.key ?? '');
    return { ok: true, told, reportBy: program === this.#options.program ? null : program, keyBits };
  }

  #ledger(bytes: Uint8Array): LedgerRow[] {
    const text = decode(bytes);
    demand(text !== null && text !== '', 'empty');
    const lines = text.split('\n');
    demand(lines.pop() === '', 'line-unreadable', { seq: lines.length + 1, type: '' });
    return lines.map((line, i) => {
      const row = readRow(line);
      demand(row !== null, 'line-unreadable', { seq: i + 1, type: '' });
      this.#entry(row, i + 1);
      if (i % 500 === 499 || i === lines.length - 1) this.#options.onProgress?.(i + 1, lines.length);
      return row;
    });
  }

  /** What cannot be seen from the ledger's rules alone: the proofs of sealed ballots, and their sums. */
  *#proofs(): Steps<void> {
    const found = yield* this.#sealed.check(this.#options.onProofs ?? (() => {}));
    if (found) throw new BrokenBundle(found.fault, found.at);
  }

  #manifest(files: BundleFiles): Manifest {
    const { head, begun, current } = this.#sitting;
    const end = { seq: head.seq, type: '' };
    demand(begun !== null, 'empty');
    demand(this.#rules.awaited.length === 0, 'act-unfinished', end);
    demand(current?.phase !== 'open', 'vote-open', end);
    const jws = parseJwsOfAnyLength(Buffer.from(files['manifest.jws']).toString('latin1'));
    const read = Manifest.safeParse(jws?.payload);
    demand(jws !== null && read.success, 'manifest-unreadable');
    const manifest = read.data;
    demand(this.#isSigned(jws, begun.key), 'manifest-signature');
    demand(isCanonical(jws, manifest), 'manifest-unreadable');
    const { sitting, entries, head: hash } = manifest;
    demand(sitting === begun.sitting && entries === head.seq && hash === head.hash, 'manifest-other');
    const found = Object.entries(hashes(files));
    for (const [name, digest] of found) demand(manifest.files[name] === digest, 'manifest-file', null, name);
    // In the order of the archive, none else.
    const names = found.map(([name]) => name);
    demand(isDeepStrictEqual(Object.keys(manifest.files), names), 'manifest-unreadable');
    return manifest;
  }

  #entry(row: LedgerRow, place: number): void {
    const { head } = this.#sitting;
    demand(row.seq === place, 'sequence', { ...row, seq: place });
    demand(row.hash === ledgerHash(row), 'hash', row);
    demand(row.prev === head.hash, 'chain', row);
    demand(row.time >= head.time, 'time-backwards', row);
    const entry = readOrFail(row);
    const jws = parseJwsOfAnyLength(row.body);
    demand(jws !== null, 'body-unreadable', row);
    const { says } = entry;
    if (isOwn(says)) this.#own(row, says, jws);
    else this.#message(row, says, jws);
    this.#sitting = fold(this.#sitting, entry);
    this.#sealed.note(this.#sitting, entry);
  }

  /** A terminal's message: signed with the key enrolled at this point, and accepted by the rules here and then. */
  #message(row: LedgerRow, message: TerminalEntry, jws: ParsedJws): void {
    const isSealed =
      message.typ === 'audit' || (message.typ === 'ballot' && message.choice.kind === 'sealed');
    const most = isSealed ? MAX_SEALED_MESSAGE_LENGTH : MAX_MESSAGE_LENGTH;
    demand(row.body.length <= most, 'body-unreadable', row);
    const key = this.#sitting.terminals.get(message.terminal)?.key;
    demand(key !== undefined, 'not-enrolled', row, message.terminal);
    demand(this.#isSigned(jws, key), 'terminal-signature', row, message.terminal);
    const [awaited] = this.#rules.awaited;
    demand(awaited === undefined, 'out-of-place', row);
    const authentic = { message, kid: jws.kid, digest: sha256Base64url(row.body) };
    const verdict = judge(this.#sitting, authentic, row.time);
    demand(verdict.kind !== 'again', 'entered-twice', row);
    demand(
      verdict.kind === 'enter',
      'against-rules',
      row,
      verdict.kind === 'refuse' ? reasonWords(verdict.reason) : null,
    );
  }

  /** An entry of the coordinator's own: signed for this place, and what the rules make of the act behind it. */
  #own(row: LedgerRow, says: OwnEntry, jws: ParsedJws): void {
    const { begun } = this.#sitting;
    demand(begun !== null || says.typ === 'begun', 'not-begun', row);
    const key = begun?.key ?? (says.typ === 'begun' ? says.key : '');
    const expected = this.#options.key;
    demand(
      expected === undefined || bitsCompared(expected, key) > 0,
      'another-coordinator',
      null,
      thumbprint(key),
    );
    demand(this.#isSigned(jws, key), 'own-signature', row);
    demand(says.seq === row.seq && says.prev === row.prev, 'another-place', row, String(says.seq));
    demand(begun === null || says.sitting === begun.sitting, 'another-sitting', row, says.sitting);
    demand(isCanonical(jws, says), 'not-canonical', row);
    const broken = this.#rules.check(this.#sitting, says, row);
    if (broken) throw new BrokenBundle(broken, row);
    const isSigned = (signed: ParsedJws, x: string) => this.#isSigned(signed, x);
    demand(
      says.typ !== 'refused' || isDueRefusal(this.#sitting, says, row.time, isSigned),
      'wrongly-refused',
      row,
      says.typ === 'refused' ? reasonWords(says.reason) : null,
    );
  }

  #isSigned(jws: ParsedJws, x: string): boolean {
    const known = this.#keys.get(x);
    const key = known === undefined ? importPublicKey(x) : known;
    this.#keys.set(x, key);
    return key !== null && jws.kid === thumbprint(x) && verifyJws(jws, key);
  }
}

/** Whether a payload is written without a byte that could be otherwise: one spelling, one meaning. */
function isCanonical(jws: ParsedJws, says: object): boolean {
  const payload = jws.signingInput.split('.')[1] ?? '';
  return Buffer.from(JSON.stringify(says)).toString('base64url') === payload;
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function readOrFail(row: LedgerRow): Entry {
  try {
    return readEntry(row);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    throw new BrokenBundle(fault('body-unreadable'), row);
  }
}
