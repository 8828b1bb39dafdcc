import { readFileSync, statSync } from 'node:fs';
import {
  type ElectionFault,
  type VerifiedElection,
  verifyElection,
} from '../../shared/belenios/verify-archive.ts';
import { packageVersion } from '../../shared/package-root.ts';
import type { Language } from '../../shared/protocol/ids.ts';
import { MOST_BYTES } from '../bundle/export/zip.ts';
import { expectedKey } from '../bundle/verify/expected-key.ts';
import { fault } from '../bundle/verify/problems.ts';
import { summary, summaryJson } from '../bundle/verify/summary.ts';
import { type Verification, verifyBundleWith } from '../bundle/verify/verify.ts';
import { ProofPool } from '../proofs/proof-pool.ts';
import { hallFault, resultFrom } from '../register/feed/bundle/compare-hall.ts';
import { registerFault } from '../register/feed/bundle/problems.ts';
import { registerSummary, registerSummaryJson } from '../register/feed/bundle/summary.ts';
import { isRegisterBundle, verifyRegisterBundle } from '../register/feed/bundle/verify-bundle.ts';
import { UNCHECKED, USAGE, WRONG } from './exit-codes.ts';

/** A ledger longer than this takes long enough to say how far it is. */
const LONG = 2000;

export interface VerifyOptions {
  key?: string;
  hall?: readonly string[];
  json?: boolean;
  lang: Language;
}

function fail(file: string, error: unknown): never {
  const why = error instanceof Error ? error.message : String(error);
  process.stderr.write(`hallvote verify: ${file}: cannot be read; check the path (${why})\n`);
  process.exit(USAGE);
}

/** What is in `file`; null where it is too large to be a bundle. */
function read(file: string): Uint8Array | null {
  try {
    return statSync(file).size > MOST_BYTES ? null : readFileSync(file);
  } catch (error) {
    return fail(file, error);
  }
}

type Checked = Pick<VerifyOptions, 'key' | 'json'>;

/** Tells how far something is, where somebody looks on and there is more than `least` of it. */
const teller =
  ({ json }: Checked) =>
  (what: string, least: number) =>
  (done: number, all: number) => {
    if (process.stderr.isTTY && !json && all > least) process.stderr.write(progressLine(what, done, all));
  };

async function verify(bytes: Uint8Array | null, options: Checked): Promise<Verification> {
  if (!bytes) return { ok: false, broken: { ...fault('too-large'), entry: null, type: null } };
  const tell = teller(options);
  const proofs = new ProofPool();
  try {
    return await verifyBundleWith(proofs, bytes, {
      program: packageVersion(),
      key: options.key,
      onProgress: tell('账本 · ledger ', LONG),
      onProofs: tell('密封票 · sealed', 0),
    });
  } finally {
    await proofs.close();
  }
}

const BAR = 30;

/** One line that overwrites itself until all is done. */
function progressLine(what: string, done: number, all: number): string {
  const full = Math.floor((BAR * done) / all);
  const bar = `${'█'.repeat(full)}${'░'.repeat(BAR - full)}`;
  return `\r${what} ${bar} ${done}/${all}${done === all ? '\n' : ''}`;
}

/** Verifies one election's archive, ours or another's, every ballot's proofs included. */
function verifyBel(file: string, { json, lang }: VerifyOptions): void {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    fail(file, error);
  }
  const found = verifyElection(bytes, (done, all) => {
    const isDue = done % 20 === 0 || done === all;
    if (process.stderr.isTTY && !json && isDue)
      process.stderr.write(progressLine('密封票 · sealed', done, all));
  });
  if ('problem' in found) process.exitCode = WRONG;
  if (json)
    process.stdout.write(
      `${JSON.stringify({ ok: !('problem' in found), ...('problem' in found ? found : { result: found.result, cast: found.cast, counted: found.counted }) })}\n`,
    );
  else process.stdout.write(`${electionWords(found, lang)}\n`);
}

function electionWords(found: VerifiedElection | ElectionFault, lang: Language): string {
  const zh = lang === 'zh';
  if ('problem' in found) {
    const at =
      'ballot' in found ? (zh ? `第 ${found.ballot} 张密封票` : `sealed ballot ${found.ballot}`) : '';
    return `${zh ? '核验不通过' : 'NOT verified'}: ${at} ${found.problem}`;
  }
  const { cast, counted, result } = found;
  const counts =
    result?.map((question) => question.join(' ')).join(' | ') ?? (zh ? '尚无结果' : 'no result yet');
  return zh
    ? `核验通过：密封票 ${cast} 张，计入 ${counted} 张；每张票的证明、总和、解密与结果均成立。\n结果：${counts}`
    : `Verified: ${cast} sealed ballots, ${counted} counted; every ballot's proofs, the sum, the decryption and the result hold.\nResult: ${counts}`;
}

/** Verifies a bundle, or the archive of one secret vote; says what was found, and ends with the exit code for it. */
export async function verifyFile(file: string, options: VerifyOptions): Promise<void> {
  if (file.endsWith('.bel')) return verifyBel(file, options);
  const key = options.key === undefined ? undefined : expectedKey(options.key);
  if (key === null) {
    process.stderr.write(
      'hallvote verify: --key is no key; give the public key, its thumbprint (43 characters) or the fingerprint of 16\n',
    );
    process.exit(USAGE);
  }
  const checked: Checked = { ...options, ...(key === undefined ? {} : { key }) };
  const bytes = read(file);
  if (bytes && isRegisterBundle(bytes))
    return verifyRegister(bytes, options.hall ?? [], checked, options.lang);
  const verification = await verify(bytes, checked);
  process.stdout.write(options.json ? summaryJson(verification) : summary(verification, options.lang));
  if (!verification.ok) process.exitCode = WRONG;
  else if (verification.reportBy !== null) process.exitCode = UNCHECKED;
}

/** Verifies a register's bundle, and each hall's that lies beside with the key and the result that the register has entered. */
async function verifyRegister(
  bytes: Uint8Array,
  halls: readonly string[],
  options: Checked,
  lang: Language,
): Promise<void> {
  let verification = verifyRegisterBundle(bytes, {
    program: packageVersion(),
    key: options.key,
    onProgress: teller(options)('台账 · ledger ', LONG),
  });
  const held: string[] = [];
  for (const file of halls) {
    if (!verification.ok) break;
    const hall = read(file) ?? new Uint8Array();
    const result = resultFrom(verification.history, hall);
    const fault = result
      ? hallFault(result, hall, await verify(hall, { ...options, key: result.key }))
      : registerFault('hall-unknown', null, file);
    if (fault) verification = { ok: false, fault };
    else if (result) held.push(result.manifest);
  }
  process.stdout.write(
    options.json ? registerSummaryJson(verification, held) : registerSummary(verification, held, lang),
  );
  if (!verification.ok) process.exitCode = WRONG;
  else if (verification.reportBy !== null || verification.absent.length > 0) process.exitCode = UNCHECKED;
}
