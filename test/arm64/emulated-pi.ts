import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Ran } from '../install/machine.ts';
import { until } from '../support/until.ts';

/**
 * An arm64 machine with the image as its disk and the image's own kernel. It is QEMU's plain machine `virt` and no Pi: the
 * Pi's boot loader, its own devices and its graphics are not in it. All that is emulated, minutes pass until it is up.
 */
export class EmulatedMachine {
  readonly #qemu: ChildProcess;
  readonly #ssh: readonly string[];
  /** What it said on its serial line: the kernel, and the journal. */
  console = '';

  private constructor(qemu: ChildProcess, ssh: readonly string[]) {
    this.#qemu = qemu;
    this.#ssh = ssh;
    for (const stream of [qemu.stdout, qemu.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.console += text;
      });
  }

  /** Switches it on. `boot` holds what is on the image's first partition; `key` is the private key of who may log in. */
  static async start(
    image: string,
    boot: string,
    kernel: string,
    initrd: string,
    key: string,
  ): Promise<EmulatedMachine> {
    const port = await freePort();
    const qemu = spawn(
      'qemu-system-aarch64',
      [
        ...['-M', 'virt,gic-version=3', '-cpu', 'cortex-a72', '-smp', '2', '-m', '2048', '-display', 'none'],
        ...['-serial', 'stdio', '-monitor', 'none', '-no-reboot'],
        ...['-kernel', join(boot, kernel), '-initrd', join(boot, initrd)],
        // As on the Pi, but for the console and the journal, which are wanted here.
        ...[
          '-append',
          'root=LABEL=hallvote-root rw rootwait console=ttyAMA0 systemd.journald.forward_to_console=1',
        ],
        ...['-drive', `file=${image},format=raw,if=virtio`, '-device', 'virtio-gpu-pci'],
        ...[
          '-netdev',
          `user,id=cable,hostfwd=tcp:127.0.0.1:${port}-:22`,
          '-device',
          'virtio-net-pci,netdev=cable',
        ],
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const ssh = [
      '-i',
      key,
      '-p',
      String(port),
      '-o',
      'StrictHostKeyChecking=no',
      '-o',
      'UserKnownHostsFile=/dev/null',
    ];
    return new EmulatedMachine(qemu, [
      ...ssh,
      '-o',
      'LogLevel=ERROR',
      '-o',
      'ConnectTimeout=30',
      'root@127.0.0.1',
    ]);
  }

  /** Runs a line of shell in it, as root. */
  run(command: string): Promise<Ran> {
    return new Promise((resolve) => {
      execFile('ssh', [...this.#ssh, `{ ${command}\n} 2>&1`], (error, stdout) => {
        const status = typeof error?.code === 'number' ? error.code : error ? 255 : 0;
        resolve({ status, text: stdout });
      });
    });
  }

  /** Waits until a line of shell succeeds in it; gives the milliseconds it took. */
  until(command: string, seconds: number): Promise<number> {
    let last: Ran = { status: 0, text: '' };
    return until(
      () => `${command}\nended with ${last.status}: ${last.text}\n${this.console.slice(-4000)}`,
      seconds,
      async () => {
        if (this.#qemu.exitCode !== null)
          throw new Error(`the machine has ended: ${this.console.slice(-4000)}`);
        last = await this.run(command);
        return last.status === 0;
      },
    );
  }

  /** Waits until it has shut itself down. */
  async ended(): Promise<void> {
    if (this.#qemu.exitCode === null) await once(this.#qemu, 'exit');
  }

  /** Pulls its plug. */
  async unplug(): Promise<void> {
    this.#qemu.kill('SIGKILL');
    if (this.#qemu.exitCode === null && this.#qemu.signalCode === null) await once(this.#qemu, 'exit');
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
