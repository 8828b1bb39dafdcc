import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The roots of Debian that the installers are tried on. They are made once, from the package mirror that this
 * machine itself uses, and kept in ~/.cache/hallvote (or $XDG_CACHE_HOME/hallvote): 250 MB for a bare Debian, and
 * what each installer asks apt for above it. Delete the folder to have newer packages.
 */

/** The release the hardware's page names. */
const SUITE = 'bookworm';
/** What Raspberry Pi OS Lite and Debian's own installer have in any case, and a bare root has not. */
const BARE = 'systemd,systemd-sysv,dbus,udev,openssh-server,procps,kmod';
const TOOLS = ['unshare', 'nsenter', 'systemd-nspawn', 'mmdebstrap', 'ip', 'pgrep', 'losetup', 'mkfs.ext4'];

/** Why no machine can be booted here; null where one can. */
export function whyNot(): string | null {
  if (process.platform !== 'linux') return 'systemd-nspawn needs Linux';
  if (process.getuid?.() !== 0) return 'systemd-nspawn needs root';
  const missing = TOOLS.filter((tool) => spawnSync('which', [tool]).status !== 0);
  if (missing.length > 0)
    return `${missing.join(', ')} missing; apt-get install systemd-container mmdebstrap iproute2`;
  if (mirror() === null) return `apt knows no mirror of Debian ${SUITE}`;
  const overlay =
    'mount -t tmpfs t /mnt && cd /mnt && mkdir a b c d && mount -t overlay -o lowerdir=a,upperdir=b,workdir=c o d';
  if (spawnSync('unshare', ['--mount', '--propagation=private', 'sh', '-c', overlay]).status !== 0)
    return 'the kernel mounts no overlay here';
  return null;
}

/** Where this machine's apt gets Debian from. */
export function mirror(): string | null {
  const format = '$(ORIGIN) $(CODENAME) $(COMPONENT) $(REPO_URI)';
  const { stdout } = spawnSync('apt-get', ['indextargets', '--format', format, 'Created-By: Packages'], {
    encoding: 'utf8',
  });
  const wanted = `Debian ${SUITE} main `;
  return (
    stdout
      ?.split('\n')
      .find((line) => line.startsWith(wanted))
      ?.slice(wanted.length) ?? null
  );
}

function cacheFolder(): string {
  const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'hallvote');
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** What nobody has used for so long is cleared away; what another run uses now stays. */
const UNUSED_MS = 7 * 24 * 3600 * 1000;

/** What is kept under a name that says all it depends on; `make` fills an empty folder. Two runs may make the same at once. */
export function kept(name: string, dependsOn: string, make: (folder: string) => void): string {
  const hash = createHash('sha256').update(dependsOn).digest('hex').slice(0, 12);
  const path = join(cacheFolder(), `${name}-${hash}`);
  const now = new Date();
  if (existsSync(path)) {
    utimesSync(path, now, now);
    return path;
  }
  for (const old of readdirSync(cacheFolder()).map((file) => join(cacheFolder(), file))) {
    const used = statSync(old, { throwIfNoEntry: false })?.mtimeMs ?? now.getTime();
    if (now.getTime() - used > UNUSED_MS) rmSync(old, { recursive: true, force: true });
  }
  const making = mkdtempSync(join(cacheFolder(), `.${name}-`));
  try {
    make(making);
    utimesSync(making, now, now);
    renameSync(making, path);
  } catch (error) {
    // Another run was quicker.
    if (!existsSync(path)) throw error;
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  return path;
}

function bareDebian(): string {
  const url = mirror() ?? '';
  return kept('bare', `${SUITE} ${BARE} ${url}`, (folder) => {
    const root = join(folder, 'root');
    execFileSync('mmdebstrap', ['--quiet', '--variant=minbase', `--include=${BARE}`, SUITE, root, url], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  });
}

/** An apt command that an installer would run on a bare Debian, in its own words. */
function aptLines(root: string, provision: string, installer: readonly string[]): string[] {
  const [script = '', ...args] = installer;
  const said = execFileSync(
    'systemd-nspawn',
    ['--quiet', '--register=no', '--keep-unit', '--pipe', `--directory=${root}`, '--volatile=overlay']
      .concat(`--bind-ro=${provision}:/mnt/package`)
      .concat(`/mnt/package/hardware/provision/${script}`, '--dry-run', ...args),
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const lines = said.split('\n').filter((line) => /^would run: .*apt-get/.test(line));
  return lines.map((line) => line.replace('would run: ', ''));
}

/**
 * The layers of a Debian on which the installer finds its packages: bare, and above it what apt installed when it was
 * told what this installer tells it. Uppermost first.
 */
export function debianFor(name: string, checkout: string, installer: readonly string[]): string[] {
  const bare = join(bareDebian(), 'root');
  const lines = aptLines(bare, checkout, installer);
  const layer = kept(name, `${bare} ${lines.join(';')}`, (folder) => {
    const script = `set -eu
      mkdir "$1/upper" "$1/work" "$1/root"
      mount -t overlay -o "lowerdir=$2,upperdir=$1/upper,workdir=$1/work" overlay "$1/root"
      systemd-nspawn --quiet --register=no --keep-unit --pipe --directory="$1/root" sh -c "$3" </dev/null >&2
      umount "$1/root"
      rm -r "$1/work" "$1/root"
      rm -rf "$1/upper/var/cache/apt"`;
    execFileSync(
      'unshare',
      ['--mount', '--propagation=private', 'sh', '-c', script, 'layer', folder, bare].concat(
        ['set -e', ...lines].join('\n'),
      ),
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
  });
  return [join(layer, 'upper'), bare];
}

/** A tarball of the Node.js that runs this, as nodejs.org packs one, and its SHA-256: what a hall without the Internet brings along. */
export function nodeTarball(): { file: string; sum: string } {
  const folder = kept('node', `${process.version} ${process.arch} ${process.execPath}`, (made) => {
    const bin = join(made, 'node-here/bin');
    mkdirSync(bin, { recursive: true });
    execFileSync('cp', [process.execPath, join(bin, 'node')]);
    execFileSync('tar', ['-cf', join(made, 'node.tar'), '-C', made, 'node-here']);
    rmSync(join(made, 'node-here'), { recursive: true });
    const [sum = ''] = execFileSync('sha256sum', [join(made, 'node.tar')], { encoding: 'utf8' }).split(' ');
    writeFileSync(join(made, 'sum'), sum);
  });
  const sum = execFileSync('cat', [join(folder, 'sum')], { encoding: 'utf8' });
  return { file: join(folder, 'node.tar'), sum };
}
