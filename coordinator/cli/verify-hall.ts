import { packageVersion } from '../../shared/package-root.ts';
import { fault } from '../bundle/verify/problems.ts';
import { summary, summaryJson } from '../bundle/verify/summary.ts';
import { type Verification, verifyBundleWith } from '../bundle/verify/verify.ts';
import { ProofPool } from '../proofs/proof-pool.ts';
import { UNCHECKED, WRONG } from './exit-codes.ts';
import { type Checked, LONG, teller, type VerifyOptions } from './verify-common.ts';

/** Verifies a hall’s bundle, the proofs of sealed ballots in threads; null: a file too large to be one. */
export async function verifyHall(bytes: Uint8Array | null, options: Checked): Promise<Verification> {
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

/** Verifies a hall’s bundle and says what was found. */
export async function verifyHallBundle(
  bytes: Uint8Array | null,
  options: Checked,
  lang: VerifyOptions['lang'],
): Promise<void> {
  const verification = await verifyHall(bytes, options);
  process.stdout.write(options.json ? summaryJson(verification) : summary(verification, lang));
  if (!verification.ok) process.exitCode = WRONG;
  else if (verification.reportBy !== null) process.exitCode = UNCHECKED;
}
