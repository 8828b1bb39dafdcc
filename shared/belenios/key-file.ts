import sumo from 'libsodium-wrappers-sumo';
import { z } from 'zod';
import { Seed } from './pedersen.ts';

/** A scrutineer's key on a stick or in a drawer: the seed under a password (Argon2id, XChaCha20-Poly1305, libsodium). */

await sumo.ready;

const bytes = z.string().regex(/^[A-Za-z0-9_-]+$/);
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

const text = (data: Uint8Array): string => sumo.to_base64(data, sumo.base64_variants.URLSAFE_NO_PADDING);
const data = (encoded: string): Uint8Array =>
  sumo.from_base64(encoded, sumo.base64_variants.URLSAFE_NO_PADDING);

function keyOf(password: string, { ops, mem, salt }: z.infer<typeof Header>): Uint8Array {
  return sumo.crypto_pwhash(
    32,
    password.normalize('NFKC'),
    data(salt),
    ops,
    mem,
    sumo.crypto_pwhash_ALG_ARGON2ID13,
  );
}

/** The file that holds a key under a password; takes about a second on purpose. */
export function lockKey({ seed, ...of }: ScrutineerKey, password: string): string {
  const header = Header.parse({
    what: 'hallvote scrutineer key',
    v: 1,
    ...of,
    ops: sumo.crypto_pwhash_OPSLIMIT_MODERATE,
    mem: sumo.crypto_pwhash_MEMLIMIT_MODERATE,
    salt: text(sumo.randombytes_buf(sumo.crypto_pwhash_SALTBYTES)),
    nonce: text(sumo.randombytes_buf(sumo.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)),
  });
  const key = keyOf(password, header);
  const box = sumo.crypto_aead_xchacha20poly1305_ietf_encrypt(
    seed,
    JSON.stringify(header),
    null,
    data(header.nonce),
    key,
  );
  sumo.memzero(key);
  return `${JSON.stringify({ header, box: text(box) }, null, 2)}\n`;
}

/** The key in a file; `damaged`: it is none, or changed; `wrong-password`: it may be whole, but not with this password. */
export function unlockKey(file: string, password: string): ScrutineerKey | 'damaged' | 'wrong-password' {
  const parsed = KeyFile.safeParse(jsonOf(file));
  if (!parsed.success) return 'damaged';
  const { header, box } = parsed.data;
  try {
    const key = keyOf(password, header);
    const opened = sumo.crypto_aead_xchacha20poly1305_ietf_decrypt(
      null,
      data(box),
      JSON.stringify(header),
      data(header.nonce),
      key,
    );
    sumo.memzero(key);
    const seed = Seed.safeParse(sumo.to_string(opened));
    const { sitting, scrutineer, ceremony } = header;
    return seed.success ? { sitting, scrutineer, ceremony, seed: seed.data } : 'damaged';
  } catch {
    return 'wrong-password';
  }
}

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(file);
  } catch {
    return null;
  }
}
