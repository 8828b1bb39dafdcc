import { createPrivateKey, randomBytes } from 'node:crypto';
import type { ConnectionOptions } from 'node:tls';
import { issueTerminal } from '../../coordinator/tls/issue.ts';
import { toBase64url } from '../../shared/protocol/bytes.ts';
import type { KeyPair } from '../../shared/protocol/keys.ts';
import { selfSigned } from '../../terminal/delivery/self-signed.ts';
import { HALL, type OpenHall, type TestSeat, type TestTls } from './open-hall.ts';

/** The private half of a terminal's key, PEM. */
export function privatePem({ x, seed }: KeyPair): string {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x, d: toBase64url(seed) };
  return createPrivateKey({ key: jwk, format: 'jwk' }).export({ format: 'pem', type: 'pkcs8' }).toString();
}

export function tlsOf({ tls }: OpenHall): TestTls {
  if (!tls) throw new Error('this hall speaks without TLS');
  return tls;
}

interface Issue {
  readonly by?: TestTls;
  /** When; ms since 1970. */
  readonly now?: number;
  readonly hall?: string;
  readonly terminal?: string;
  readonly key?: string;
}

/** A certificate for the terminal of `seat`, or as `issue` says. */
export async function issuedFor(open: OpenHall, seat: TestSeat, issue: Issue = {}): Promise<string> {
  const {
    by = tlsOf(open),
    now = Date.now(),
    hall = HALL,
    terminal = seat.terminal,
    key = seat.key.x,
  } = issue;
  const pem = await issueTerminal(by.authority, { hall, terminal, key }, { random: randomBytes, now });
  if (pem === null) throw new Error('no such key');
  return pem;
}

export const ownMade = ({ terminal, key }: TestSeat) => selfSigned(key, terminal, randomBytes);

/** What a client shows and believes in a handshake with the hall. */
export function showing(open: OpenHall, cert: string, { key }: Pick<TestSeat, 'key'>): ConnectionOptions {
  return { ca: tlsOf(open).ca.certificate, cert, key: privatePem(key) };
}
