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

/** Who shows a certificate of this hall: a terminal, and the thumbprint of the key that its certificate is for. */
export interface Peer {
  readonly terminal: string;
  readonly kid: string;
}

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
  if (!certificate.checkIssued(authority) || !certificate.verify(authority.publicKey))
    return no('another-authority');
  if (now() < Date.parse(certificate.validFrom)) return no('not-valid-yet');
  if (now() > Date.parse(certificate.validTo)) return no('expired');
  const terminal = terminalNamed(certificate.subjectAltName, rules.hall);
  const { crv, x } = certificate.publicKey.export({ format: 'jwk' });
  const isClient = certificate.keyUsage?.includes(CLIENT_AUTH) === true && !certificate.ca;
  if (terminal === null || !isClient || crv !== 'Ed25519' || x === undefined) return no('no-terminal');
  const kid = thumbprint(x);
  return rules.enrolled(terminal) === kid ? { ok: true, peer: { terminal, kid } } : no('removed');
}
