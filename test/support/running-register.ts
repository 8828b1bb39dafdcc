import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import type { z } from 'zod';
import { loadRegister, type RegisterConfig } from '../../coordinator/config/register-file.ts';
import { Client, type Outcome } from '../../coordinator/contract/client.ts';
import type { RegisterActAnswer } from '../../coordinator/contract/register/documents.ts';
import { REGISTER_PAGES, REGISTER_ROUTES } from '../../coordinator/contract/register/routes.ts';
import type { MachineClock } from '../../coordinator/process/clock.ts';
import { type RunningRegister, runRegister } from '../../coordinator/register/program/run-register.ts';
import { sampleRegisterFile } from '../../coordinator/rehearsal/register/sample-file.ts';
import type { Unchanging } from '../../shared/protocol/value.ts';
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
  readonly act: (
    person: string,
    act: Unchanging<z.input<typeof REGISTER_ROUTES.act.body>>,
  ) => Promise<RegisterActAnswer>;
  /** Ends it and starts it anew, its file changed by `change`. */
  readonly again: (change?: (file: string) => string) => Promise<TestRegister>;
  readonly stop: () => Promise<void>;
}

/** Pages that nobody looks at. */
function emptyPages(folder: string): string {
  for (const page of Object.keys(REGISTER_PAGES)) {
    const place = join(folder, 'coordinator/pages/register', page);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, `${page}.html`), '');
  }
  return folder;
}

export interface RegisterSetting {
  readonly folder?: string;
  /** When its clock begins, ms since 1970. */
  readonly start?: number;
  /** What is otherwise in its file. */
  readonly change?: (file: string) => string;
  /** The folder of the built pages, where a browser is to see them. */
  readonly built?: string;
  readonly log?: Logger;
  /** Whether a plan of the area lies beside its file. */
  readonly plan?: boolean;
}

/** The sample register in a folder of its own, without TLS, on any port, its staff with passwords. */
export async function openRegister(given: RegisterSetting = {}): Promise<TestRegister> {
  const {
    folder = mkdtempSync(join(tmpdir(), 'hallvote-register-')),
    start = OCTOBER,
    change = (text) => text,
    built,
    log = pino({ level: 'silent' }),
  } = given;
  const file = join(folder, 'register.yaml');
  writeFileSync(file, change(sampleRegisterFile('off')));
  if (given.plan) copyFileSync('coordinator/rehearsal/register/plan-of-yunxi.jpg', join(folder, 'plan.jpg'));
  const loaded = loadRegister(file);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const config = loaded.value;
  mkdirSync(config.data, { recursive: true });
  await giveQuickPasswords(config.data, config.staff);
  let passed = 0;
  const machine: MachineClock = { boot: 'boot', mono: () => passed, wall: () => start + passed };
  const options = { http: 0, pages: built ?? emptyPages(folder), hashes: QUICK_HASHES, machine };
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
    again: async (again) => {
      await running.stop();
      return openRegister({ ...given, folder, start: start + passed, ...(again && { change: again }) });
    },
    stop: async () => {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Releases all answers that are drafted, as somebody does who has just looked at them. @throws where they are not released. */
export async function releaseDrafted(register: TestRegister): Promise<void> {
  const congress = await register.as('congress');
  const { counts } = answered(await congress.ask(REGISTER_ROUTES.proposals, { body: { cycle: YEAR } }));
  const act = { act: 'release', cycle: YEAR, drafts: counts.drafts ?? '' } as const;
  const done = await register.act('congress', act);
  if (done.is !== 'done') throw new Error(JSON.stringify(done));
}

/** What was answered. @throws where nothing was, saying why. */
export function answered<T>(outcome: Outcome<T>): T {
  if (outcome.is === 'answered') return outcome.value;
  throw new Error(`${outcome.is}: ${outcome.why}`);
}
