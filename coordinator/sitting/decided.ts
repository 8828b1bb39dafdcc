import type { ActRefusal } from '../contract/acts.ts';
import type { By } from '../contract/person.ts';
import type { Draft } from './entries.ts';

/** By whom an entry is that follows from another, one that time brings, and one that the files bring at a start. */
export const BY_HALL = { by: { role: 'hall' } } as const satisfies { by: By };
export const BY_CLOCK = { by: { role: 'clock' } } as const satisfies { by: By };
export const BY_FILE = { by: { role: 'file' } } as const satisfies { by: By };

/** An entry to write; a checkpoint is filled in with the head it stands on. */
export type Step = Draft | 'checkpoint';

export type Decision =
  | { readonly ok: true; readonly steps: readonly Step[] }
  | { readonly ok: false; readonly reason: ActRefusal; readonly detail?: string };

export const no = (reason: ActRefusal, detail?: string): Decision =>
  detail === undefined ? { ok: false, reason } : { ok: false, reason, detail };
export const yes = (...steps: Step[]): Decision => ({ ok: true, steps });
