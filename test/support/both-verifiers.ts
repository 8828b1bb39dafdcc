import { expect } from 'vitest';
import { z } from 'zod';
import { makeBundle } from '../../coordinator/bundle/export/bundle.ts';
import { verifyBundle } from '../../coordinator/bundle/verify/verify.ts';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import type { SampleLedger } from './sample-ledger.ts';

export const PROGRAM = '0.1.0';
export const INDEPENDENT = new URL('../verification/independent-verifier.mjs', import.meta.url);

/** The verifier written from the two pages alone, called as a function. */
export const independent = z
  .object({ verify: z.custom<(bytes: Buffer, kid?: string) => unknown>((f) => typeof f === 'function') })
  .parse(await import(String(INDEPENDENT))).verify;

/** The bundle of a ledger as this program makes it. */
export function bundleOf({ rows, key }: Pick<SampleLedger, 'rows' | 'key'>, program = PROGRAM): Uint8Array {
  const made = makeBundle(rows, nodeSigner(key), program);
  if (!made.ok) throw new Error(made.problem);
  return made.bytes;
}

/** What the verifier finds; `null` where the independent one accepts. Both must agree on yes or no. */
export function verdict(bytes: Uint8Array, key?: string): string {
  const verification = verifyBundle(bytes, { program: PROGRAM, key });
  const independentFinds = whatIndependentFinds(bytes, key);
  expect(independentFinds === null, `independent: ${independentFinds}`).toBe(verification.ok);
  return verification.ok ? 'fine' : verification.broken.problem;
}

function whatIndependentFinds(bytes: Uint8Array, kid?: string): string | null {
  try {
    independent(Buffer.from(bytes), kid);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
