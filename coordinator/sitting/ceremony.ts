import {
  assembleTrustees,
  certificateIn,
  readCertificates,
  readPolynomial,
  readPolynomials,
  verificationKeyIn,
} from '../../shared/belenios/pedersen.ts';
import type { ActRefusal } from '../contract/acts.ts';
import { CEREMONY_STEPS, type CeremonyStep, type Secrecy } from './secrecy.ts';
import type { Ceremony } from './state.ts';

/** The making of the scrutineers' key, as far as the coordinator has a say: whose turn it is, and what cannot be true. */

type Scrutineers = Extract<Secrecy, { holder: 'scrutineers' }>;

export interface Contribution {
  /** From 1. */
  readonly owner: number;
  readonly step: CeremonyStep;
  readonly text: string;
}

/** Contributions to a step, in the order of the scrutineers; fewer than there are scrutineers where some are awaited. */
export function contributions(
  { scrutineers }: Scrutineers,
  ceremony: Ceremony,
  step: CeremonyStep,
): string[] {
  const given = ceremony.get(step);
  return scrutineers.flatMap((_, i) => given?.get(i + 1) ?? []);
}

/** Why a contribution cannot be taken now; null where it can. */
export function whyNotContribute(
  secrecy: Scrutineers,
  ceremony: Ceremony,
  contribution: Contribution,
): ActRefusal | null {
  const { owner, step } = contribution;
  const size = secrecy.scrutineers.length;
  if (owner > size) return 'bad-contribution';
  if (ceremony.get(step)?.has(owner)) return 'contributed-already';
  const before = CEREMONY_STEPS.slice(0, CEREMONY_STEPS.indexOf(step));
  if (before.some((each) => contributions(secrecy, ceremony, each).length < size)) return 'not-your-turn';
  return isTrue(secrecy, ceremony, contribution) ? null : 'bad-contribution';
}

function isTrue(secrecy: Scrutineers, ceremony: Ceremony, { owner, step, text }: Contribution): boolean {
  const { threshold, scrutineers } = secrecy;
  const certificates = contributions(secrecy, ceremony, 'certificate');
  switch (step) {
    case 'certificate':
      // The same certificate in two places would not hold in one of them.
      return certificateIn(text, { size: scrutineers.length, threshold, index: owner }) !== null;
    case 'polynomial': {
      const certs = readCertificates(certificates, threshold);
      return !('what' in certs) && !('what' in readPolynomial(text, owner, certs, threshold));
    }
    case 'verification-key': {
      const polynomials = contributions(secrecy, ceremony, 'polynomial');
      const agreement = readPolynomials(certificates, polynomials, threshold);
      return !('what' in agreement) && verificationKeyIn(text, owner, agreement) !== null;
    }
  }
}

/** `trustees.json` where this contribution is the last one awaited; else null. */
export function finishedKey(
  secrecy: Scrutineers,
  ceremony: Ceremony,
  { owner, step, text }: Contribution,
): string | null {
  if (step !== 'verification-key') return null;
  const given = new Map([...(ceremony.get(step) ?? []), [owner, text]]);
  if (given.size < secrecy.scrutineers.length) return null;
  const made = assembleTrustees(
    secrecy.threshold,
    contributions(secrecy, ceremony, 'certificate'),
    contributions(secrecy, ceremony, 'polynomial'),
    secrecy.scrutineers.map((_, i) => given.get(i + 1) ?? ''),
  );
  return typeof made === 'string' ? made : null;
}
