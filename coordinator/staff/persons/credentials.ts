import { z } from 'zod';
import { HashHex, Id } from '../../../shared/protocol/ids.ts';
import type { Value } from '../../../shared/protocol/value.ts';
import { StoredPassword } from '../password.ts';
import { Authenticator, afterCode, onTime } from './authenticator.ts';
import { withoutRecoveryCode } from './typed-codes.ts';

/** A one-time code: forty bits, hashed as a password is, so that the file gives none away in useful time. */
export const CODE_LENGTH = 8;

/** Failures are counted as far as anybody reads. */
const MOST_COUNTED = 9_999;

/** By what a person proves who they are. */
export const Credential = z.strictObject({
  /** The one-time code handed over on paper, or the password chosen with it. */
  secret: z.discriminatedUnion('is', [
    z.strictObject({ is: z.literal('code'), stored: StoredPassword }),
    z.strictObject({ is: z.literal('password'), stored: StoredPassword }),
  ]),
  authenticator: Authenticator.nullable(),
  /** Hashes of those that were not used. */
  recovery: z.array(HashHex).max(10),
  /** Attempts that failed since the last that did not. */
  failed: z.number().int().nonnegative(),
});
export type Credential = Value<typeof Credential>;

/** Everybody's, by person; whoever is not in it was given no code yet. */
export const Credentials = z.record(Id, Credential);
export type Credentials = Value<typeof Credentials>;

/** A person's, by the id that somebody typed; null where they have none. */
export function credentialOf(all: Credentials, person: string): Credential | null {
  return Object.hasOwn(all, person) ? (all[person] ?? null) : null;
}

/** Gives a person a code to sign in with, once. Password, authenticator and recovery codes are gone: they may be what was lost. */
export function withCode(stored: StoredPassword): Credential {
  return { secret: { is: 'code', stored }, authenticator: null, recovery: [], failed: 0 };
}

/** The person chose this password; a code they came with is used up. */
export function withPassword(credential: Credential, stored: StoredPassword): Credential {
  return { ...credential, secret: { is: 'password', stored }, failed: 0 };
}

/**
 * From now on a code of this authenticator is asked for too; the person shows by `typed` that they have it.
 * @param wall ms since 1970. @returns null where the code is not right: nothing has changed, and nobody is locked out.
 */
export function withAuthenticator(
  credential: Credential,
  authenticator: Authenticator,
  recovery: readonly string[],
  typed: string,
  wall: number,
): Credential | null {
  const after = afterCode(authenticator, typed, wall);
  return after && { ...credential, authenticator: after, recovery };
}

export function withoutAuthenticator(credential: Credential): Credential {
  return { ...credential, authenticator: null, recovery: [] };
}

/** One more attempt failed. */
export function withFailure(credential: Credential): Credential {
  return { ...credential, failed: Math.min(MOST_COUNTED, credential.failed + 1) };
}

/** What signing in came to; `after`: the credential to be kept. */
export type Entrance =
  /** `failed`: attempts since the last sign-in, for the person to see. */
  | { readonly is: 'in'; readonly after: Credential; readonly failed: number }
  /** The one-time code is right; it is used up, and the person in, with the password that they choose: see {@link withPassword}. */
  | { readonly is: 'choose'; readonly after: Credential; readonly failed: number }
  /** The password is right; the authenticator's code is asked for. */
  | { readonly is: 'code-wanted'; readonly after: Credential }
  | { readonly is: 'wrong'; readonly after: Credential };

export interface Shown {
  /** The secret that what was typed was compared with, and whether it is that: done elsewhere, since it is slow on purpose. */
  readonly compared: StoredPassword;
  readonly isSecret: boolean;
  /** The authenticator's code or a recovery code; null where none was typed. */
  readonly code: string | null;
  /** Ms since 1970, as clocks have it. */
  readonly wall: number;
}

/** Whether a person who shows this comes in. A secret that has become another while it was compared opens nothing. */
export function enter(credential: Credential, { compared, isSecret, code, wall }: Shown): Entrance {
  const { secret, authenticator, recovery, failed } = credential;
  const wrong: Entrance = { is: 'wrong', after: withFailure(credential) };
  if (!isSecret || compared.hash !== secret.stored.hash) return wrong;
  if (secret.is === 'code') return { is: 'choose', after: credential, failed };
  const come = (after: Credential): Entrance => ({ is: 'in', after: { ...after, failed: 0 }, failed });
  if (!authenticator) return come(credential);
  if (code === null) return { is: 'code-wanted', after: credential };
  const after = afterCode(authenticator, code, wall);
  if (after) return come({ ...credential, authenticator: after });
  const left = withoutRecoveryCode(recovery, code);
  return left ? come({ ...credential, authenticator: onTime(authenticator, wall), recovery: left }) : wrong;
}
