import { webcrypto } from 'node:crypto';
import { toBase64url } from '../../shared/protocol/bytes.ts';
import type { RandomBytes } from '../../shared/protocol/ids.ts';
import type { KeyPair } from '../../shared/protocol/keys.ts';

/**
 * A certificate of a terminal's key by that key itself, PEM: it says which key is there, and nothing else. It has no beginning
 * and no end to speak of, since the terminal may not know what day it is.
 */
export async function selfSigned(
  { x, seed }: KeyPair,
  terminal: string,
  random: RandomBytes,
): Promise<string> {
  // Needed once in a terminal's life: others do not load it.
  await import('reflect-metadata');
  const { X509CertificateGenerator } = await import('@peculiar/x509');
  const jwk = { kty: 'OKP', crv: 'Ed25519', x };
  const d = toBase64url(seed);
  const algorithm = { name: 'Ed25519' };
  const { subtle } = webcrypto;
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: `01${Buffer.from(random(15)).toString('hex')}`,
    name: [{ CN: [terminal] }],
    notBefore: new Date(0),
    notAfter: new Date(Date.UTC(2100, 0)),
    signingAlgorithm: algorithm,
    keys: {
      publicKey: await subtle.importKey('jwk', jwk, algorithm, true, ['verify']),
      privateKey: await subtle.importKey('jwk', { ...jwk, d }, algorithm, false, ['sign']),
    },
  });
  return `${certificate.toString('pem').trim()}\n`;
}
