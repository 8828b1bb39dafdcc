import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Program, Programs } from '../../coordinator/cli/programs.ts';
import { StaffClient } from '../../coordinator/cli/staff-client.ts';
import { loadRegister } from '../../coordinator/config/register-file.ts';
import { startRegister } from '../../coordinator/rehearsal/register/running-register.ts';
import { sampleRegisterFile } from '../../coordinator/rehearsal/register/sample-file.ts';
import { givePasswords } from '../../coordinator/rehearsal/staff-passwords.ts';
import { steadyPort } from '../support/steady-port.ts';

const PASSWORD = 'a password for everybody';

/** The real register program in a folder of its own, to be killed and started again at the same address. */
export class RegisterProcess {
  readonly #programs = new Programs();
  readonly folder = this.#programs.scratch();
  readonly data = join(this.folder, 'data');
  readonly #file = join(this.folder, 'register.yaml');
  readonly #staff = new Map<string, StaffClient>();
  #program: Program | null = null;
  #port = 0;
  http = '';
  /** Its public key. */
  key = '';

  /** Starts it; the first time everybody is given a password. */
  async start(): Promise<void> {
    if (this.#port === 0) {
      this.#port = await steadyPort();
      writeFileSync(this.#file, sampleRegisterFile('off'));
      const config = loadRegister(this.#file);
      if (!config.ok) throw new Error(JSON.stringify(config.problems));
      await givePasswords(config.value, () => PASSWORD);
    }
    const started = await startRegister(this.#programs, this.#file, this.#port, { quiet: true });
    const { http, key, program } = started;
    this.http = http;
    this.key = key;
    this.#program = program;
  }

  /** Its process. */
  get pid(): number {
    return this.#program?.child.pid ?? 0;
  }

  /** Somebody of the staff; a session outlives the process. */
  async as(person: string): Promise<StaffClient> {
    const known = this.#staff.get(person);
    if (known) return known;
    const client = new StaffClient(this.http);
    await client.signIn(person, PASSWORD);
    this.#staff.set(person, client);
    return client;
  }

  /** Ends it as a power cut would (`SIGKILL`), or as an office does. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#program?.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'close');
    child.kill(signal);
    await ended;
  }

  remove(): Promise<void> {
    return this.#programs.stop();
  }
}
