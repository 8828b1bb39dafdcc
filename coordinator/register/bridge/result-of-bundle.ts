import { listNamed } from '../../../shared/kinds/motion-list.ts';
import { sha256Hex } from '../../../shared/protocol/bytes.ts';
import { readArchive } from '../../bundle/export/archive.ts';
import { brokenWords } from '../../bundle/verify/summary.ts';
import { type Verification, type VerifyOptions, verifyBundle } from '../../bundle/verify/verify.ts';
import { type Round, roundsOf, type Sitting } from '../../sitting/state.ts';
import { HallResult, type HallRound } from '../model/hall-result.ts';

/** Why a bundle decides nothing about a list. */
export const BUNDLE_REFUSALS = {
  'bundle-broken': { zh: '存证包核验不通过', en: 'The bundle does not verify' },
  'list-not-named': {
    zh: '存证包中没有对此清单的表决',
    en: 'No vote in the bundle is on this list',
  },
  'not-voted': { zh: '此清单列入议程，但未表决', en: 'The list is on the agenda and was not voted on' },
  'rehearsal-only': { zh: '此清单只试表决过', en: 'The list was voted on in rehearsals only' },
  'vote-void': { zh: '对此清单的表决已作废', en: 'The vote on the list is void' },
  'not-announced': { zh: '结果尚未宣布', en: 'The result has not been announced' },
  'tie-open': {
    zh: '末位同票，再次投票尚未完成',
    en: 'Some are level for the last place, and the runoff is not decided',
  },
} as const satisfies Record<string, { zh: string; en: string }>;
export type BundleRefusal = keyof typeof BUNDLE_REFUSALS;

export type BundleResult =
  | { readonly ok: true; readonly result: HallResult }
  | {
      readonly ok: false;
      readonly reason: BundleRefusal;
      /** Of a broken bundle: the first thing wrong in it, in words. */
      readonly detail: { readonly zh: string; readonly en: string } | null;
    };

/** A bundle that decides nothing. */
export const no = (
  reason: BundleRefusal,
  detail: { zh: string; en: string } | null = null,
): Extract<BundleResult, { ok: false }> => ({
  ok: false,
  reason,
  detail,
});

/**
 * What a hall's bundle proves of the list with the hash `list`: the whole bundle is verified first, and nothing is taken from
 * it that the verifier has not computed again. Large secret votes take long: see {@link resultOfVerified}.
 * @param key the hall's public key, or its thumbprint or fingerprint, as the register has it from elsewhere.
 */
export function resultOfBundle(
  bytes: Uint8Array,
  key: string,
  list: string,
  options: Omit<VerifyOptions, 'key'> = {},
): BundleResult {
  return resultOfVerified(verifyBundle(bytes, { ...options, key }), bytes, list);
}

/** The same, of a bundle that has been verified with the register's key, by whatever processes. */
export function resultOfVerified(verification: Verification, bytes: Uint8Array, list: string): BundleResult {
  const proven = provenIn(verification, bytes);
  if (!proven.ok) return proven;
  const { sitting, begun, manifest } = proven;
  const motion = sitting.motions.find(
    (each) => each.kind === 'selection' && each.follows === undefined && listNamed(each) === list,
  );
  if (!motion) return no('list-not-named');
  const first = announcedRound(sitting, motion.id);
  if (typeof first === 'string') return no(first);
  const rounds = [first, ...followers(sitting, first)].flatMap((round) => asHallRound(round) ?? []);
  if ((rounds.at(-1)?.tiedPlaces ?? 0) > 0) return no('tie-open');
  const result = HallResult.safeParse({
    ...{ list, manifest, rounds },
    congress: begun.congress.zh,
    hall: begun.hall,
    sitting: begun.sitting,
    key: begun.key,
  });
  return result.success ? { ok: true, result: result.data } : no('not-voted');
}

type Proven =
  | {
      readonly ok: true;
      readonly sitting: Sitting;
      readonly begun: NonNullable<Sitting['begun']>;
      /** SHA-256 of the bundle's manifest. */
      readonly manifest: string;
    }
  | Extract<BundleResult, { ok: false }>;

/** The sitting that a bundle proves, or why it proves none. */
export function provenIn(verification: Verification, bytes: Uint8Array): Proven {
  if (!verification.ok) {
    const { broken } = verification;
    return no('bundle-broken', { zh: brokenWords(broken, 'zh'), en: brokenWords(broken, 'en') });
  }
  const { sitting } = verification.told;
  const manifest = readArchive(bytes)?.['manifest.jws'];
  const { begun } = sitting;
  if (!begun || !manifest) return no('bundle-broken');
  return { ok: true, sitting, begun, manifest: sha256Hex(manifest) };
}

/** The vote on a motion whose result counts: announced and not void; or why there is none. */
export function announcedRound(sitting: Sitting, motion: string): Round | BundleRefusal {
  const rounds = roundsOf(sitting, motion);
  const official = rounds.filter(({ rehearsal }) => !rehearsal);
  const announced = official.find(({ phase }) => phase === 'announced');
  if (announced) return announced;
  if (official.some(({ phase }) => phase === 'closed')) return 'not-announced';
  if (official.length > 0) return 'vote-void';
  return rounds.length > 0 ? 'rehearsal-only' : 'not-voted';
}

/** The announced votes that settle what `round` left open, and what those left, in order. */
function followers(sitting: Sitting, round: Round): readonly Round[] {
  const motion = sitting.motions.find(({ follows }) => follows === round.id);
  const next = motion && announcedRound(sitting, motion.id);
  return next === undefined || typeof next === 'string' ? [] : [next, ...followers(sitting, next)];
}

function asHallRound({ id, motion, result, byHand }: Round): HallRound | null {
  if (motion.kind !== 'selection' || result?.outcome.kind !== 'selection') return null;
  const { roll, present, cast, outcome } = result;
  const found = new Map(outcome.order.map((each) => [each.id, each]));
  return {
    round: id,
    roll,
    present,
    cast,
    byHand,
    secret: motion.voting === 'secret' && !byHand,
    candidates: motion.candidates.map(({ id: project }) => ({
      project,
      votes: found.get(project)?.votes ?? 0,
      selected: found.get(project)?.standing === 'selected',
    })),
    tiedPlaces: outcome.runoffPlaces,
  };
}
