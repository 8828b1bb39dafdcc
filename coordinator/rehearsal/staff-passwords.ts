import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { StaffClient } from '../cli/staff-client.ts';
import type { Person, Role, StaffPerson } from '../contract/person.ts';
import { hashPassword } from '../staff/password.ts';
import { withCode, withPassword } from '../staff/persons/credentials.ts';
import { writeCredentials } from '../staff/persons/staff-file.ts';

/** Gives everybody of the staff a password before a rehearsal's hall opens, in place of the codes that a real one begins with. */
export async function givePasswords(
  { staff, data }: { readonly staff: readonly StaffPerson[]; readonly data: string },
  passwordOf: (person: string) => string,
): Promise<void> {
  const hashes = new Map<string, Awaited<ReturnType<typeof hashPassword>>>();
  for (const { id } of staff) {
    const password = passwordOf(id);
    // Hashing is slow on purpose: the same is hashed once.
    hashes.set(password, hashes.get(password) ?? (await hashPassword(password, randomBytes)));
  }
  const credentials = staff.flatMap(({ id }) => {
    const stored = hashes.get(passwordOf(id));
    return stored ? [[id, withPassword(withCode(stored), stored)] as const] : [];
  });
  mkdirSync(data, { recursive: true, mode: 0o700 });
  writeCredentials(join(data, 'staff.json'), Object.fromEntries(credentials));
}

/** The staff of a rehearsal's hall, each signed in when first asked for. */
export class RehearsalStaff {
  readonly #http: string;
  readonly #plain: typeof fetch;
  readonly #staff: readonly Person[];
  readonly #passwordOf: (person: string) => string;
  readonly #clients = new Map<string, Promise<StaffClient>>();

  /** @param plain what asks there. */
  constructor(http: string, staff: readonly Person[], passwordOf: (person: string) => string, plain = fetch) {
    this.#http = http;
    this.#plain = plain;
    this.#staff = staff;
    this.#passwordOf = passwordOf;
  }

  /** The first person of that role, signed in. */
  as(role: Role): Promise<StaffClient> {
    const person = this.#staff.find(({ roles }) => roles.includes(role));
    if (!person) throw new Error(`nobody is ${role}`);
    const client = this.#clients.get(person.id) ?? this.#signIn(person.id);
    this.#clients.set(person.id, client);
    return client;
  }

  async #signIn(person: string): Promise<StaffClient> {
    const client = new StaffClient(this.#http, this.#plain);
    await client.signIn(person, this.#passwordOf(person));
    return client;
  }
}
