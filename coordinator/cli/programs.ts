import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { builtProgram } from '../../shared/package-root.ts';

const HALLVOTE = builtProgram('coordinator/cli/hallvote.js');

export interface Program {
  readonly child: ChildProcess;
  /** Its standard output, line by line. */
  readonly lines: AsyncIterator<string>;
}

/** A program this one started ended before its time, or badly. */
export class ProgramError extends Error {}

export interface SpawnOptions {
  /** Where its standard error goes: to ours, or nowhere. */
  readonly quiet?: boolean;
  /** Another program than `hallvote` itself. */
  readonly file?: string;
  /** What its environment says beside ours. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The programs of one demonstration or benchmark: started as processes, stopped together, and nothing left of them. */
export class Programs {
  readonly #children = new Set<ChildProcess>();
  readonly #folders: string[] = [];
  #stopping = false;

  /** Starts `hallvote <args>`. */
  start(args: readonly string[], { quiet = false, file = HALLVOTE, env = {} }: SpawnOptions = {}): Program {
    const child = spawn(process.execPath, [file, ...args], {
      stdio: ['pipe', 'pipe', quiet ? 'ignore' : 'inherit'],
      env: { ...process.env, ...env },
    });
    this.#children.add(child);
    // One that could not be started at all says so by `error`, and has no `exit`.
    child.once('close', () => this.#children.delete(child));
    child.once('error', () => this.#children.delete(child));
    // Where it has ended, its next line says so.
    child.stdin?.on('error', () => {});
    const lines = createInterface({ input: child.stdout ?? process.stdin })[Symbol.asyncIterator]();
    return { child, lines };
  }

  /** A folder for them, which goes when they are stopped. */
  scratch(): string {
    const folder = mkdtempSync(join(tmpdir(), 'hallvote-'));
    this.#folders.push(folder);
    return folder;
  }

  /** Whether they are being stopped: what is asked of one of them now is refused, and that is nobody’s fault. */
  get isStopping(): boolean {
    return this.#stopping;
  }

  /** Stops all and ends this program as soon as it is told to end. */
  stopWhenTold(): void {
    for (const [signal, number] of [
      ['SIGINT', 2],
      ['SIGTERM', 15],
    ] as const)
      process.once(signal, () => void this.stop().finally(() => process.exit(128 + number)));
  }

  /** Runs `hallvote <args>` to its end and gives its output. @throws {ProgramError} */
  async run(args: readonly string[]): Promise<string> {
    const { child } = this.start(args);
    let output = '';
    child.stdout?.on('data', (chunk) => {
      output += String(chunk);
    });
    const [code] = await once(child, 'exit').catch((error) => [error]);
    if (code !== 0) throw new ProgramError(`hallvote ${args[0]} ended with ${code}`);
    return output;
  }

  /** The next line `program` prints. @throws {ProgramError} where it ends first. */
  async line({ child, lines }: Program): Promise<string> {
    const next = await lines.next();
    if (!next.done) return next.value;
    throw new ProgramError(`${child.spawnargs.slice(2, 3)} ended before it was ready`);
  }

  /** Calls `then` when `program` ends without having been told to. */
  onDeath({ child }: Program, then: (code: number | null) => void): void {
    const ended = (code: number | null) => {
      if (!this.#stopping) then(code);
    };
    child.once('exit', ended);
    child.once('error', () => ended(null));
  }

  /** Asks all to stop, and makes those that do not. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const ends = [...this.#children].map((child) => once(child, 'close'));
    for (const child of this.#children) child.kill('SIGTERM');
    const last = setTimeout(() => {
      for (const child of this.#children) child.kill('SIGKILL');
    }, 5_000);
    await Promise.all(ends);
    clearTimeout(last);
    for (const folder of this.#folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  }
}
