import type { Draft } from './entries.ts';
import type { Gap } from './gaps.ts';
import type { RegisterRefusal } from './refusals.ts';

/** An entry to write; a checkpoint is filled in with the head it stands on. */
export type Step = Draft | 'checkpoint';

export type Decision =
  | { readonly ok: true; readonly steps: readonly Step[] }
  | {
      readonly ok: false;
      readonly reason: RegisterRefusal;
      /** What is missing of which project, where `reason` is `incomplete`. */
      readonly gaps?: readonly { readonly project: string; readonly gap: Gap }[];
    };

export const no = (reason: RegisterRefusal): Decision => ({ ok: false, reason });
export const yes = (...steps: Step[]): Decision => ({ ok: true, steps });
