import { gcm } from '@noble/ciphers/aes.js';
import { z } from 'zod';
import type { RandomBytes } from '../protocol/ids.ts';
import { decode, encode, over, type Point, secretBasePower, secretPower, times } from './group.ts';
import { fromHex, toHex } from './hex.ts';
import { randomSecret, type Secret, wipe } from './secret.ts';
import { isSigned, SignedMessage, signText } from './signing.ts';
import { sodium } from './sodium.ts';

/** Secret, signed messages between trustees (specification, "Encrypting" and "Channels"). */

const EncryptedMessage = z.strictObject({
  algorithm: z.literal('AES-GCM'),
  alpha: z.string(),
  beta: z.string(),
  data: z.string().regex(/^([0-9a-f]{2})+$/),
});
const ChannelMessage = z.strictObject({ recipient: z.string(), message: z.string() });

const cipher = (key: Point, alpha: Point) =>
  gcm(sodium.sha256(`key|${encode(key)}`), sodium.sha256(`iv|${encode(alpha)}`));

/** `message`, signed with `from` and encrypted to the key `to`. */
export function send(from: Secret, to: Point, message: string, random: RandomBytes): string {
  const inner = JSON.stringify({ recipient: encode(to), message });
  const signed = JSON.stringify({ message: inner, signature: signText(from, inner, random) });
  const r = randomSecret(random);
  const s = randomSecret(random);
  const alpha = secretBasePower(r);
  const key = secretBasePower(s);
  const beta = times(secretPower(to, r), key);
  const data = toHex(cipher(key, alpha).encrypt(new TextEncoder().encode(signed)));
  wipe(r, s, key);
  return JSON.stringify({ algorithm: 'AES-GCM', alpha: encode(alpha), beta: encode(beta), data });
}

/** What `from` sent to whoever holds `decryption`; null where it is not that. */
export function receive(from: Point, decryption: Secret, sent: string): string | null {
  try {
    const { alpha: a, beta: b, data } = EncryptedMessage.parse(JSON.parse(sent));
    const [alpha, beta] = [decode(a), decode(b)];
    if (!alpha || !beta) return null;
    const plain = cipher(over(beta, secretPower(alpha, decryption)), alpha).decrypt(fromHex(data));
    const { message: inner, signature } = SignedMessage.parse(JSON.parse(new TextDecoder().decode(plain)));
    wipe(plain);
    const { recipient, message } = ChannelMessage.parse(JSON.parse(inner));
    const isOurs = recipient === encode(secretBasePower(decryption));
    return isOurs && isSigned(from, inner, signature) ? message : null;
  } catch {
    return null;
  }
}
