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

/** A text's languages at most. */
export const MAX_LANGUAGES = 8;

/** A language tag of BCP 47 in the one case that it recommends: language, script and region, such as `bo` or `mn-Mong`. */
export const LanguageTag = z
  .string()
  .regex(
    /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$/,
    'is no language tag; write one such as zh, en, bo, ug or mn-Mong',
  );

/**
 * A text shown to people, in Chinese and in as many other languages as the hall provides: language tag → text. What is
 * read stands in the one order in which it is signed, see {@link inOrder}.
 */
export const Text = z
  .union([
    words(1, 2000),
    z
      .object({ zh: words(1, 2000) })
      .catchall(words(1, 2000))
      .superRefine((text, context) => {
        const tags = Object.keys(text);
        for (const tag of tags) {
          const read = LanguageTag.safeParse(tag);
          if (!read.success)
            context.addIssue({ code: 'custom', path: [tag], message: read.error.issues[0]?.message ?? '' });
        }
        if (tags.length > MAX_LANGUAGES)
          context.addIssue({
            code: 'custom',
            message: `has more than ${MAX_LANGUAGES} languages; leave some out`,
          });
      }),
  ])
  .transform((text): Text => (typeof text === 'string' ? { zh: text } : inOrder(text)));
export type Text = { zh: string; [tag: string]: string };

/** `text` with its members in the order that is signed: Chinese first, the others by their tags' code units. */
export function inOrder({ zh, ...others }: Text): Text {
  const sorted = Object.entries(others).sort(([a], [b]) => (a < b ? -1 : 1));
  return { zh, ...Object.fromEntries(sorted) };
}

/** The languages in which every word of the product itself can be said. */
export type Language = 'zh' | 'en';

/**
 * The tag of the text that is read by who asks for `language`: that one, or the same without region or script, or else
 * Chinese.
 */
export function tagFor(text: Text, language: string): string {
  for (let tag = language; tag !== ''; tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-'))))
    if (Object.hasOwn(text, tag)) return tag;
  return 'zh';
}

/** `text` in `language`; Chinese where it is not there. */
export function inLanguage(text: Text, language: string): string {
  return text[tagFor(text, language)] ?? text.zh;
}

/** The tag that a page's address asks for in `lang`; Chinese where it asks for none. */
export function askedTag(search: string): string {
  const tag = LanguageTag.safeParse(new URLSearchParams(search).get('lang'));
  return tag.success ? tag.data : 'zh';
}

/** Which way a language is written. */
export function directionOf(tag: string): 'ltr' | 'rtl' {
  return /^(ug|ar|fa|ur)(?!-(Latn|Cyrl))|-(Arab|Hebr)/.test(tag) ? 'rtl' : 'ltr';
}

/** A source of random bytes, handed in so that tests can choose it. */
export type RandomBytes = (length: number) => Uint8Array;
