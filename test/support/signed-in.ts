import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { StaffPerson } from '../../coordinator/contract/person.ts';
import type { StoredPassword } from '../../coordinator/staff/password.ts';
import { withCode, withPassword } from '../../coordinator/staff/persons/credentials.ts';
import { writeCredentials } from '../../coordinator/staff/persons/staff-file.ts';
import { sha256Hex } from '../../shared/protocol/bytes.ts';

/** The password of a person in tests' halls. */
export const passwordOf = (person: string): string => `the password of ${person}`;

/** Hashes that cost nothing, in place of the slow ones. */
export const QUICK_HASHES = {
  hashPassword: async (password: string): Promise<StoredPassword> => ({
    scheme: 'scrypt-17-8-1',
    salt: '',
    hash: sha256Hex(password),
  }),
  isPassword: async (password: string, { hash }: StoredPassword) => sha256Hex(password) === hash,
};

/** Gives everybody their password, unless the hall in `folder` has given out some before. */
export async function giveQuickPasswords(folder: string, staff: readonly StaffPerson[]): Promise<void> {
  const file = join(folder, 'staff.json');
  if (existsSync(file)) return;
  const credentials = staff.map(async ({ id }) => {
    const stored = await QUICK_HASHES.hashPassword(passwordOf(id));
    return [id, withPassword(withCode(stored), stored)] as const;
  });
  writeCredentials(file, Object.fromEntries(await Promise.all(credentials)));
}

/** Signs `person` in over HTTP. @returns the cookie of their session. */
export async function signedIn({ http }: { readonly http: string }, person: string): Promise<string> {
  const response = await fetch(`${http}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person, secret: passwordOf(person), code: null }),
  });
  if (!response.ok)
    throw new Error(`${person} does not come in: ${response.status} ${await response.text()}`);
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}
