import type { Report } from '../../shared/protocol/guarded.ts';
import type { After } from '../process/clock.ts';
import { type Credential, type Credentials, credentialOf, withFailure } from './persons/credentials.ts';
import { readCredentials, writeCredentials } from './persons/staff-file.ts';

/** Failures are written down together: nobody sees by the time of an answer whether there is such a person, nor wears out a disk. */
const FAILURES_MS = 10_000;

/** Everybody's credentials as they stand in staff.json. */
export class CredentialBook {
  readonly #file: string;
  readonly #after: After;
  readonly #report: Report;
  #all: Credentials;
  #cancelWrite: (() => void) | null = null;

  /** @throws {DataFileError} where the file is damaged. */
  constructor(file: string, after: After, report: Report) {
    this.#file = file;
    this.#after = after;
    this.#report = report;
    this.#all = readCredentials(file);
  }

  of(person: string): Credential | null {
    return credentialOf(this.#all, person);
  }

  /** Keeps a person's credential; on the disk when this returns. @throws where that cannot be, and then nothing has changed. */
  set(person: string, credential: Credential): void {
    const all = { ...this.#all, [person]: credential };
    writeCredentials(this.#file, all);
    this.#written();
    this.#all = all;
  }

  /** Keeps what a sign-in changed; where that cannot be written, the person is in all the same. */
  used(person: string, credential: Credential): void {
    if (JSON.stringify(credential) === JSON.stringify(this.of(person))) return;
    this.#all = { ...this.#all, [person]: credential };
    this.#write();
  }

  /** Of this start alone: a code that stands on the console. */
  lend(person: string, credential: Credential): void {
    this.#all = { ...this.#all, [person]: credential };
  }

  /** One more attempt to be this person has failed. */
  failed(person: string): void {
    const credential = this.of(person);
    if (!credential) return;
    this.#all = { ...this.#all, [person]: withFailure(credential) };
    this.#cancelWrite ??= this.#after(FAILURES_MS, () => this.#write());
  }

  /** Writes down what is due. */
  stop(): void {
    if (this.#cancelWrite) this.#write();
  }

  #write(): void {
    this.#written();
    try {
      writeCredentials(this.#file, this.#all);
    } catch (error) {
      this.#report('failures to sign in cannot be kept for the next start', error);
    }
  }

  #written(): void {
    this.#cancelWrite?.();
    this.#cancelWrite = null;
  }
}
