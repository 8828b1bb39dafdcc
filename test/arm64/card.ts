import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Partitions = z.object({
  partitiontable: z.object({
    label: z.string(),
    id: z.string(),
    partitions: z.array(z.object({ start: z.number(), size: z.number(), type: z.string() })),
  }),
});

const SECTOR = 512;

/**
 * The card's partitions as its system mounts them, and a command in there. The boot partition is a folder: not every kernel
 * knows FAT. All mounts and processes are of namespaces that end with the command; so is the network, which is the machine
 * itself and nobody else.
 */
const INSIDE = `
set -eu
card=$1 boot=$2 command=$3
shift 3
mount -t tmpfs -o mode=755 hallvote-card /mnt
mkdir /mnt/root
for place in /mnt/root /mnt/root/var/lib/hallvote; do
  # What another namespace has had mounted, the kernel may still be busy with taking away.
  tries=0
  until mount -o "loop,offset=$1,sizelimit=$2" "$card" "$place"; do
    tries=$((tries + 1))
    [ $tries -lt 100 ] || exit 1
    sleep 0.1
  done
  shift 2
done
root=/mnt/root
mount --bind "$boot" $root/boot/firmware
mount -t proc proc $root/proc
mount --rbind /dev $root/dev
mount -t tmpfs -o mode=755 run $root/run
ip link set lo up
exec chroot $root env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 sh -euc "cd /root; $command"
`;

/** The image of a card, or a card: a file. */
export class Card {
  readonly file: string;

  constructor(file: string) {
    this.file = file;
  }

  /** Writes an image to a card of its own. */
  static written(image: string, file: string): Card {
    execFileSync('cp', ['--sparse=always', image, file]);
    return new Card(file);
  }

  /** The kind of its table, its number, and the partitions in bytes. */
  table() {
    const json = execFileSync('sfdisk', ['--json', this.file], { encoding: 'utf8' });
    const { label, id, partitions } = Partitions.parse(JSON.parse(json)).partitiontable;
    const inBytes = ({ start, size, type }: (typeof partitions)[number]) => ({
      at: start * SECTOR,
      bytes: size * SECTOR,
      type,
    });
    return { label, id, partitions: partitions.map(inBytes) };
  }

  /** What its file systems are called, first to last. */
  names(): string[] {
    return this.table().partitions.map(({ at }) => {
      const how = ['--probe', '--offset', String(at), '--output', 'value', '--match-tag', 'LABEL', this.file];
      return execFileSync('blkid', how, { encoding: 'utf8' }).trim();
    });
  }

  /** @throws where one of its file systems is not whole, with what fsck says of it. */
  check(): void {
    const [boot, ...others] = this.table().partitions;
    const part = `${this.file}.boot`;
    const place = [`skip=${boot?.at}`, `count=${boot?.bytes}`, 'iflag=skip_bytes,count_bytes', 'bs=1M'];
    execFileSync('dd', [`if=${this.file}`, `of=${part}`, ...place, 'conv=sparse', 'status=none']);
    execFileSync('fsck.vfat', ['-n', part]);
    rmSync(part);
    for (const { at } of others)
      execFileSync('e2fsck', ['-f', '-n', `${this.file}?offset=${at}`], { stdio: 'pipe' });
  }

  #boot(): string {
    return `${this.file}@@${this.table().partitions[0]?.at}`;
  }

  /** The files and folders at the top of its boot partition. */
  bootFiles(): string[] {
    const said = execFileSync('mdir', ['-b', '-i', this.#boot(), '::'], { encoding: 'utf8' });
    return said.split('\n').map((line) => line.replace(/^::\//, '').replace(/\/$/, ''));
  }

  /** A file of its boot partition, which every PC reads. */
  boot(path: string): string {
    return execFileSync('mtype', ['-i', this.#boot(), `::${path}`], { encoding: 'utf8' });
  }

  /** Puts a file on its boot partition, as a builder does with any PC. */
  put(path: string, text: string): void {
    execFileSync('mcopy', ['-o', '-i', this.#boot(), '-', `::${path}`], { input: text });
  }

  /** Copies the files of its boot partition to an empty folder. */
  copyBoot(folder: string): void {
    execFileSync('mcopy', ['-s', '-n', '-i', this.#boot(), '::*', folder]);
  }

  /** Runs a line of shell in its system; it ends, with all its own, when the process that is returned is killed, or this one. */
  start(command: string): ChildProcess {
    const boot = `${this.file}.boot.d`;
    mkdirSync(boot);
    this.copyBoot(boot);
    const [, root, data] = this.table().partitions.map(({ at, bytes }) => [String(at), String(bytes)]);
    const alone = ['--mount', '--propagation=private', '--net', '--pid', '--fork', '--kill-child'];
    const what = [INSIDE, 'inside', this.file, boot, command, ...(root ?? []), ...(data ?? [])];
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', 'unshare', ...alone, 'sh', '-c', ...what], {
      stdio: 'pipe',
    });
    child.once('close', () => {
      execFileSync('mcopy', ['-s', '-o', '-i', this.#boot(), join(boot, 'hallvote'), '::']);
      rmSync(boot, { recursive: true });
    });
    return child;
  }

  /** Runs a line of shell in its system to its end; what it said. @throws where it fails. */
  async run(command: string, input = ''): Promise<string> {
    const child = this.start(command);
    child.stdin?.end(input);
    let said = '';
    let complained = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complained += text;
    });
    await once(child, 'close');
    if (child.exitCode !== 0)
      throw new Error(`${command}\nended with ${child.exitCode}:\n${said}\n${complained}`);
    return said;
  }
}
