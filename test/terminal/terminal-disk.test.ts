import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import type { Key } from '../../hardware/capabilities.ts';
import { Disk } from '../../terminal/machine/disk.ts';
import { openIdentity } from '../../terminal/machine/identity.ts';
import { ScreenView } from '../../terminal/screen/view.ts';
import { type FakeHall, fakeHall, until } from '../../terminal/testing/fake-hall.ts';
import { decision, round } from '../../terminal/testing/fixtures.ts';

/**
 * The seat's real program on a real file system that is full, read-only or has room again: a tiny tmpfs. Mounting needs
 * root; without it the same is tested on files that fail on demand, in terminal/machine/disk.test.ts.
 */

const CARD = '04A1B2C3';

function run(command: string, ...args: string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
}

function whyNoMount(): string | null {
  if (process.getuid?.() !== 0) return 'not root';
  const folder = mkdtempSync(join(tmpdir(), 'hallvote-mount-'));
  try {
    run('mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder);
    run('umount', folder);
    return null;
  } catch (error) {
    return String(error);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const reason = whyNoMount();
if (reason !== null)
  process.stderr.write(
    `test/terminal/terminal-disk.test.ts is skipped: no file system can be mounted (${reason})\n`,
  );

/** The program, its screen and its keys. */
class Program {
  readonly child: ChildProcess;
  views: ScreenView[] = [];
  log = '';
  isEnded = false;
  #board: WebSocket | null = null;
  #sockets: WebSocket[] = [];

  constructor(config: string) {
    this.child = spawn(process.execPath, ['dist/terminal/main.js', '--config', config]);
    this.child.stderr?.on('data', (data) => {
      this.log += String(data);
    });
    this.child.on('exit', () => {
      this.isEnded = true;
    });
  }

  async started(): Promise<this> {
    let said = '';
    this.child.stdout?.on('data', (data) => {
      said += String(data);
    });
    await this.sees('the program’s first line', () => said.includes('\n'));
    const [, at = ''] = /screen (http:\S+)\/seat/.exec(said) ?? [];
    const open = async (path: string) => {
      const socket = new WebSocket(`${at.replace('http', 'ws')}${path}`);
      this.#sockets.push(socket);
      await once(socket, 'open');
      return socket;
    };
    const screen = await open('/seat/socket');
    screen.on('message', (data) => this.views.push(ScreenView.parse(JSON.parse(String(data)))));
    this.#board = await open('/board/socket');
    return this;
  }

  /** Waits for `condition`, and fails at once where the program has ended. */
  async sees(what: string, condition: () => boolean): Promise<void> {
    await until(what, () => condition() || this.isEnded);
    if (!condition()) throw new Error(`the program ended before ${what}:\n${this.log.slice(-2_000)}`);
  }

  async shows(what: string, matches: (view: ScreenView) => boolean): Promise<ScreenView> {
    const last = () => this.views.at(-1);
    await this.sees(what, () => {
      const view = last();
      return view !== undefined && matches(view);
    });
    return ScreenView.parse(last());
  }

  tap(): void {
    this.#board?.send(JSON.stringify({ act: 'tap', card: CARD }));
  }

  async press(key: Key): Promise<void> {
    const hold = (isDown: boolean) => this.#board?.send(JSON.stringify({ act: 'hold', key, isDown }));
    hold(true);
    await new Promise((resolve) => setTimeout(resolve, 100));
    hold(false);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }

  async checkedInAndVoting(hall: FakeHall): Promise<void> {
    await this.shows('the seat that waits for a card', ({ body }) => body.is === 'check-in');
    this.tap();
    await this.shows('the deputy', ({ deputy }) => deputy !== null);
    hall.publish(round(decision()));
    await this.shows('the vote', ({ body }) => body.is === 'decision');
  }

  async end(): Promise<void> {
    for (const socket of this.#sockets) socket.terminate();
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
  }
}

describe.skipIf(reason !== null)('G8: a seat whose disk fails', () => {
  let hall: FakeHall;
  let folder: string;
  let mount: string;
  let config: string;
  let programs: Program[];

  beforeEach(async () => {
    hall = await fakeHall();
    programs = [];
    folder = mkdtempSync(join(tmpdir(), 'hallvote-disk-'));
    mount = join(folder, 'disk');
    mkdirSync(mount);
    run('mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', mount);
    config = join(folder, 'terminal.yaml');
    writeFileSync(
      config,
      `id: T001\nhall: h\ncoordinator: {url: "${hall.url}", key: ${hall.key.x}}\ndata: disk/data\nspread: 0\n` +
        `screen: {port: 0}\nhealth: 1\nboard: {kind: simulated, cards: [{card: ${CARD}, label: 王}]}\n`,
    );
  });
  afterEach(async () => {
    await Promise.all(programs.map((program) => program.end()));
    await hall.close();
    run('umount', mount);
    rmSync(folder, { recursive: true });
  });

  const begin = () => {
    const program = new Program(config);
    programs.push(program);
    return program.started();
  };
  const filler = () => join(mount, 'filler');
  /** Writes until nothing more fits. */
  const fill = () => {
    const file = openSync(filler(), 'w');
    try {
      for (;;) writeSync(file, Buffer.alloc(512));
    } catch {
      // Full.
    } finally {
      closeSync(file);
    }
  };
  const ballots = () => hall.received.filter(({ typ }) => typ === 'ballot');
  const faults = () => hall.received.findLast((message) => message.typ === 'health')?.faults ?? [];

  const broken = [
    ['full', fill, () => rmSync(filler()), 'disk-full'],
    [
      'read-only',
      () => run('mount', '-o', 'remount,ro', mount),
      () => run('mount', '-o', 'remount,rw', mount),
      'disk-read-only',
    ],
  ] as const;

  test.each(broken)(
    '%s at the press: says so, reports it, and the same deputy votes when it works again',
    async (_name, spoil, cure, fault) => {
      const program = await begin();
      await program.checkedInAndVoting(hall);
      spoil();
      await program.press(2);
      await program.press(5);
      const told = await program.shows('that nothing was recorded', ({ body }) => body.is === 'unrecorded');
      // The choice is in hand still: chosen, not cast, not counted.
      expect(told.keys.map(({ lamp }) => lamp)).toEqual(['valid', 'chosen', 'valid', 'valid', 'valid']);
      await program.sees('the fault in the health message', () => faults().includes(fault));
      expect(ballots()).toEqual([]);
      expect(readdirSync(join(mount, 'data', 'outbox')).filter((name) => name !== 'unreadable')).toEqual([]);

      cure();
      await program.shows('that it works again', ({ body }) => body.is === 'decision');
      await program.press(5);
      await program.shows('the receipt', ({ body }) => body.is === 'counted');
      await program.sees('no fault any more', () => faults().length === 0);
      expect(ballots()).toMatchObject([{ choice: { kind: 'decision', option: 'for' } }]);
    },
  );

  test.each(broken)(
    '%s at the start: the seat starts, checks in, and votes when it works again',
    async (_name, spoil, cure, fault) => {
      openIdentity(new Disk(join(mount, 'data')), randomBytes);
      spoil();
      const program = await begin();
      await program.checkedInAndVoting(hall);
      await program.sees('the fault in the health message', () => faults().includes(fault));
      await program.press(3);
      await program.press(5);
      await program.shows('that nothing was recorded', ({ body }) => body.is === 'unrecorded');
      cure();
      await program.shows('that it works again', ({ body }) => body.is === 'decision');
      await program.press(5);
      await program.shows('the receipt', ({ body }) => body.is === 'counted');
    },
  );

  test.each(broken)(
    '%s between two votes: the operator hears of it before the next',
    async (_name, spoil, cure, fault) => {
      const program = await begin();
      await program.shows('the seat that waits for a card', ({ body }) => body.is === 'check-in');
      await program.sees('that all is well', () => hall.received.some(({ typ }) => typ === 'health'));
      spoil();
      await program.sees('the fault in the health message', () => faults().includes(fault));
      await program.shows('the fault', ({ seatFaults }) => seatFaults.includes(fault));
      cure();
      await program.sees('no fault any more', () => faults().length === 0);
    },
  );

  test('without room for its first key it says so in one line', async () => {
    fill();
    const program = new Program(config);
    programs.push(program);
    await once(program.child, 'exit');
    expect(program.child.exitCode).toBe(2);
    expect(program.log).toMatch(/^hallvote terminal: .*the disk is full; make room.*\n$/);
  });
});
