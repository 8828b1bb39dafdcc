import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, vi } from 'vitest';
import { manualClock, steadyClock } from './clock.ts';
import { type ServiceManagerParts, serviceManager } from './systemd-notify.ts';

const PID = 4711;
const WATCHED = {
  NOTIFY_SOCKET: '/run/systemd/notify',
  WATCHDOG_USEC: '30000000',
  WATCHDOG_PID: String(PID),
};

function manager(parts: Partial<ServiceManagerParts> = {}) {
  const clock = manualClock();
  const said: string[] = [];
  const run = async (file: string, args: readonly string[]) => {
    said.push([file, ...args].join(' '));
  };
  return {
    clock,
    said,
    ...serviceManager({ env: WATCHED, pid: PID, clock, isAlive: () => true, run, ...parts }),
  };
}

describe('what systemd is told', () => {
  it('is ready with a status, fed every half of its time, and not fed any more once it stops', async () => {
    const { clock, said, ready, status, stopping } = manager();
    clock.advance(60_000);
    expect(said).toEqual([]);
    await ready('seat 01-01');
    expect(said.splice(0)).toEqual(['systemd-notify READY=1 STATUS=seat 01-01']);
    clock.advance(14_999);
    expect(said).toEqual([]);
    clock.advance(1);
    expect(said.splice(0)).toEqual(['systemd-notify WATCHDOG=1']);
    clock.advance(30_000);
    expect(said.splice(0)).toEqual(['systemd-notify WATCHDOG=1', 'systemd-notify WATCHDOG=1']);
    await status('no card reader');
    await stopping();
    clock.advance(60_000);
    expect(said).toEqual(['systemd-notify STATUS=no card reader', 'systemd-notify STOPPING=1']);
  });

  it('hears nothing while the service is not alive, and hears of it again', async () => {
    let isAlive = true;
    const { clock, said, ready } = manager({ isAlive: () => isAlive });
    await ready('');
    said.length = 0;
    isAlive = false;
    clock.advance(45_000);
    expect(said).toEqual([]);
    isAlive = true;
    clock.advance(15_000);
    expect(said).toEqual(['systemd-notify WATCHDOG=1']);
  });

  it('is fed once an interval, also when the service says twice that it is ready', async () => {
    const { clock, said, ready } = manager();
    await ready('');
    await ready('');
    said.length = 0;
    clock.advance(15_000);
    expect(said).toHaveLength(1);
  });

  it.each([
    ['no watchdog is set', { NOTIFY_SOCKET: '/run/systemd/notify' }],
    ['it is set to nothing', { ...WATCHED, WATCHDOG_USEC: '0' }],
    ['it watches another process', { ...WATCHED, WATCHDOG_PID: '1' }],
  ])('is not fed where %s', async (_, env) => {
    const { clock, said, ready } = manager({ env });
    await ready('');
    clock.advance(600_000);
    expect(said).toEqual(['systemd-notify READY=1 STATUS=']);
  });

  it('is nothing at all where systemd did not start the process', async () => {
    const { clock, said, ready, status, stopping } = manager({
      env: { WATCHDOG_USEC: '30000000', WATCHDOG_PID: String(PID) },
    });
    await ready('');
    clock.advance(60_000);
    await status('');
    await stopping();
    expect(said).toEqual([]);
  });

  it('cannot be made to hear something else by a status of several lines', async () => {
    const { said, status } = manager();
    await status('panel fault\nSTOPPING=1');
    expect(said).toEqual(['systemd-notify STATUS=panel fault STOPPING=1']);
  });

  it('survives a message that cannot be delivered', async () => {
    const onError = vi.fn();
    const run = async () => {
      throw new Error('no such program');
    };
    const { clock, ready, stopping } = manager({ run, onError });
    await ready('');
    clock.advance(15_000);
    await stopping();
    await vi.waitFor(() => expect(onError).toHaveBeenCalledTimes(3));
  });
});

/** Prints every datagram that arrives, as JSON, after a first line that says it listens. */
const SINK = `
import json, socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind(sys.argv[1])
print(json.dumps("listens"), flush=True)
while True: print(json.dumps(s.recv(4096).decode()), flush=True)
`;
const has = (program: string) => spawnSync(program, ['--version']).status === 0;

describe.skipIf(!has('systemd-notify') || !has('python3'))('a real socket', () => {
  it('receives what systemd would', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hallvote-notify-'));
    const socket = join(folder, 'notify');
    const sink = spawn('python3', ['-c', SINK, socket], { stdio: ['ignore', 'pipe', 'inherit'] });
    const before = process.env.NOTIFY_SOCKET;
    try {
      const heard: string[] = [];
      // systemd-notify waits until what it said was read: BARRIER=1.
      createInterface(sink.stdout).on('line', (line) => {
        const message: unknown = JSON.parse(line);
        if (message !== 'BARRIER=1') heard.push(String(message));
      });
      await vi.waitFor(() => expect(heard).toEqual(['listens']));
      process.env.NOTIFY_SOCKET = socket;
      const env = { NOTIFY_SOCKET: socket, WATCHDOG_USEC: '20000' };
      const onError = vi.fn();
      const manager = serviceManager({
        env,
        pid: process.pid,
        clock: steadyClock,
        isAlive: () => true,
        onError,
      });
      await manager.ready('席位 01-01');
      await vi.waitFor(() => expect(heard).toContain('WATCHDOG=1'));
      await manager.stopping();
      await vi.waitFor(() => expect(heard).toContain('STOPPING=1'));
      // Each is said by a process of its own: which comes first is theirs to settle.
      expect(heard).toContain('READY=1\nSTATUS=席位 01-01');
      expect(onError).not.toHaveBeenCalled();
    } finally {
      if (before === undefined) delete process.env.NOTIFY_SOCKET;
      else process.env.NOTIFY_SOCKET = before;
      sink.kill();
      rmSync(folder, { recursive: true });
    }
  });
});
