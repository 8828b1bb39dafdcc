import type { X509Certificate } from 'node:crypto';

/** SHA-256 of a certificate as browsers show it, in groups of four that two people can read to each other. */
export function certificateFingerprint({ fingerprint256 }: X509Certificate): string {
  return (fingerprint256.replaceAll(':', '').match(/.{4}/g) ?? []).join(' ');
}
