import type { KeyPair } from '../shared/protocol/keys.ts';
import type { Wire } from './contract/wire.ts';

/** A program that serves pages from a ledger: a hall or a register. */
export interface Running {
  /** Where it can be reached from this machine. */
  readonly http: string;
  /** What others must trust to believe its certificate, and the page that says how; null where it speaks without TLS. */
  readonly trust: Trust | null;
  readonly wire: Wire;
  readonly key: KeyPair;
  /** With which the first administrator signs in; null where an administrator has a password. */
  readonly firstCode: { readonly person: string; readonly name: string; readonly code: string } | null;
  /** Whether what arrives is still judged and written, and what is in memory is what is on the disk. */
  readonly isSound: () => Promise<boolean>;
  /** Closes the ledger and nothing else, before the process ends. */
  readonly abandon: () => void;
  readonly stop: () => Promise<void>;
}

export interface RunningHall extends Running {
  readonly mqtt: string;
  /** The same, for other machines: every address of this one; none where it has no network. */
  readonly elsewhere: { readonly http: readonly string[]; readonly mqtt: readonly string[] };
}

export interface Trust {
  /** The CA's certificate, a file; null where the hall brings a certificate and names no CA. */
  readonly ca: string | null;
  /** SHA-256 of that certificate, as people compare it. */
  readonly fingerprint: string | null;
  readonly page: string;
}

export interface RunOptions {
  readonly http?: number | undefined;
  /** The pages' port in a hall with TLS. */
  readonly https?: number | undefined;
  readonly mqtt?: number | undefined;
  /** Take the ledger as it lies there, although entries it had are lost. */
  readonly acceptLedger?: boolean | undefined;
  /** The folder of the built pages, where it is not the program's own. */
  readonly pages?: string | undefined;
}
