import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { StaffClient } from '../../coordinator/cli/staff-client.ts';
import { loadHall } from '../../coordinator/config/hall-file.ts';
import { trustingFetch } from '../../coordinator/process/trusting-fetch.ts';
import { sampleHall } from '../../coordinator/rehearsal/sample/sample-hall.ts';
import { givePasswords } from '../../coordinator/rehearsal/staff-passwords.ts';
import type { TestSeat } from '../support/open-hall.ts';
import { steadyPort } from '../support/steady-port.ts';

const HALLVOTE = `${process.cwd()}/dist/coordinator/cli/hallvote.js`;
export const PASSWORD = 'a password for everybody';

const Ready = z.object({
  http: z.string(),
  mqtt: z.string(),
  key: z.string(),
  /** Whom to believe; null in a hall without TLS. */
  trust: z.object({ ca: z.string() }).nullable(),
});
export type Ready = z.infer<typeof Ready>;

/** A folder with a hall's files for these seats, and the real coordinator program on it, to be killed and restarted. */
export class HallProcess {
  readonly folder: string;
  /** The program that is run: `hallvote`, or one that carries it. */
  program = HALLVOTE;
  #child: ChildProcess | null = null;
  #log = '';
  #ports = { http: 0, mqtt: 0, plain: 0 };
  ready: Ready = { http: '', mqtt: '', key: '', trust: null };

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** The hall whose files are in `folder`, as they are. */
  static in(folder: string): HallProcess {
    return new HallProcess(folder);
  }

  /** A hall for these seats, in a new folder. */
  static of(seats: readonly TestSeat[], tls: 'on' | 'off' = 'off'): HallProcess {
    const hall = new HallProcess(mkdtempSync(join(tmpdir(), 'hallvote-crash-')));
    const roll = [
      'id,name,delegation,seat,card,title',
      ...seats.map(({ deputy: d, card }) => `${d.id},${d.name},${d.delegation},${d.seat},${card},`),
    ];
    const terminals = [
      'terminal,seat,key',
      ...seats.map(({ terminal, deputy, key }) => `${terminal},${deputy.seat},${key.x}`),
    ];
    const write = (name: string, text: string) => writeFileSync(join(hall.folder, name), text);
    write('hall.yaml', sampleHall(3, tls)['hall.yaml']);
    write('roll.csv', roll.join('\n'));
    write('terminals.csv', terminals.join('\n'));
    write(
      'agenda.yaml',
      `motions:\n  - { id: m1, kind: decision, title: 表决一, press: first }\n  - { id: m2, kind: decision, title: 表决二, press: last }\n`,
    );
    return hall;
  }

  get ledgerFile(): string {
    return join(this.folder, 'data', '2027-2-3.ledger');
  }

  /** Starts the coordinator, on the same ports as before. */
  async start(...more: string[]): Promise<void> {
    if (this.#ports.http === 0)
      this.#ports = { http: await steadyPort(), mqtt: await steadyPort(), plain: await steadyPort() };
    const described = loadHall(join(this.folder, 'hall.yaml'));
    if (described.ok && !existsSync(join(described.value.data, 'staff.json')))
      await givePasswords(described.value, () => PASSWORD);
    const { http, mqtt, plain } = this.#ports;
    const isPlain = !described.ok || described.value.tls === 'off';
    const pages = isPlain ? ['--http', String(http)] : ['--https', String(http), '--http', String(plain)];
    const args = [
      'coordinator',
      '--config',
      join(this.folder, 'hall.yaml'),
      ...pages,
      '--mqtt',
      String(mqtt),
      '--json',
      ...more,
    ];
    const child = spawn(process.execPath, [this.program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    child.stderr.on('data', (chunk) => {
      this.#log += String(chunk);
    });
    const line = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
    if (line.done) throw new Error('the coordinator did not start');
    this.ready = Ready.parse(JSON.parse(line.value));
  }

  /** What the processes so far wrote to their logs. */
  get log(): string {
    return this.#log;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** Sends a signal to the process. */
  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /** How the process ended, once it has. */
  async ended(): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
    const child = this.#child;
    if (!child) throw new Error('there is no process');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    return { code: child.exitCode, signal: child.signalCode };
  }

  /** Somebody of the staff, signed in at the process that runs now. @param at its pages, where another line leads there. */
  async staff(person = 'chair', at = this.ready.http): Promise<StaffClient> {
    const staff = new StaffClient(at, trustingFetch(this.ready.trust?.ca ?? null));
    await staff.signIn(person, PASSWORD);
    return staff;
  }

  /** Ends the process as a power cut would: no signal handler runs. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** Stops the process as an operator does. */
  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
