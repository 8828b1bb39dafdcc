import nacl from 'tweetnacl';
import { z } from 'zod';
import { fromBase64url, toBase64url } from './bytes.ts';
import { Thumbprint } from './ids.ts';
import type { KeyPair } from './keys.ts';
import { strictJson } from './strict-json.ts';

/** The largest message anybody may send, in characters of the compact JWS. */
export const MAX_MESSAGE_LENGTH = 16_384;

/** The same for what carries a sealed ballot, whose length the motion decides. */
export const MAX_SEALED_MESSAGE_LENGTH = 480_000;

/** `typ` of what a hall says: a sitting's ledger and the messages around it. What is signed for another is none of these. */
export const HALLVOTE = 'hallvote';

const Header = z.strictObject({ alg: z.literal('EdDSA'), kid: Thumbprint, typ: z.string() });

/** A compact JWS taken apart and not yet believed: its signature has still to be verified. */
export interface ParsedJws {
  readonly kid: string;
  /** What was signed: `header.payload` in ASCII (RFC 7515 §5.1). */
  readonly signingInput: string;
  readonly signature: Uint8Array;
  readonly payload: unknown;
}

/** Signs 64-byte Ed25519 signatures over bytes. */
export type SignBytes = (bytes: Uint8Array) => Uint8Array;

/** A signer: key id and the function that signs. */
export interface Signer {
  readonly kid: string;
  readonly sign: SignBytes;
}

/** A signer that uses tweetnacl, as terminals do. */
export function naclSigner(key: KeyPair): Signer {
  const { secretKey } = nacl.sign.keyPair.fromSeed(key.seed);
  return { kid: key.kid, sign: (bytes) => nacl.sign.detached(bytes, secretKey) };
}

/** The text that is signed of a payload: its members in their order, without white space. Writers and verifiers compare this one. */
export const payloadText = (payload: object): string => JSON.stringify(payload);

/** The compact JWS (RFC 7515 §7.1, `alg: EdDSA` of RFC 8037) over `payload` as JSON. */
export function signJws(payload: object, signer: Signer, typ = HALLVOTE): string {
  const header = toBase64url(Buffer.from(JSON.stringify({ alg: 'EdDSA', kid: signer.kid, typ })));
  const signingInput = `${header}.${toBase64url(Buffer.from(payloadText(payload)))}`;
  return `${signingInput}.${toBase64url(signer.sign(Buffer.from(signingInput)))}`;
}

/** Refuses what is no UTF-8, and keeps a byte order mark, which is no JSON. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function parseJson(part: string): unknown {
  const bytes = fromBase64url(part);
  if (bytes === null) return undefined;
  try {
    return strictJson(utf8.decode(bytes));
  } catch {
    return undefined;
  }
}

/** Takes a compact JWS of at most `most` characters apart; `null` for anything that is not exactly one of ours. */
export function parseJws(text: string, most = MAX_MESSAGE_LENGTH): ParsedJws | null {
  if (text.length > most) return null;
  return parseJwsOfAnyLength(text);
}

/** As {@link parseJws}, for the coordinator's own entries, whose length the roll decides. */
export function parseJwsOfAnyLength(text: string, typ = HALLVOTE): ParsedJws | null {
  const parts = text.split('.');
  const [header, payload, signature] = parts;
  if (parts.length !== 3 || !header || !payload || !signature) return null;
  const head = headerOf(header);
  const body = parseJson(payload);
  const sig = fromBase64url(signature);
  if (head?.typ !== typ || body === undefined || sig?.length !== 64) return null;
  return { kid: head.kid, signingInput: `${header}.${payload}`, signature: sig, payload: body };
}

/** The header that was read last: all entries of a ledger that its own program has signed have the same. */
let last: { readonly text: string; readonly head: z.infer<typeof Header> | null } = { text: '', head: null };

function headerOf(text: string): z.infer<typeof Header> | null {
  if (text !== last.text) last = { text, head: Header.safeParse(parseJson(text)).data ?? null };
  return last.head;
}
