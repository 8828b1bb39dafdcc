import type { ActRefusal } from '../contract/acts.ts';
import type { Draft } from './entries.ts';

/** An entry to write; a checkpoint is filled in with the head it stands on. */
export type Step = Draft | 'checkpoint';

export type Decision =
  | { readonly ok: true; readonly steps: readonly Step[] }
  | { readonly ok: false; readonly reason: ActRefusal; readonly detail?: string };

export const no = (reason: ActRefusal, detail?: string): Decision =>
  detail === undefined ? { ok: false, reason } : { ok: false, reason, detail };
export const yes = (...steps: Step[]): Decision => ({ ok: true, steps });
