import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import type { z } from 'zod';
import { loadRegister, type RegisterConfig } from '../../coordinator/config/register-file.ts';
import { Client, type Outcome } from '../../coordinator/contract/client.ts';
import type { RegisterActAnswer } from '../../coordinator/contract/register/documents.ts';
import { REGISTER_ROUTES } from '../../coordinator/contract/register/routes.ts';
import type { MachineClock } from '../../coordinator/process/clock.ts';
import { type RunningRegister, runRegister } from '../../coordinator/register/program/run-register.ts';
import { sampleRegisterFile } from '../../coordinator/rehearsal/register/sample-file.ts';
import { giveQuickPasswords, QUICK_HASHES, signedIn } from './signed-in.ts';

/** A day on which the cycle of 2027 collects. */
export const OCTOBER = Date.parse('2026-10-08T09:00:00+08:00');
export const YEAR = 2027;

export interface TestRegister {
  readonly running: RunningRegister;
  readonly folder: string;
  readonly config: RegisterConfig;
  /** Moves the register's clock on. */
  readonly pass: (ms: number) => void;
  /** Somebody of the staff, signed in. */
  readonly as: (person: string) => Promise<Client>;
  /** Does an act and gives the answer, which may be a refusal. */
  readonly act: (person: string, act: z.input<typeof REGISTER_ROUTES.act.body>) => Promise<RegisterActAnswer>;
  readonly again: () => Promise<TestRegister>;
  readonly stop: () => Promise<void>;
}

/** The sample register in a folder of its own, without TLS, on any port, its staff with passwords. */
export async function openRegister(
  folder = mkdtempSync(join(tmpdir(), 'hallvote-register-')),
  start = OCTOBER,
  log: Logger = pino({ level: 'silent' }),
): Promise<TestRegister> {
  const file = join(folder, 'register.yaml');
  writeFileSync(file, sampleRegisterFile('off'));
  const loaded = loadRegister(file);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const config = loaded.value;
  mkdirSync(config.data, { recursive: true });
  await giveQuickPasswords(config.data, config.staff);
  let passed = 0;
  const machine: MachineClock = { boot: 'boot', mono: () => passed, wall: () => start + passed };
  const options = { http: 0, pages: folder, hashes: QUICK_HASHES, machine };
  const running = await runRegister(file, options, log);
  const clients = new Map<string, Promise<Client>>();
  const as = (person: string) => {
    const client =
      clients.get(person) ??
      signedIn(running, person).then(
        (cookie) =>
          new Client({
            base: running.http,
            fetch: (url, init) => fetch(url, { ...init, headers: { ...init?.headers, cookie } }),
          }),
      );
    clients.set(person, client);
    return client;
  };
  return {
    running,
    folder,
    config,
    as,
    pass: (ms) => {
      passed += ms;
    },
    act: async (person, body) => answered(await (await as(person)).ask(REGISTER_ROUTES.act, { body })),
    again: async () => {
      await running.stop();
      return openRegister(folder, start + passed, log);
    },
    stop: async () => {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What was answered. @throws where nothing was, saying why. */
export function answered<T>(outcome: Outcome<T>): T {
  if (outcome.is === 'answered') return outcome.value;
  throw new Error(`${outcome.is}: ${outcome.why}`);
}
