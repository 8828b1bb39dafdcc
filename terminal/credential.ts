import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { encode, secretBasePower } from '../shared/belenios/group.ts';
import { Scalar } from '../shared/belenios/scalar.ts';
import { randomSecret, type Secret, secretOf, secretText, wipe } from '../shared/belenios/secret.ts';
import { Id, type RandomBytes } from '../shared/ids.ts';
import { writeDurably } from './durable-file.ts';

/** A deputy's one-time voting credential: its secret half never leaves the terminal. */
export interface SeatCredential {
  readonly deputy: string;
  readonly secret: Secret;
  /** 64 hexadecimal digits. */
  readonly public: string;
}

/** Keeps the credential of the deputy who sits here; another deputy gets another, and the one before is forgotten. */
export interface Credentials {
  of(deputy: string): SeatCredential;
}

/** Credentials that live as long as the process, for simulated seats. */
export function memoryCredentials(random: RandomBytes): Credentials {
  return keeper(random, null, () => {});
}

const Stored = z.strictObject({ deputy: Id, secret: Scalar });

/**
 * A credential kept in `folder`, for this user alone, so that a deputy whose terminal lost its power can still change
 * their vote. It says nothing of what was chosen. One that is damaged is replaced.
 */
export function diskCredentials(folder: string, random: RandomBytes): Credentials {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'credential.json');
  const save = ({ deputy, secret }: SeatCredential) => {
    rmSync(path, { force: true });
    writeDurably(path, `${JSON.stringify({ deputy, secret: secretText(secret) })}\n`);
  };
  return keeper(random, read(path), save);
}

function keeper(
  random: RandomBytes,
  found: SeatCredential | null,
  save: (credential: SeatCredential) => void,
): Credentials {
  let held = found;
  return {
    of: (deputy) => {
      if (held?.deputy === deputy) return held;
      if (held) wipe(held.secret);
      const secret = randomSecret(random);
      held = { deputy, secret, public: encode(secretBasePower(secret)) };
      save(held);
      return held;
    },
  };
}

function read(path: string): SeatCredential | null {
  if (!existsSync(path)) return null;
  try {
    const stored = Stored.parse(JSON.parse(readFileSync(path, 'utf8')));
    const secret = secretOf(BigInt(stored.secret));
    return { deputy: stored.deputy, secret, public: encode(secretBasePower(secret)) };
  } catch {
    return null;
  }
}
