import { hash } from 'node:crypto';

const BASE64URL = /^[A-Za-z0-9_-]*$/;
/** Last characters whose spare bits are zero, by the number of characters in the last group of four. */
const CANONICAL_END = [/^/, /$^/, /[AQgw]$/, /[AEIMQUYcgkosw048]$/] as const;

/** Base64url without padding (RFC 4648 §5). */
export function toBase64url(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');
}

/**
 * Decodes base64url without padding; `null` unless `text` is the one canonical spelling of its bytes,
 * so that no byte of a signed message can be changed without changing what it says.
 */
export function fromBase64url(text: string): Uint8Array | null {
  if (!BASE64URL.test(text) || !CANONICAL_END[text.length % 4]?.test(text.slice(-1))) return null;
  return Buffer.from(text, 'base64url');
}

/** SHA-256 as 64 lower-case hexadecimal digits. */
export function sha256Hex(data: string | Uint8Array): string {
  return hash('sha256', data, 'hex');
}

/** SHA-256 as 43 base64url characters. */
export function sha256Base64url(data: string | Uint8Array): string {
  return hash('sha256', data, 'base64url');
}
