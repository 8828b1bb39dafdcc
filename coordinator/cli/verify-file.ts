import { readFileSync, statSync } from 'node:fs';
import {
  type ElectionFault,
  type VerifiedElection,
  verifyElection,
} from '../../shared/belenios/verify-archive.ts';
import { packageVersion } from '../../shared/package-root.ts';
import type { Language } from '../../shared/protocol/ids.ts';
import { MOST_BYTES } from '../bundle/export/archive.ts';
import { expectedKey } from '../bundle/verify/expected-key.ts';
import { fault } from '../bundle/verify/problems.ts';
import { summary, summaryJson } from '../bundle/verify/summary.ts';
import { type Verification, verifyBundleWith } from '../bundle/verify/verify.ts';
import { ProofPool } from '../proofs/proof-pool.ts';
import { UNCHECKED, USAGE, WRONG } from './exit-codes.ts';

/** A ledger longer than this takes long enough to say how far it is. */
const LONG = 2000;

export interface VerifyOptions {
  key?: string;
  json?: boolean;
  lang: Language;
}

function fail(file: string, error: unknown): never {
  const why = error instanceof Error ? error.message : String(error);
  process.stderr.write(`hallvote verify: ${file}: cannot be read; check the path (${why})\n`);
  process.exit(USAGE);
}

async function verify(file: string, { key, json }: VerifyOptions): Promise<Verification> {
  let bytes: Uint8Array;
  try {
    if (statSync(file).size > MOST_BYTES)
      return { ok: false, broken: { ...fault('too-large'), entry: null, type: null } };
    bytes = readFileSync(file);
  } catch (error) {
    fail(file, error);
  }
  const showProgress = process.stderr.isTTY && !json;
  const tell = (what: string, least: number) => (done: number, all: number) => {
    if (showProgress && all > least) process.stderr.write(progressLine(what, done, all));
  };
  const proofs = new ProofPool();
  try {
    return await verifyBundleWith(proofs, bytes, {
      program: packageVersion(),
      key,
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
  const verification = await verify(file, { ...options, ...(key === undefined ? {} : { key }) });
  process.stdout.write(options.json ? summaryJson(verification) : summary(verification, options.lang));
  if (!verification.ok) process.exitCode = WRONG;
  else if (verification.reportBy !== null) process.exitCode = UNCHECKED;
}
