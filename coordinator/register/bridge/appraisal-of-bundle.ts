import { listNamed } from '../../../shared/kinds/motion-list.ts';
import { type Verification, type VerifyOptions, verifyBundle } from '../../bundle/verify/verify.ts';
import type { Round, Sitting } from '../../sitting/state.ts';
import { HallAppraisal } from '../model/work/fields.ts';
import { appraisersOf } from './agenda.ts';
import { announcedRound, type BundleResult, no, provenIn } from './result-of-bundle.ts';

export type BundleAppraisal =
  | { readonly ok: true; readonly appraisal: HallAppraisal }
  | Extract<BundleResult, { ok: false }>;

/** The list of a cycle, by its hash. */
export interface ListOf {
  readonly list: string;
  readonly cycle: number;
}

/**
 * How projects of a list were graded, as a hall's bundle proves it: verified whole first, as for a vote.
 * @param key the hall's public key, as the register has it.
 */
export const appraisalOfBundle = (
  bytes: Uint8Array,
  key: string,
  of: ListOf,
  options: Omit<VerifyOptions, 'key'> = {},
): BundleAppraisal => appraisalOfVerified(verifyBundle(bytes, { ...options, key }), bytes, of);

/** The same, of a bundle that has been verified with the register's key. */
export function appraisalOfVerified(
  verification: Verification,
  bytes: Uint8Array,
  { list, cycle }: ListOf,
): BundleAppraisal {
  const proven = provenIn(verification, bytes);
  if (!proven.ok) return proven;
  const { sitting, begun, manifest } = proven;
  const found = announcedIn(sitting, list, cycle);
  if (typeof found === 'string') return no(found);
  const { round, by } = found;
  const { motion, result, byHand } = round;
  if (motion.kind !== 'appraisal' || result?.tally.kind !== 'appraisal') return no('not-voted');
  const appraisal = HallAppraisal.safeParse({
    ...{ list, cycle, by, manifest, byHand },
    congress: begun.congress.zh,
    hall: begun.hall,
    sitting: begun.sitting,
    key: begun.key,
    round: round.id,
    secret: motion.voting === 'secret' && !byHand,
    roll: result.roll,
    present: result.present,
    cast: result.cast,
    items: result.tally.items.map(({ id: project, ...counts }) => ({ project, ...counts })),
  });
  return appraisal.success ? { ok: true, appraisal: appraisal.data } : no('not-voted');
}

type Refusal = Extract<BundleAppraisal, { ok: false }>['reason'];

/** The announced appraisal on the list, and who graded in it; or why there is none. */
function announcedIn(
  sitting: Sitting,
  list: string,
  cycle: number,
): { readonly round: Round; readonly by: HallAppraisal['by'] } | Refusal {
  let why: Refusal = 'list-not-named';
  for (const motion of sitting.motions) {
    const by = appraisersOf(motion.id, cycle);
    if (motion.kind !== 'appraisal' || listNamed(motion) !== list || by === null) continue;
    const round = announcedRound(sitting, motion.id);
    if (typeof round !== 'string') return { round, by };
    why = round;
  }
  return why;
}
