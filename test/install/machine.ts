import { type ChildProcess, execFile, execFileSync, spawn, spawnSync } from 'node:child_process';
import { HANG_MS } from '../support/hang.ts';
import { until } from '../support/until.ts';

const HANG_S = HANG_MS / 1000;

/** What a command in a machine did. */
export interface Ran {
  readonly status: number;
  /** Standard output and standard error, as they came. */
  readonly text: string;
}

export interface MachineParts {
  readonly name: string;
  /** Folders that the machine's root is laid over, uppermost first; they are not written to. */
  readonly layers: readonly string[];
  /** Read-only in the machine: from here, to there. */
  readonly bring: Readonly<Record<string, string>>;
  /** Shares the network of that one; a network of its own with nothing on it where there is none. */
  readonly network?: Machine;
  /** A device of this machine that the new one shall see; its udev then hears the kernel, too. */
  readonly device?: string;
}

/**
 * Holds one machine up until its standard input ends, which it does whatever becomes of the process that holds it:
 * so no machine, mount or file outlives a test that is killed. All mounts are in a namespace of their own, all that
 * the machine writes is in memory. Each line on standard input boots it, and is answered with the process id of
 * systemd-nspawn. Where no systemd of this machine gives each container a control group, this does.
 */
const HOLDER = `
set -eu
name=$1 lower=$2
shift 2
mount -t tmpfs -o size=4g,mode=755 hallvote-machine /mnt
mkdir /mnt/upper /mnt/work /mnt/root
mount -t overlay -o "lowerdir=$lower,upperdir=/mnt/upper,workdir=/mnt/work" overlay /mnt/root
groups=
if [ ! -d /run/systemd/system ]; then
  for tree in /sys/fs/cgroup /sys/fs/cgroup/unified /sys/fs/cgroup/systemd; do
    [ ! -e "$tree/cgroup.procs" ] || groups="$groups $tree/$name-$$"
  done
  set -- --keep-unit "$@"
fi
pid=
# The machine's systemd outlives systemd-nspawn, and all that runs in the machine ends with that systemd.
unplug() {
  [ -n "$pid" ] || return 0
  pkill -KILL --parent "$pid" || :
  kill -KILL "$pid" 2>/dev/null || :
  wait "$pid" 2>/dev/null || :
  for group in $groups; do
    # Where systemd-nspawn was ended before this, its machine is nobody's child any more.
    find "$group" -name cgroup.procs -exec cat {} + 2>/dev/null | xargs -r kill -KILL 2>/dev/null || :
    for second in 1 2 3 4 5 6 7 8 9 10; do
      find "$group" -depth -type d -exec rmdir {} + 2>/dev/null && break
      sleep 1
    done
  done
}
trap unplug EXIT
trap 'exit 1' TERM INT HUP
while read -r line; do
  unplug
  for group in $groups; do mkdir -p "$group"; done
  (
    for group in $groups; do exec sh -c 'for g in $0; do echo $$ >"$g/cgroup.procs"; done; exec "$@"' "$groups" \
      systemd-nspawn --quiet --register=no --boot --directory=/mnt/root --machine="$name" --console=pipe "$@"; done
    exec systemd-nspawn --quiet --register=no --boot --directory=/mnt/root --machine="$name" --console=pipe "$@"
  ) </dev/null >>/mnt/console 2>&1 &
  pid=$!
  echo "$pid"
done
`;

/** The kernel's own network fence (IPAddressDeny=) holds in the machine as it does outside. */
const FENCES = ['--system-call-filter=bpf', '--capability=CAP_BPF,CAP_NET_ADMIN'];

/** A Debian machine under its own systemd, in a container of systemd-nspawn. */
export class Machine {
  #holder: ChildProcess;
  #nspawn = 0;
  #init = 0;
  #hasDevices = false;
  #answered: (line: string) => void = () => {};

  private constructor(holder: ChildProcess) {
    this.#holder = holder;
    holder.stdout?.setEncoding('utf8').on('data', (text: string) => this.#answered(text.trim()));
  }

  static async boot(parts: MachineParts): Promise<Machine> {
    const { name, layers, bring, network, device } = parts;
    const args = [
      ...FENCES,
      ...Object.entries(bring).map(([from, to]) => `--bind-ro=${from}:${to}`),
      ...(device ? [`--bind=${device}`] : []),
      network ? `--network-namespace-path=/proc/${network.#init}/ns/net` : '--private-network',
    ];
    // udev runs only where /sys can be written to.
    const env = {
      ...process.env,
      SYSTEMD_NSPAWN_UNIFIED_HIERARCHY: '1',
      ...(device && { SYSTEMD_NSPAWN_API_VFS_WRITABLE: '1' }),
    };
    const holder = spawn(
      'unshare',
      ['--mount', '--propagation=private', 'sh', '-c', HOLDER, 'hold', name, layers.join(':'), ...args],
      { stdio: ['pipe', 'pipe', 'inherit'], env },
    );
    const machine = new Machine(holder);
    machine.#hasDevices = device !== undefined;
    await machine.start();
    return machine;
  }

  /** Switches it on; what was written before is there. Pulls its plug first, if it is on. */
  async start(): Promise<void> {
    const answer = new Promise<string>((resolve) => {
      this.#answered = resolve;
    });
    this.#holder.stdin?.write('start\n');
    this.#nspawn = Number(await answer);
    let last = '';
    await until(
      () => `systemd is up; it is: ${last}`,
      HANG_S,
      async () => {
        // The first child of systemd-nspawn only prepares: another one becomes systemd.
        this.#init = firstChild(this.#nspawn);
        last = this.#init > 0 ? (await this.run('systemctl is-system-running')).text : 'off';
        return /running|degraded/.test(last);
      },
    );
    // In a container systemd is up before udev, and does not listen to one that is not there yet.
    if (this.#hasDevices) await this.must('systemctl daemon-reexec');
  }

  /** Shuts it down properly. */
  async shutDown(): Promise<void> {
    await this.run('systemctl poweroff');
    await until('the machine is off', HANG_S, () => firstChild(this.#nspawn) === 0);
  }

  /** Ends it, with all it had written. */
  async destroy(): Promise<void> {
    const ended = new Promise((resolve) => this.#holder.once('exit', resolve));
    this.#holder.stdin?.end();
    if (this.#holder.exitCode === null) await ended;
  }

  /** Runs a line of shell in it, as root. */
  run(command: string): Promise<Ran> {
    const args = [
      ...['--target', String(this.#init), '--all', 'env', '-i', 'LANG=C.UTF-8'],
      'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      ...['sh', '-c', `cd /root; { ${command}\n} 2>&1`],
    ];
    return new Promise((resolve) => {
      execFile('nsenter', args, { maxBuffer: 1 << 24 }, (error, stdout) => {
        const status = typeof error?.code === 'number' ? error.code : error ? 255 : 0;
        resolve({ status, text: stdout });
      });
    });
  }

  /** Runs a line of shell that must succeed; gives what it said. */
  async must(command: string): Promise<string> {
    const { status, text } = await this.run(command);
    if (status !== 0) throw new Error(`${command}\nended with ${status}:\n${text}`);
    return text.trim();
  }

  /** Gives the machine a network card with that address, its cable plugged in: one of the loopback is no address of a hall. */
  addCard(address: string): void {
    const plugged = `ip link add lan type veth peer name cable
      ip address add ${address} dev lan
      ip link set lan up
      ip link set cable up`;
    execFileSync('nsenter', [`--net=/proc/${this.#init}/ns/net`, 'sh', '-euc', plugged]);
  }

  /** Waits until a line of shell succeeds; gives the milliseconds it took. */
  until(command: string): Promise<number> {
    let last: Ran = { status: 0, text: '' };
    return until(
      () => `${command}\nended with ${last.status}:\n${last.text}`,
      HANG_S,
      async () => {
        last = await this.run(command);
        return last.status === 0;
      },
    );
  }
}

/** Numbers of loop devices that the kernel makes by itself, and other programs take. */
const LOOPS_OF_OTHERS = 64;

/**
 * A disk that can be plugged in and pulled out: a file behind a loop device. Its number and its label are of this process
 * alone: every machine hears of every disk, those of another run beside this one too.
 */
export class LoopDevice {
  readonly path = `/dev/loop${LOOPS_OF_OTHERS + (process.pid % 1_000_000)}`;
  readonly label = `hallvote-${process.pid % 10_000_000}`;
  #file: string;

  constructor(file: string) {
    this.#file = file;
    execFileSync('truncate', ['--size=64M', file]);
    // Plugged in once, so that the kernel makes the device.
    execFileSync('losetup', [this.path, file]);
    this.detach();
  }

  format(): void {
    execFileSync('mkfs.ext4', ['-q', '-L', this.label, this.#file]);
  }

  /** Plugs it in; the kernel may still be busy with pulling it out. */
  async attach(): Promise<void> {
    const plug = () => spawnSync('losetup', [this.path, this.#file]).status === 0;
    await until(`${this.path} is free`, HANG_S, plug);
  }

  /** As if pulled; nothing where it is not plugged in. */
  detach(): void {
    spawnSync('losetup', ['--detach', this.path]);
  }
}

function firstChild(pid: number): number {
  try {
    return Number(execFileSync('pgrep', ['--parent', String(pid)], { encoding: 'utf8' }).split('\n')[0]);
  } catch {
    return 0;
  }
}
