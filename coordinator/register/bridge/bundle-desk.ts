import { z } from 'zod';
import { builtProgram } from '../../../shared/package-root.ts';
import { HashHex, PublicKey } from '../../../shared/protocol/ids.ts';
import { ConfinedWork, framed } from '../../process/confined.ts';
import { HallResult } from '../model/hall-result.ts';
import { HallAppraisal } from '../model/work/fields.ts';
import type { BundleAppraisal, ListOf } from './appraisal-of-bundle.ts';
import { BUNDLE_REFUSALS, type BundleRefusal, type BundleResult } from './result-of-bundle.ts';

/** The largest bundle that is taken: a city's sitting with all its secret ballots. */
export const MOST_BUNDLE_BYTES = 256 * 1024 * 1024;

const reasons = z.custom<BundleRefusal>(
  (reason) => typeof reason === 'string' && Object.hasOwn(BUNDLE_REFUSALS, reason),
);
const Nothing = z.object({
  ok: z.literal(false),
  reason: reasons,
  detail: z.object({ zh: z.string(), en: z.string() }).nullable(),
});
const SaysResult: z.ZodType<BundleResult> = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), result: HallResult }),
  Nothing,
]);
const SaysAppraisal: z.ZodType<BundleAppraisal> = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), appraisal: HallAppraisal }),
  Nothing,
]);

/** What is looked for in a bundle: how the list was voted on, or, with its cycle, how its projects were graded. */
export const BundleAsked = z.object({ key: PublicKey, list: HashHex, cycle: z.number().nullable() });
type BundleAsked = z.infer<typeof BundleAsked>;

/** Verifies halls' bundles, one at a time, each in a process of its own. */
export class BundleDesk {
  readonly #work: Pick<ConfinedWork, 'do'>;

  /** @param work runs `bundle-program.ts`. */
  constructor(
    work: Pick<ConfinedWork, 'do'> = new ConfinedWork(
      builtProgram('coordinator/register/bundle-program.js'),
      {
        seconds: 900,
        megabytes: 4_000,
        waiting: 3,
      },
    ),
  ) {
    this.#work = work;
  }

  /**
   * What the bundle proves of the list, or why it decides nothing; `busy` where others wait already.
   * @param key the hall's public key, as the register's file has it.
   */
  verify(bundle: Uint8Array, key: string, list: string): Promise<BundleResult | 'busy'> {
    return this.#find(bundle, { key, list, cycle: null }, SaysResult);
  }

  /** How it proves that projects of the list were graded, or why it grades nothing. */
  verifyAppraisal(bundle: Uint8Array, key: string, of: ListOf): Promise<BundleAppraisal | 'busy'> {
    return this.#find(bundle, { key, ...of }, SaysAppraisal);
  }

  async #find<S extends BundleResult | BundleAppraisal>(
    bundle: Uint8Array,
    asked: BundleAsked,
    says: z.ZodType<S>,
  ): Promise<S | Extract<BundleResult, { ok: false }> | 'busy'> {
    const done = await this.#work.do(framed(asked, [bundle]));
    if (!done.ok && done.reason === 'busy') return 'busy';
    const found = done.ok ? says.safeParse(done.says) : null;
    return found?.success ? found.data : { ok: false, reason: 'bundle-broken', detail: null };
  }
}

/** Whoever verifies halls' bundles for a register. */
export type BundleVerifier = Pick<BundleDesk, 'verify' | 'verifyAppraisal'>;
