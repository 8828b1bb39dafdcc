import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AvrBoard } from './avr-board.ts';

/** Opens a pseudo-terminal, says its name on standard error, and carries bytes between it and the standard streams. */
const RELAY = `
import os, pty, select, sys, tty
master, slave = pty.openpty()
tty.setraw(slave)
sys.stderr.write(os.ttyname(slave) + "\\n"); sys.stderr.flush()
while True:
    ready, _, _ = select.select([0, master], [], [])
    if 0 in ready:
        data = os.read(0, 4096)
        if not data: break
        os.write(master, data)
    if master in ready: os.write(1, os.read(master, 4096))
`;

/** A simulated board on a serial port that the kernel made: what programs open is a real device file. */
export async function onSerialPort(chip: AvrBoard): Promise<{ path: string; unplug: () => void }> {
  const relay: ChildProcessWithoutNullStreams = spawn('python3', ['-c', RELAY]);
  const [name] = await once(relay.stderr, 'data');
  const line = chip.openLine();
  line.on('data', (bytes: Buffer) => relay.stdin.write(bytes));
  relay.stdout.on('data', (bytes: Buffer) => chip.receive(bytes));
  relay.stdin.on('error', () => {});
  return { path: String(name).trim(), unplug: () => void relay.kill('SIGKILL') };
}
