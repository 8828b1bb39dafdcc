import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';

export interface ServerRules {
  /** The CA that this seat was provisioned with. */
  readonly ca: X509Certificate;
  /** The name or address that the seat was told to call. */
  readonly host: string;
  /** ms since 1970, by the hall's ledger; null where it has not been heard yet: a seat's own clock may say anything. */
  readonly now: number | null;
}

/** RFC 5280 §4.2.1.12, id-kp-serverAuth. */
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
/** Certificates between a server's and its CA at the most. */
const MOST_BETWEEN = 4;

/**
 * Why `shown`, whose private key the handshake has proved to be at hand, is not the coordinator's; null where it is.
 * OpenSSL's own judgement is not asked: it goes by the machine's clock, and where that is wrong it names only the last of what
 * it found.
 */
export function whyNotServer(shown: X509Certificate | undefined, rules: ServerRules): string | null {
  if (shown === undefined) return 'it shows no certificate';
  const { ca, host, now } = rules;
  const chain = chainTo(ca, shown);
  if (chain === null) return 'its certificate is not of this hall’s authority';
  if (shown.ca || shown.keyUsage?.includes(SERVER_AUTH) !== true) return 'its certificate is no server’s';
  const isFor = isIP(host) ? shown.checkIP(host) : shown.checkHost(host);
  if (isFor === undefined) return `its certificate is not for ${host}`;
  if (now === null) return null;
  for (const { validFrom, validTo } of chain) {
    if (now > Date.parse(validTo)) return `a certificate has ended on ${validTo}`;
    if (now < Date.parse(validFrom)) return `a certificate begins on ${validFrom}`;
  }
  return null;
}

/** The certificates from `shown` to `ca`, each signed by the next; null where they do not lead there. */
function chainTo(ca: X509Certificate, shown: X509Certificate): X509Certificate[] | null {
  const chain = [shown];
  for (let at = shown; chain.length <= MOST_BETWEEN; chain.push(at)) {
    if (isSignedBy(at, ca)) return [...chain, ca];
    const { issuerCertificate: next } = at;
    if (next === undefined || next === at || !next.ca || !isSignedBy(at, next)) return null;
    at = next;
  }
  return null;
}

/** Only an authority signs for others, whatever a seat was given as one. */
function isSignedBy(certificate: X509Certificate, by: X509Certificate): boolean {
  return by.ca && certificate.checkIssued(by) && certificate.verify(by.publicKey);
}
