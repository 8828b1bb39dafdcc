import { isDeepStrictEqual } from 'node:util';
import { sha256Hex } from '../../../../shared/protocol/bytes.ts';
import { readArchive } from '../../../bundle/export/archive.ts';
import type { Verification } from '../../../bundle/verify/verify.ts';
import { appraisalOfVerified } from '../../bridge/appraisal-of-bundle.ts';
import { resultOfVerified } from '../../bridge/result-of-bundle.ts';
import type { HallResult } from '../../model/hall-result.ts';
import type { HallAppraisal } from '../../model/work/fields.ts';
import type { PublicHistory } from '../history.ts';
import { type RegisterFault, registerFault } from './problems.ts';

/** What a register has taken from a hall's bundle: the result of a vote on a list, or how projects were graded. */
export type TakenFromHall =
  | { readonly is: 'result'; readonly says: HallResult }
  | { readonly is: 'appraisal'; readonly says: HallAppraisal };

/** All that a register has taken from this bundle of a hall. */
export function takenFrom({ register }: PublicHistory, hall: Uint8Array): readonly TakenFromHall[] {
  const file = readArchive(hall)?.['manifest.jws'];
  if (!file) return [];
  const manifest = sha256Hex(file);
  const results = [...register.cycles.values()].flatMap(({ decided }): TakenFromHall[] =>
    decided?.how === 'bundle' ? [{ is: 'result', says: decided.result }] : [],
  );
  const appraisals = [...register.works.appraisals.values()].map(
    (says): TakenFromHall => ({ is: 'appraisal', says }),
  );
  return [...results, ...appraisals].filter(({ says }) => says.manifest === manifest);
}

/** What is wrong between what was taken and the hall's bundle, verified with the key that it names; null: nothing. */
export function hallFault(
  taken: TakenFromHall,
  hall: Uint8Array,
  verification: Verification,
): RegisterFault | null {
  const { says } = taken;
  const proven =
    taken.is === 'result'
      ? resultOfVerified(verification, hall, says.list)
      : appraisalOfVerified(verification, hall, { list: says.list, cycle: taken.says.cycle });
  if (!proven.ok) return registerFault('hall-broken', null, proven.detail ?? says.manifest);
  const found = 'result' in proven ? proven.result : proven.appraisal;
  return isDeepStrictEqual(found, says) ? null : registerFault('hall-other', null, says.manifest);
}
