import { isDeepStrictEqual } from 'node:util';
import { sha256Hex } from '../../../../shared/protocol/bytes.ts';
import { readArchive } from '../../../bundle/export/archive.ts';
import type { Verification } from '../../../bundle/verify/verify.ts';
import { resultOfVerified } from '../../bridge/result-of-bundle.ts';
import type { HallResult } from '../../model/hall-result.ts';
import type { PublicHistory } from '../history.ts';
import { type RegisterFault, registerFault } from './problems.ts';

/** The result that a register has taken from this bundle of a hall; null where it has taken none. */
export function resultFrom({ register }: PublicHistory, hall: Uint8Array): HallResult | null {
  const manifest = readArchive(hall)?.['manifest.jws'];
  if (!manifest) return null;
  const hash = sha256Hex(manifest);
  for (const { decided } of register.cycles.values())
    if (decided?.how === 'bundle' && decided.result.manifest === hash) return decided.result;
  return null;
}

/** What is wrong between a result and the hall’s bundle that it names, verified with the key that it names; null: nothing. */
export function hallFault(
  result: HallResult,
  hall: Uint8Array,
  verification: Verification,
): RegisterFault | null {
  const proven = resultOfVerified(verification, hall, result.list);
  if (!proven.ok) return registerFault('hall-broken', null, proven.detail ?? result.manifest);
  return isDeepStrictEqual(proven.result, result) ? null : registerFault('hall-other', null, result.manifest);
}
