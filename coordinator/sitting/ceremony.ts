import type { CeremonyStep, Secrecy } from '../ledger/secrecy.ts';
import type { ActRefusal } from '../views/acts.ts';
import type { Ceremony } from './state.ts';

type Scrutineers = Extract<Secrecy, { holder: 'scrutineers' }>;

export interface CeremonyProblem {
  readonly reason: ActRefusal;
  readonly detail?: string;
}

/** Why a contribution cannot be taken now; null where it can. */
export function ceremonyProblem(
  _secrecy: Scrutineers,
  _ceremony: Ceremony,
  _owner: number,
  _step: CeremonyStep,
  _text: string,
): CeremonyProblem | null {
  return { reason: 'bad-contribution' };
}

/** `trustees.json` where this contribution is the last one; else null. */
export function finishedKey(
  _secrecy: Scrutineers,
  _ceremony: Ceremony,
  _owner: number,
  _step: CeremonyStep,
  _text: string,
): string | null {
  return null;
}
