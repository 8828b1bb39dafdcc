import { z } from 'zod';
import { builtProgram } from '../../../shared/package-root.ts';
import { ConfinedWork, framed } from '../../process/confined.ts';
import { HallResult } from '../model/hall-result.ts';
import { BUNDLE_REFUSALS, type BundleRefusal, type BundleResult } from './result-of-bundle.ts';

/** The largest bundle that is taken: a city's sitting with all its secret ballots. */
export const MOST_BUNDLE_BYTES = 256 * 1024 * 1024;

const reasons = z.custom<BundleRefusal>(
  (reason) => typeof reason === 'string' && Object.hasOwn(BUNDLE_REFUSALS, reason),
);
const Says: z.ZodType<BundleResult> = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), result: HallResult }),
  z.object({
    ok: z.literal(false),
    reason: reasons,
    detail: z.object({ zh: z.string(), en: z.string() }).nullable(),
  }),
]);

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
  async verify(bundle: Uint8Array, key: string, list: string): Promise<BundleResult | 'busy'> {
    const done = await this.#work.do(framed({ key, list }, [bundle]));
    if (!done.ok && done.reason === 'busy') return 'busy';
    const says = done.ok ? Says.safeParse(done.says) : null;
    return says?.success ? says.data : { ok: false, reason: 'bundle-broken', detail: null };
  }
}
