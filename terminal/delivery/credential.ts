import { z } from 'zod';
import { encode, secretBasePower } from '../../shared/belenios/group.ts';
import { Scalar } from '../../shared/belenios/scalar.ts';
import { randomSecret, type Secret, secretOf, secretText, wipe } from '../../shared/belenios/secret.ts';
import { Id, type RandomBytes } from '../../shared/protocol/ids.ts';
import type { Disk } from '../machine/disk.ts';

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
  return keeper(random, null, () => true);
}

const FILE = 'credential.json';
const Stored = z.strictObject({ deputy: Id, secret: Scalar });

/**
 * A credential kept on `disk`, for this user alone, so that a deputy whose terminal lost its power can still change
 * their vote. It says nothing of what was chosen. One that is damaged is replaced; one that cannot be written serves from
 * memory until it can.
 */
export function diskCredentials(disk: Disk, random: RandomBytes): Credentials {
  return keeper(random, read(disk), ({ deputy, secret }) => {
    disk.remove(FILE);
    return disk.write(FILE, `${JSON.stringify({ deputy, secret: secretText(secret) })}\n`) === null;
  });
}

/** @param save says whether the credential is kept. */
function keeper(
  random: RandomBytes,
  found: SeatCredential | null,
  save: (credential: SeatCredential) => boolean,
): Credentials {
  let held = found;
  let isKept = true;
  return {
    of: (deputy) => {
      if (held?.deputy !== deputy) {
        if (held) wipe(held.secret);
        const secret = randomSecret(random);
        held = { deputy, secret, public: encode(secretBasePower(secret)) };
        isKept = false;
      }
      if (!isKept) isKept = save(held);
      return held;
    },
  };
}

function read(disk: Disk): SeatCredential | null {
  const found = disk.read(FILE);
  if (found === null || 'why' in found) return null;
  try {
    const stored = Stored.parse(JSON.parse(found.text));
    const secret = secretOf(BigInt(stored.secret));
    return { deputy: stored.deputy, secret, public: encode(secretBasePower(secret)) };
  } catch {
    return null;
  }
}
