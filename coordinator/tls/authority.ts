import 'reflect-metadata';
import { createPrivateKey, X509Certificate as NodeCertificate, webcrypto } from 'node:crypto';
import { X509Certificate } from '@peculiar/x509';

/** A certificate authority that can sign. */
export interface Authority {
  readonly certificate: X509Certificate;
  readonly key: webcrypto.CryptoKey;
}

/** With the authority's P-256 key. */
export const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' } as const;

export type Opened =
  | { readonly ok: true; readonly value: Authority }
  | { readonly ok: false; readonly problem: string };

/**
 * The authority of these two PEM texts; `problem` says what is wrong with them, and nothing of what stands in the key.
 * @param now ms since 1970: nobody takes what an authority signs that has ended.
 */
export async function openAuthority(certificatePem: string, keyPem: string, now: number): Promise<Opened> {
  const not = (problem: string) => ({ ok: false, problem }) as const;
  const certificate = parsed(() => new NodeCertificate(certificatePem));
  if (certificate === null)
    return not('the CA’s certificate is no PEM certificate → restore it from the copy');
  if (!certificate.ca) return not('this certificate is no CA’s → restore it from the copy');
  if (now > Date.parse(certificate.validTo))
    return not(`the CA has ended (${certificate.validTo}) → make a new one and bring it to all seats`);
  const key = parsed(() => createPrivateKey(keyPem));
  if (key === null) return not('the CA’s key is no PEM private key → restore it from the copy');
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1')
    return not('the CA’s key is not of P-256 → restore the one that init made');
  if (!certificate.checkPrivateKey(key))
    return not('the CA’s key is not that of its certificate → restore both from one copy');
  const pkcs8 = new Uint8Array(key.export({ format: 'der', type: 'pkcs8' }));
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  return {
    ok: true,
    value: {
      certificate: new X509Certificate(new Uint8Array(certificate.raw)),
      key: await webcrypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']),
    },
  };
}

/** What `parse` gives; null where it throws: what it is given is somebody's file. */
function parsed<T>(parse: () => T): T | null {
  try {
    return parse();
  } catch {
    return null;
  }
}
