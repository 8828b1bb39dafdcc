import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { debianFor, kept, whyNot as whyNoDebian } from '../install/debian.ts';
import { GUEST_FILES, GUEST_SETUP } from './guest-files.ts';

/**
 * What an emulated seat boots: Debian's own kernel, and a disk with the packages that the seat's installer asks for, kept
 * beside the roots of the installers' test (2 GB more).
 */

/** What a Pi's system has beside a bare Debian: a kernel, and what makes its root read-only. */
const PACKAGES = 'linux-image-amd64 initramfs-tools overlayroot busybox e2fsprogs libgl1-mesa-dri';
const SYSTEM_MB = 4096;
const TOOLS = { 'qemu-system-x86_64': 'qemu-system-x86', 'qemu-img': 'qemu-utils', 'mkfs.ext4': 'e2fsprogs' };

/**
 * Builds gpio-sim, which Debian's kernel lacks, from that kernel's own source, and irq_sim, which it builds on. That is no
 * module there: one call of it is not open to modules, and is written out.
 */
const BUILD_MODULES = `
apt-get install --yes --no-install-recommends linux-headers-amd64 build-essential xz-utils
mkdir /root/sim
cd /root/sim
version=$(dpkg-query -W -f '\${Version}' linux-image-amd64)
apt-get download "linux-source-6.1=$version"
dpkg-deb --fsys-tarfile linux-source-6.1_*.deb | tar -xO ./usr/src/linux-source-6.1.tar.xz |
  tar -xJ --strip-components=3 \
    linux-source-6.1/drivers/gpio/gpio-sim.c linux-source-6.1/drivers/gpio/gpiolib.h linux-source-6.1/kernel/irq/irq_sim.c
sed -i 's/irq_to_desc(irqnum)/irq_data_to_desc(irq_get_irq_data(irqnum))/' irq_sim.c
printf '#include <linux/module.h>\\nMODULE_LICENSE("GPL");\\n' >>irq_sim.c
echo 'obj-m := gpio-sim.o irq_sim.o' >Makefile
make -C /lib/modules/*/build M="$PWD" modules
`;

/** Why no seat can be emulated here; null where one can. */
export function whyNot(): string | null {
  if (process.arch !== 'x64') return `the emulated machine is an x86-64, and this one is ${process.arch}`;
  const missing = Object.entries(TOOLS).filter(([tool]) => spawnSync('which', [tool]).status !== 0);
  if (missing.length > 0) {
    const packages = missing.map(([, name]) => name).join(' ');
    return `${missing.map(([tool]) => tool).join(', ')} missing; apt-get install ${packages}`;
  }
  return whyNoDebian();
}

export interface SystemImage {
  readonly kernel: string;
  readonly initrd: string;
  /** A raw disk with one ext4; not to be written to. */
  readonly disk: string;
}

/** The image for a seat that `installer` makes, from the cache or built: some minutes the first time. */
export function systemImage(checkout: string, installer: readonly string[]): SystemImage {
  const below = debianFor('seat', checkout, installer).join(':');
  const kernel = kept('kernel', `${below} ${PACKAGES} ${BUILD_MODULES}`, (folder) => {
    inRoot(folder, below, [
      'export DEBIAN_FRONTEND=noninteractive',
      'apt-get update',
      `apt-get install --yes --no-install-recommends ${PACKAGES}`,
    ]);
    const scratch = join(folder, 'scratch');
    mkdirSync(scratch);
    inRoot(scratch, `${join(folder, 'upper')}:${below}`, ['set -e', BUILD_MODULES]);
    mkdirSync(join(folder, 'modules'));
    for (const module of ['gpio-sim.ko', 'irq_sim.ko'])
      execFileSync('cp', [join(scratch, 'upper/root/sim', module), join(folder, 'modules')]);
    execFileSync('rm', ['-r', scratch]);
  });
  const [release = ''] = readdirSync(join(kernel, 'upper/usr/lib/modules'));
  const files = JSON.stringify([GUEST_FILES, GUEST_SETUP]);
  const disk = kept('system', `${kernel} ${files}`, (folder) => makeDisk(folder, kernel, below, release));
  const boot = join(kernel, 'upper/boot');
  return {
    kernel: join(boot, `vmlinuz-${release}`),
    initrd: join(boot, `initrd.img-${release}`),
    disk: join(disk, 'system.raw'),
  };
}

/** Runs lines of shell in a container whose root lies over `lower`; what they write is in `folder`/upper. */
function inRoot(folder: string, lower: string, lines: readonly string[], then = ''): void {
  const script = `set -eu
    mkdir -p "$1/upper" "$1/work" "$1/root"
    mount -t overlay -o "lowerdir=$2,upperdir=$1/upper,workdir=$1/work" overlay "$1/root"
    systemd-nspawn --quiet --register=no --keep-unit --pipe --machine=hallvote-image --directory="$1/root" \
      sh -c "$3" </dev/null >&2
    ${then}
    umount "$1/root"
    rm -r "$1/work" "$1/root"
    rm -rf "$1/upper/var/cache/apt"`;
  const args = ['--mount', '--propagation=private', 'sh', '-c', script, 'image', folder, lower];
  execFileSync('unshare', [...args, ['set -e', ...lines].join('\n')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

function makeDisk(folder: string, kernel: string, below: string, release: string): void {
  const upper = join(folder, 'upper');
  for (const [path, text] of Object.entries(GUEST_FILES)) {
    mkdirSync(join(upper, dirname(path)), { recursive: true });
    writeFileSync(join(upper, path), text, { mode: text.startsWith('#!') ? 0o755 : 0o644 });
  }
  const modules = join(upper, 'usr/lib/modules', release, 'extra');
  mkdirSync(modules, { recursive: true });
  execFileSync('cp', ['-r', `${join(kernel, 'modules')}/.`, modules]);
  const image = join(folder, 'system.raw');
  const make = `truncate --size=${SYSTEM_MB}M "${image}"; mkfs.ext4 -q -F -L system -d "$1/root" "${image}"`;
  inRoot(folder, `${join(kernel, 'upper')}:${below}`, [GUEST_SETUP], make);
  execFileSync('rm', ['-r', upper]);
}
