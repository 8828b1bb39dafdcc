import type { X509Certificate } from 'node:crypto';
import { thumbprint } from '../../shared/protocol/keys.ts';
import { terminalNamed } from './terminal-uri.ts';

/** Why a certificate opens nothing. */
export const PEER_REFUSALS = {
  'no-certificate': 'no certificate was shown',
  'another-authority': 'the certificate is not of this hall’s authority',
  'not-valid-yet': 'the certificate is not valid yet',
  expired: 'the certificate has expired',
  'no-terminal': 'the certificate is no terminal’s of this hall',
  removed: 'the certificate’s key is not, or no longer, enrolled for its terminal',
} as const;
export type PeerRefusal = keyof typeof PEER_REFUSALS;

/** Who shows a certificate; `kid`: the thumbprint of the key that it is for, which the handshake has proved to be at hand. */
export type Peer =
  | {
      readonly is: 'terminal';
      readonly terminal: string;
      readonly kid: string;
      /** Until when its certificate is good, ms since 1970. */
      readonly until: number;
    }
  /** One that the key has signed itself: it says which key is there, and nothing else. */
  | { readonly is: 'own-key'; readonly kid: string };

export type JudgedPeer =
  | { readonly ok: true; readonly peer: Peer }
  | { readonly ok: false; readonly reason: PeerRefusal };

export interface PeerRules {
  readonly hall: string;
  readonly authority: X509Certificate;
  /** ms since 1970, by the clock that the ledger goes by. */
  readonly now: () => number;
  /** The thumbprint of the key enrolled for a terminal; undefined where there is none: who is removed is not there. */
  readonly enrolled: (terminal: string) => string | undefined;
}

/** RFC 5280 §4.2.1.12, id-kp-clientAuth. */
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';

/**
 * Who shows `certificate`, whose private key the handshake has proved to be at hand. The ledger is the list of who is
 * removed: a certificate is worth something only while the ledger enrols its key for its terminal.
 */
export function judgePeer(certificate: X509Certificate | undefined, rules: PeerRules): JudgedPeer {
  const no = (reason: PeerRefusal) => ({ ok: false, reason }) as const;
  if (certificate === undefined) return no('no-certificate');
  const { authority, now } = rules;
  const { crv, x } = certificate.publicKey.export({ format: 'jwk' });
  const kid = crv === 'Ed25519' && x !== undefined ? thumbprint(x) : null;
  // Whose clock is right a terminal does not know yet, so that it cannot say since when such a one is good.
  if (kid !== null && certificate.checkIssued(certificate) && certificate.verify(certificate.publicKey))
    return { ok: true, peer: { is: 'own-key', kid } };
  if (!certificate.checkIssued(authority) || !certificate.verify(authority.publicKey))
    return no('another-authority');
  if (now() < Date.parse(certificate.validFrom)) return no('not-valid-yet');
  const until = Date.parse(certificate.validTo);
  if (now() > until) return no('expired');
  const terminal = terminalNamed(certificate.subjectAltName, rules.hall);
  const isClient = certificate.keyUsage?.includes(CLIENT_AUTH) === true && !certificate.ca;
  if (terminal === null || !isClient || kid === null) return no('no-terminal');
  return rules.enrolled(terminal) === kid
    ? { ok: true, peer: { is: 'terminal', terminal, kid, until } }
    : no('removed');
}
