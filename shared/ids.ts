import { z } from 'zod';

/** Names that become parts of topics and files: letters, digits, `.`, `_` and `-`, at most 64. */
export const Id = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'letters, digits, . _ - only, at most 64');

/** A message's unique id: 16 random bytes in base64url. */
export const MessageId = z.string().regex(/^[A-Za-z0-9_-]{22}$/);

/** RFC 7638 thumbprint of a key: 43 base64url characters. */
export const Thumbprint = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** An Ed25519 public key as the `x` of its JWK (RFC 8037): 32 bytes in base64url. */
export const PublicKey = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** SHA-256 in lower-case hexadecimal. */
export const HashHex = z.string().regex(/^[0-9a-f]{64}$/);

/** Milliseconds, whole and not negative. */
export const Millis = z.number().int().nonnegative();

/**
 * What nobody sees, but changes what is read: control characters but TAB, LF and CR, marks that turn the direction of
 * writing or end a line, and halves of surrogate pairs.
 */
const UNSEEN = /[^\P{Cc}\t\n\r]|[\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]|\p{Cs}/u;

/** Words that are shown to people and printed: so many characters, all of which can be seen. */
export const words = (least: number, most: number) =>
  z
    .string()
    .min(least)
    .max(most)
    .refine((text) => !UNSEEN.test(text), 'holds a character that cannot be seen; write it anew');

/** A text shown to people: Chinese, and English where the hall provides it. */
export const Text = z
  .union([words(1, 2000), z.strictObject({ zh: words(1, 2000), en: words(1, 2000).optional() })])
  .transform((text): Text => (typeof text === 'string' ? { zh: text } : text));
export type Text = { zh: string; en?: string | undefined };

export type Language = 'zh' | 'en';

/** `text` in `language`; Chinese where there is no English. */
export function inLanguage(text: Text, language: Language): string {
  return language === 'en' ? (text.en ?? text.zh) : text.zh;
}

/** A source of random bytes, handed in so that tests can choose it. */
export type RandomBytes = (length: number) => Uint8Array;
