import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { StaffClient } from '../../coordinator/cli/staff-client.ts';
import { type HallConfig, loadHall } from '../../coordinator/config/hall-file.ts';
import { describeProblem } from '../../coordinator/config/problem.ts';
import type { Person } from '../../coordinator/contract/person.ts';
import { sampleHall } from '../../coordinator/rehearsal/sample/sample-hall.ts';
import { givePasswords } from '../../coordinator/rehearsal/staff-passwords.ts';
import { toBase64url } from '../../shared/protocol/bytes.ts';
import { fleetSeats, makeKeys, readSeats, terminalsCsv } from '../../terminal/rehearsal/fleet-files.ts';
import { HANG_MS } from '../support/hang.ts';
import { steadyPort } from '../support/steady-port.ts';
import { collectGarbage } from './collect-garbage.ts';
import type { Rogue } from './context.ts';

export const HALLVOTE = `${process.cwd()}/dist/coordinator/cli/hallvote.js`;
export const PASSWORD = 'everybody in the hall under attack';
export const passwordOf = (): string => PASSWORD;
/** As the sample hall's files say. */
export const HALL = 'sample-hall';
export const SITTING = '2027-2-3';

/** Its memory is measured behind a collection of garbage, which its inspector is asked for. */
const INSPECTED = '--inspect=127.0.0.1:0';

/** systemd starts the coordinator again within so long. */
const RESTART_MS = 500;

const Ready = z.object({
  http: z.string(),
  mqtt: z.string(),
  key: z.string(),
});
type Ready = z.infer<typeof Ready>;

/** An end of the coordinator that nobody asked for. */
export interface Death {
  readonly at: number;
  readonly how: string;
  /** The last lines it wrote. */
  readonly last: string;
}

export interface HallPlan {
  readonly seats: number;
  readonly motions: number;
  /** The last so many seats are an attacker's. */
  readonly rogues: number;
  /** Where the hall's folder is made; the system's temporary folder unless named. */
  readonly in?: string;
  readonly holder?: 'coordinator' | 'scrutineers';
  /** What starts the coordinator's program in place of node alone, and what its environment says beside ours. */
  readonly wrap?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

function agenda(motions: number): string {
  const one = (i: number) => {
    const voting = i % 2 === 0 ? 'open' : 'secret';
    return `  - { id: m${i + 1}, kind: decision, title: 表决${i + 1}, voting: ${voting}, press: ${i % 4 < 2 ? 'first' : 'last'} }`;
  };
  return `motions:\n${Array.from({ length: motions }, (_, i) => one(i)).join('\n')}\n`;
}

/** The coordinator's own files, and its program under a supervisor that starts it again as systemd would. */
export class HallUnderAttack {
  readonly folder: string;
  readonly rogues: readonly Rogue[];
  readonly honest: readonly string[];
  readonly deaths: Death[] = [];
  /** From each start, asked for or not, to the open hall: ms. */
  readonly starts: number[] = [];
  ready: Ready = { http: '', mqtt: '', key: '' };
  #child: ChildProcess | null = null;
  #ports = { http: 0, mqtt: 0 };
  #isWanted = false;
  #inspector = '';
  #openSince = 0;
  #starting: Promise<void> = Promise.resolve();
  readonly #plan: HallPlan;

  constructor(plan: HallPlan) {
    this.#plan = plan;
    this.folder = mkdtempSync(join(plan.in ?? tmpdir(), 'hallvote-attack-'));
    const files = sampleHall(plan.seats);
    const yaml = files['hall.yaml'].replaceAll('0.0.0.0', '127.0.0.1');
    const secrecy = /secrecy:\n(?: {2}.*\n)+/;
    writeFileSync(
      this.at('hall.yaml'),
      plan.holder === 'coordinator' ? yaml.replace(secrecy, 'secrecy: { holder: coordinator }\n') : yaml,
    );
    writeFileSync(this.at('roll.csv'), files['roll.csv']);
    writeFileSync(this.at('agenda.yaml'), agenda(plan.motions));
    const lines = makeKeys(this.at('keys'), plan.seats, readSeats(this.at('roll.csv')), randomBytes);
    writeFileSync(this.at('terminals.csv'), terminalsCsv(lines));
    const deputies = new Map(
      readFileSync(this.at('roll.csv'), 'utf8')
        .split(/\r?\n/)
        .slice(1)
        .map((line) => line.split(','))
        .map(([id = '', , , , card = '']) => [card, id]),
    );
    const seats = fleetSeats({
      terminals: this.at('terminals.csv'),
      keys: this.at('keys'),
      roll: this.at('roll.csv'),
    });
    const own = seats.slice(0, plan.seats - plan.rogues);
    this.honest = own.map(({ terminal }) => terminal);
    this.rogues = seats.slice(own.length).map(({ terminal, key, card }) => ({
      terminal,
      seed: toBase64url(key.seed),
      card: card ?? '',
      deputy: deputies.get(card ?? '') ?? '',
    }));
  }

  get #described(): HallConfig {
    const hall = loadHall(this.at('hall.yaml'));
    if (!hall.ok) throw new Error(hall.problems.map(describeProblem).join('\n'));
    return hall.value;
  }

  at(file: string): string {
    return join(this.folder, file);
  }

  get ledgerFile(): string {
    return this.at(`data/${SITTING}.ledger`);
  }

  /** How long the coordinator has been running: ms. */
  get age(): number {
    return performance.now() - this.#openSince;
  }

  /** What the coordinator has logged, at all its starts. */
  get log(): string {
    return readFileSync(this.at('coordinator.log'), 'utf8');
  }

  /** How many errors the coordinator has logged. */
  get faults(): number {
    return this.log.split('"level":50').length - 1;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  get port() {
    return this.#ports;
  }

  /** Starts the coordinator and keeps it running. @throws with what it said, where it does not start the first time. */
  async start(): Promise<void> {
    if (!existsSync(this.at('data/staff.json'))) await givePasswords(this.#described, passwordOf);
    this.#isWanted = true;
    this.#starting = this.#run();
    await this.#starting;
  }

  /** Has the running coordinator collect its garbage. */
  async collectGarbage(): Promise<void> {
    await collectGarbage(this.#inspector);
  }

  /** Resolves when the coordinator runs, whatever happened to it before. */
  async running(): Promise<void> {
    await this.#starting;
  }

  async #run(): Promise<void> {
    const from = performance.now();
    const { wrap = [process.execPath, INSPECTED], environment = {} } = this.#plan;
    const [program = '', ...before] = wrap;
    if (this.#ports.http === 0) this.#ports = { http: await steadyPort(), mqtt: await steadyPort() };
    const { http, mqtt } = this.#ports;
    const ports = ['--http', String(http), '--mqtt', String(mqtt), '--json'];
    const args = [...before, HALLVOTE, 'coordinator', '--config', this.at('hall.yaml'), ...ports];
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
    });
    this.#child = child;
    let last = '';
    child.stderr.on('data', (chunk: Buffer) => {
      last = (last + chunk.toString()).slice(-4_000);
      this.#inspector = /Debugger listening on (\S+)/.exec(last)?.[1] ?? this.#inspector;
      appendFileSync(this.at('coordinator.log'), chunk);
    });
    child.once('exit', (code, signal) => {
      if (child !== this.#child || !this.#isWanted) return;
      this.deaths.push({ at: Date.now(), how: `${signal ?? `exit ${code}`}`, last });
      this.#restart();
    });
    const line = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
    if (line.done) throw new Error(`the coordinator did not start:\n${last}`);
    this.ready = Ready.parse(JSON.parse(line.value));
    this.#openSince = performance.now();
    this.starts.push(this.#openSince - from);
  }

  #restart(): void {
    this.#starting = new Promise((resolve) => setTimeout(resolve, RESTART_MS)).then(() =>
      this.#isWanted ? this.#run() : undefined,
    );
    // One that does not start ends again, and is started again.
    this.#starting.catch(() => {});
  }

  /** Somebody of the staff, signed in. */
  async as(person: string): Promise<StaffClient> {
    const staff = new StaffClient(this.ready.http);
    await staff.signIn(person, PASSWORD);
    return staff;
  }

  /** The scrutineers who hold the key of secret votes; none where the coordinator does. */
  get holders(): readonly Person[] {
    const { staff, secrecy } = this.#described;
    return secrecy === null || 'holder' in secrecy
      ? []
      : staff.filter(({ id }) => secrecy.scrutineers.includes(id));
  }

  /** Ends the process in this way and starts it again: what the harness does itself is no death. */
  async end(signal: 'SIGKILL' | 'SIGTERM', patienceMs = HANG_MS): Promise<{ readonly cameToAnEnd: boolean }> {
    await this.stop(signal, patienceMs);
    const { cameToAnEnd } = this.#lastStop;
    await this.start();
    return { cameToAnEnd };
  }

  #lastStop = { cameToAnEnd: true };

  /** Ends the process for good; by force where it does not within `patienceMs`. */
  async stop(signal: 'SIGKILL' | 'SIGTERM' = 'SIGTERM', patienceMs = HANG_MS): Promise<void> {
    this.#isWanted = false;
    await this.#starting.catch(() => {});
    const child = this.#child;
    this.#lastStop = { cameToAnEnd: true };
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    const late = setTimeout(() => {
      this.#lastStop = { cameToAnEnd: false };
      child.kill('SIGKILL');
    }, patienceMs);
    await ended;
    clearTimeout(late);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
