import { z } from 'zod';
import type { RandomBytes } from '../protocol/ids.ts';
import { Seed } from './pedersen-trustee.ts';
import { openSecretBox, passwordKey, secretBox } from './sodium-wasm.ts';

/** A scrutineer's key on a stick or in a drawer: the seed under a password (Argon2id, XSalsa20-Poly1305, libsodium). */

/** Base64url of whole bytes: one character over, and `atob` throws. */
const bytes = z.string().regex(/^([A-Za-z0-9_-]{4})*[A-Za-z0-9_-]{2,4}$/);
const Header = z.strictObject({
  what: z.literal('hallvote scrutineer key'),
  v: z.literal(1),
  sitting: z.string(),
  scrutineer: z.string(),
  /** The ceremony the key was made in. */
  ceremony: z.number().int(),
  ops: z.number().int().min(1).max(20),
  mem: z
    .number()
    .int()
    .min(8192)
    .max(2 ** 30),
  salt: bytes,
  nonce: bytes,
});
const KeyFile = z.strictObject({ header: Header, box: bytes });

export interface ScrutineerKey {
  readonly sitting: string;
  readonly scrutineer: string;
  readonly ceremony: number;
  readonly seed: string;
}

/** The least a password may be. */
export const LEAST_PASSWORD = 8;

/** libsodium's "moderate": three passes over 256 MiB. */
const OPS = 3;
const MEM = 256 * 1024 * 1024;

const encoder = new TextEncoder();
const text = (data: Uint8Array): string =>
  btoa(String.fromCharCode(...data))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
const data = (encoded: string): Uint8Array =>
  Uint8Array.from(atob(encoded.replace(/-/g, '+').replace(/_/g, '/')), (character) =>
    character.charCodeAt(0),
  );

function keyOf(password: string, { ops, mem, salt }: z.infer<typeof Header>): Uint8Array {
  const key = passwordKey(encoder.encode(password.normalize('NFKC')), data(salt), ops, mem);
  if (!key) throw new RangeError('not enough memory for the password’s key');
  return key;
}

/** What is locked up: the header stands inside once more, so that it cannot be exchanged. */
const Locked = z.strictObject({ header: Header, seed: Seed });

/** The file that holds a key under a password; takes about a second on purpose. */
export function lockKey({ seed, ...of }: ScrutineerKey, password: string, random: RandomBytes): string {
  const header = Header.parse({
    what: 'hallvote scrutineer key',
    v: 1,
    ...of,
    ops: OPS,
    mem: MEM,
    salt: text(random(16)),
    nonce: text(random(24)),
  });
  const key = keyOf(password, header);
  const box = secretBox(encoder.encode(JSON.stringify({ header, seed })), data(header.nonce), key);
  key.fill(0);
  return `${JSON.stringify({ header, box: text(box) }, null, 2)}\n`;
}

/** The key in a file; `damaged`: it is none, or changed; `wrong-password`: it may be whole, but not with this password. */
export function unlockKey(file: string, password: string): ScrutineerKey | 'damaged' | 'wrong-password' {
  const parsed = KeyFile.safeParse(jsonOf(file));
  if (!parsed.success) return 'damaged';
  const { header, box } = parsed.data;
  const [salt, nonce] = [data(header.salt), data(header.nonce)];
  if (salt.length !== 16 || nonce.length !== 24) return 'damaged';
  const key = keyOf(password, header);
  const opened = openSecretBox(data(box), nonce, key);
  key.fill(0);
  if (!opened) return 'wrong-password';
  const locked = Locked.safeParse(jsonOf(new TextDecoder().decode(opened)));
  opened.fill(0);
  if (!locked.success || JSON.stringify(locked.data.header) !== JSON.stringify(header)) return 'damaged';
  const { sitting, scrutineer, ceremony } = header;
  return { sitting, scrutineer, ceremony, seed: locked.data.seed };
}

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(file);
  } catch {
    return null;
  }
}
