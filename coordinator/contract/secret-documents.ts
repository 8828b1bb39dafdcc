import { encode } from '../../shared/belenios/group.ts';
import { electionsOf, receiptCodes } from '../bundle/export/elections.ts';
import type { CeremonyStep } from '../sitting/secrecy.ts';
import type { Round, Sitting } from '../sitting/state.ts';
import type { AuditsDocument, DecryptionDocument, ReceiptsDocument, SecrecyDocument } from './documents.ts';

/** Audits shown at once; all of them are in the ledger. */
const LAST_AUDITS = 20;

/** How many shares open the sum of a secret vote. */
export function sharesNeeded({ sealed }: Round): number {
  const { threshold = null, verificationKeys = [] } = sealed?.key.trustees ?? {};
  return threshold ?? verificationKeys.length;
}

/** The public documents of secret votes, drawn from the sitting alone (G7); none tells a choice (G6). */
export const secretDocuments = {
  secrecy(state: Sitting): SecrecyDocument {
    const { secrecy, ceremonies, ceremony, electionKey } = state;
    const count = secrecy?.holder === 'scrutineers' ? secrecy.scrutineers.length : 0;
    const all = (step: CeremonyStep) =>
      Array.from({ length: count }, (_, i) => ceremony.get(step)?.get(i + 1) ?? null);
    return {
      secrecy,
      ceremony: ceremonies,
      certificate: all('certificate'),
      polynomial: all('polynomial'),
      'verification-key': all('verification-key'),
      trustees: electionKey?.text ?? null,
      publicKey: electionKey ? encode(electionKey.trustees.publicKey) : null,
    };
  },

  decryption({ current }: Sitting): DecryptionDocument {
    const sealed = current?.sealed;
    if (!current || !sealed) return null;
    return {
      round: current.id,
      rehearsal: current.rehearsal,
      phase: current.phase,
      title: current.motion.title,
      opening: current.opening,
      election: sealed.electionText,
      cast: current.cast,
      tally: sealed.tally?.text ?? null,
      needed: sharesNeeded(current),
      shares: sealed.shares.map(({ owner }) => owner),
      result: current.result,
      signed: [...sealed.signed.keys()],
    };
  },

  audits({ current, terminals }: Sitting): AuditsDocument {
    const audits = current?.sealed?.audits;
    if (!current || !audits) return null;
    const last = audits
      .slice(-LAST_AUDITS)
      .reverse()
      .map(({ terminal, ballot, votes, randomness }) => ({
        seat: terminals.get(terminal)?.seat ?? '',
        ballot,
        votes,
        randomness,
      }));
    return { round: current.id, count: audits.length, last };
  },
};

/** The receipt codes of every secret vote that was added up. `codesOf`: those of one. */
export function receiptsDocument(
  state: Sitting,
  codesOf: (round: Round) => string[] = receiptCodes,
): ReceiptsDocument {
  return electionsOf(state).map((round) => ({
    round: round.id,
    rehearsal: round.rehearsal,
    title: round.motion.title,
    codes: codesOf(round),
  }));
}
