import type { X509Certificate } from 'node:crypto';
import type { RandomBytes } from '../../shared/protocol/ids.ts';
import type { Chronicle } from '../sitting/chronicle.ts';
import type { Authority } from '../tls/authority.ts';
import { issueTerminal } from '../tls/issue.ts';
import { type JudgedPeer, judgePeer } from '../tls/peer.ts';

/** A terminal's certificate is renewed when it is good for less than this: a hall that meets twice a year is in time. */
const RENEW_MS = 200 * 86_400_000;

export interface SeatCertificateParts {
  readonly hall: string;
  readonly ca: X509Certificate;
  /** null: the CA's key is not on this machine. */
  readonly authority: Authority | null;
  readonly chronicle: Pick<Chronicle, 'state' | 'now'>;
  readonly random: RandomBytes;
}

/** The terminals' certificates: who shows one, and issuing them to the keys that the ledger enrols. */
export class SeatCertificates {
  readonly #parts: SeatCertificateParts;

  constructor(parts: SeatCertificateParts) {
    this.#parts = parts;
  }

  /** Who shows `certificate`, by the ledger and its time. */
  judge(certificate: X509Certificate | undefined): JudgedPeer {
    const { hall, ca, chronicle } = this.#parts;
    return judgePeer(certificate, {
      hall,
      authority: ca,
      now: () => chronicle.now(),
      enrolled: (terminal) => chronicle.state.terminals.get(terminal)?.kid,
    });
  }

  /** Whether a certificate that is good until then is to be renewed now. */
  isDue(until: number): boolean {
    return until - this.#parts.chronicle.now() < RENEW_MS;
  }

  /** A certificate for the key that is enrolled for `terminal`; null where there is none, or nothing to sign it with. */
  async issue(terminal: string): Promise<string | null> {
    const { hall, authority, chronicle, random } = this.#parts;
    const enrolled = chronicle.state.terminals.get(terminal);
    if (!enrolled || authority === null) return null;
    return issueTerminal(authority, { hall, terminal, key: enrolled.key }, { random, now: chronicle.now() });
  }
}
