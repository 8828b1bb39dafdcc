import type { BundleVerifier } from '../bridge/bundle-desk.ts';
import { BUNDLE_REFUSALS, type BundleRefusal } from '../bridge/result-of-bundle.ts';
import { chosenIn } from '../model/hall-result.ts';
import type { Who } from '../model/person.ts';
import { REGISTER_REFUSALS, type RegisterRefusal } from '../model/refusals.ts';
import type { BundleShelf } from './bundle-shelf.ts';
import type { RegisterActs } from './register-acts.ts';
import type { RegisterChronicle } from './register-chronicle.ts';

/** Why no result came of a bundle. */
export const RESULT_REFUSALS = {
  ...BUNDLE_REFUSALS,
  ...REGISTER_REFUSALS,
  'no-hall-key': {
    zh: 'register.yaml 未写会场公钥（hall.key），无从核验；请从会场主机启动时的显示抄录',
    en: 'register.yaml has no hall.key to verify with; copy it from what the hall’s coordinator prints at its start',
  },
  'no-such-bundle': { zh: '文件夹中没有此存证包', en: 'No such bundle lies in the folder' },
  busy: { zh: '正在核验其他存证包，请稍后再试', en: 'Other bundles are being verified; try again shortly' },
} as const;
export type ResultRefusal = keyof typeof RESULT_REFUSALS;

interface NotTaken {
  readonly is: 'refused';
  readonly reason: ResultRefusal;
  readonly detail: { readonly zh: string; readonly en: string } | null;
}
export type Taken = { readonly is: 'done'; readonly chosen: number } | NotTaken;
export type TakenAppraisal = { readonly is: 'done'; readonly graded: number } | NotTaken;

export interface ResultsParts {
  readonly chronicle: RegisterChronicle;
  readonly acts: RegisterActs;
  readonly desk: BundleVerifier;
  readonly shelf: Pick<BundleShelf, 'keep'>;
  /** The hall's public key; null where the file has none. */
  readonly key: string | null;
}

const refused = (
  reason: RegisterRefusal | BundleRefusal | ResultRefusal,
  detail: { readonly zh: string; readonly en: string } | null = null,
): NotTaken => ({ is: 'refused', reason, detail });

/** Takes a hall's result in: nobody types it, the verifier finds it in the bundle. */
export class Results {
  readonly #parts: ResultsParts;

  constructor(parts: ResultsParts) {
    this.#parts = parts;
  }

  async take(bundle: Uint8Array, year: number, who: Who): Promise<Taken> {
    const { chronicle, acts, desk, shelf, key } = this.#parts;
    const cycle = chronicle.state.cycles.get(year);
    if (!cycle) return refused('unknown-cycle');
    if (cycle.decided) return refused('cycle-decided');
    if (!cycle.frozen) return refused('not-frozen');
    if (key === null) return refused('no-hall-key');
    const found = await desk.verify(bundle, key, cycle.frozen.hash);
    if (found === 'busy') return refused('busy');
    if (!found.ok) return refused(found.reason, found.detail);
    // Before the entry that speaks of it: no result is without its proof.
    shelf.keep(found.result.manifest, bundle);
    // Minutes may have gone by: the rules look once more at what stands now.
    const result = { ...found.result, rounds: found.result.rounds.map(copied) };
    const asked = acts.ask({ act: 'enter-result', cycle: year, result }, who);
    if (asked.is === 'refused') return refused(asked.reason);
    return { is: 'done', chosen: chosenIn(found.result).size };
  }

  /** How a hall has graded projects of that year. */
  async takeAppraisal(bundle: Uint8Array, year: number, who: Who): Promise<TakenAppraisal> {
    const { chronicle, acts, desk, shelf, key } = this.#parts;
    const cycle = chronicle.state.cycles.get(year);
    if (!cycle?.frozen || !cycle.decided) return refused('unknown-cycle');
    if (key === null) return refused('no-hall-key');
    const found = await desk.verifyAppraisal(bundle, key, { list: cycle.frozen.hash, cycle: year });
    if (found === 'busy') return refused('busy');
    if (!found.ok) return refused(found.reason, found.detail);
    shelf.keep(found.appraisal.manifest, bundle);
    const appraisal = { ...found.appraisal, items: found.appraisal.items.map((each) => ({ ...each })) };
    const asked = acts.ask({ act: 'enter-appraisal', appraisal }, who);
    if (asked.is === 'refused') return refused(asked.reason);
    return { is: 'done', graded: found.appraisal.items.length };
  }
}

const copied = <R extends { readonly candidates: readonly object[] }>(round: R) => ({
  ...round,
  candidates: round.candidates.map((each) => ({ ...each })),
});
