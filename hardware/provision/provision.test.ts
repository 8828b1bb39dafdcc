import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyPairFromSeed } from '../../shared/keys.ts';
import { readConfig } from '../../terminal/config.ts';

const HERE = dirname(fileURLToPath(import.meta.url));
const KEY = keyPairFromSeed(new Uint8Array(32)).x;
const HALL = ['--hall', 'hall-1', '--coordinator', 'mqtt://192.168.10.1:1883', '--key', KEY];

const has = (program: string) => spawnSync(program, ['--version']).status === 0;

/** Every file under `folder`, with its path from there. */
function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length))
    .sort();
}

let tmp = '';
let root = '';
beforeEach(() => {
  tmp = mkdtempSync(join(tmpdir(), 'hallvote-provision-'));
  root = join(tmp, 'root');
  mkdirSync(root);
  // An unpacked package: the scripts, and a program that does nothing.
  cpSync(HERE, join(tmp, 'package/hardware/provision'), { recursive: true });
  for (const file of [
    'dist/terminal/main.js',
    'node_modules/a/index.js',
    'node_modules/koffi/index.js',
    'node_modules/i2c-bus/index.js',
    'node_modules/nfc-pcsc/index.js',
    'package.json',
    'package-lock.json',
  ]) {
    mkdirSync(dirname(join(tmp, 'package', file)), { recursive: true });
    writeFileSync(join(tmp, 'package', file), '{}');
  }
});
afterEach(() => rmSync(tmp, { recursive: true }));

/** A Node.js tarball that is none, and its sum; the same one each time. */
function nodeTarball(): { file: string; sum: string } {
  const file = join(tmp, 'node.tar.gz');
  const sum = () => createHash('sha256').update(readFileSync(file)).digest('hex');
  if (existsSync(file)) return { file, sum: sum() };
  mkdirSync(join(tmp, 'node-v0/bin'), { recursive: true });
  writeFileSync(join(tmp, 'node-v0/bin/node'), '#!/bin/sh\n');
  spawnSync('tar', ['-czf', file, '-C', tmp, 'node-v0']);
  return { file, sum: sum() };
}

function run(script: string, args: readonly string[], env: Record<string, string> = {}) {
  const path = join(tmp, 'package/hardware/provision', script);
  const { status, stdout, stderr } = spawnSync(path, args, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { status, stdout, stderr };
}

/** Installs into the temporary root, with a Node.js brought along. */
function install(script: string, ...args: string[]) {
  const { file, sum } = nodeTarball();
  return run(script, ['--root', root, '--node', file, '--node-sha256', sum, ...args]);
}
const installSeat = (...args: string[]) => install('install-seat.sh', ...args);
const written = (path: string) => readFileSync(join(root, path), 'utf8');

const terminalYaml = () => readConfig(join(root, 'etc/hallvote/terminal.yaml'));

describe('install-seat.sh', () => {
  it('writes a seat under a root, and changes nothing the second time', () => {
    const first = installSeat('--id', 'T-001', ...HALL);
    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(terminalYaml()).toMatchObject({
      id: 'T-001',
      hall: 'hall-1',
      coordinator: { url: 'mqtt://192.168.10.1:1883', key: KEY },
      data: '/var/lib/hallvote',
      screen: { port: 8090, language: 'zh', watched: true },
      board: { kind: 'firmata', port: '/dev/hallvote-panel' },
      reader: { kind: 'pn532' },
    });
    expect(written('/etc/systemd/timesyncd.conf.d/hallvote.conf')).toContain('NTP=192.168.10.1\n');
    expect(written('/opt/hallvote/app/dist/terminal/main.js')).toBe('{}');
    expect(existsSync(join(root, 'opt/hallvote/app/node_modules/a/index.js'))).toBe(true);
    expect(statSync(join(root, 'opt/hallvote/bin/hallvote-kiosk')).mode & 0o777).toBe(0o755);
    expect(statSync(join(root, 'etc/systemd/system/hallvote-terminal.service')).mode & 0o777).toBe(0o644);

    const before = filesUnder(root).map((file) => [file, statSync(join(root, file)).mtimeMs]);
    const second = installSeat('--id', 'T-001', ...HALL);
    expect(second.stdout).toContain('nothing to change');
    expect(second.stdout).not.toMatch(/written|installed/);
    expect(filesUnder(root).map((file) => [file, statSync(join(root, file)).mtimeMs])).toEqual(before);
  });

  it.each([
    ['firmata:/dev/ttyACM0', 'pcsc', { kind: 'firmata', port: '/dev/ttyACM0' }, { kind: 'pcsc' }],
    ['raspberry-pi', 'pn532', { kind: 'raspberry-pi' }, { kind: 'pn532' }],
    ['simulated', 'none', { kind: 'simulated' }, { kind: 'none' }],
    ['none', 'input', { kind: 'none' }, { kind: 'input', device: '/dev/input/hallvote-reader' }],
    [
      'firmata',
      'input:/dev/input/by-id/usb-x-event-kbd',
      { kind: 'firmata', port: '/dev/hallvote-panel' },
      { kind: 'input', device: '/dev/input/by-id/usb-x-event-kbd' },
    ],
  ])('writes a terminal.yaml for board %s and reader %s', (board, reader, boardYaml, readerYaml) => {
    expect(installSeat('--id', 'T-1', ...HALL, '--board', board, '--reader', reader).stderr).toBe('');
    expect(terminalYaml()).toMatchObject({ board: boardYaml, reader: readerYaml });
  });

  it.each([
    ['nfc-pcsc', ['--reader', 'pcsc']],
    ['koffi', ['--reader', 'input']],
    ['i2c-bus', ['--board', 'raspberry-pi']],
  ])('refuses a package without %s for %j, on any run', (library, args) => {
    installSeat('--id', 'T-1', ...HALL);
    rmSync(join(tmp, 'package/node_modules', library), { recursive: true });
    const { status, stderr } = installSeat('--id', 'T-1', ...HALL, ...args);
    expect(status).toBe(2);
    expect(stderr).toContain(`this package has no ${library}`);
    expect(installSeat('--id', 'T-1', ...HALL).status).toBe(0);
  });

  it('applies what a run wrote that died before its end', () => {
    installSeat('--id', 'T-1', ...HALL);
    expect(installSeat('--id', 'T-1', ...HALL).stdout).toContain('nothing to change');
    // A folder where the file is to be written: the run dies there, after it has written terminal.yaml.
    const blocked = join(root, 'etc/systemd/timesyncd.conf.d/hallvote.conf.new');
    mkdirSync(blocked);
    expect(installSeat('--id', 'T-2', ...HALL).status).not.toBe(0);
    rmSync(blocked, { recursive: true });
    installSeat('--id', 'T-2', ...HALL, '--dry-run');
    expect(installSeat('--id', 'T-2', ...HALL).stdout).toContain('systemctl restart hallvote-terminal');
    expect(installSeat('--id', 'T-2', ...HALL).stdout).toContain('nothing to change');
  });

  it.each([
    ['another language', ['--language', 'en']],
    ['another coordinator', ['--coordinator', 'mqtt://192.168.10.2:1883']],
  ])('restarts the seat for %s', (_what, args) => {
    installSeat('--id', 'T-1', ...HALL);
    const { stdout } = installSeat('--id', 'T-1', ...HALL, ...args);
    expect(stdout).toContain('systemctl restart hallvote-terminal');
  });

  it.each([
    ['firmata', 'pn532', 'dialout'],
    ['raspberry-pi', 'pn532', 'gpio,i2c'],
    ['firmata', 'input', 'dialout,input'],
    ['none', 'none', ''],
  ])('gives the terminal the groups for board %s and reader %s, and no others', (board, reader, groups) => {
    const { stdout } = installSeat('--id', 'T-1', ...HALL, '--board', board, '--reader', reader);
    expect(stdout).toContain(`usermod --groups ${groups} hallvote\n`);
  });

  it('says what it would do, and does none of it', () => {
    const { status, stdout } = run('install-seat.sh', ['--dry-run', '--root', root, '--id', 'T-1', ...HALL]);
    expect(status).toBe(0);
    for (const what of [
      'would run: curl',
      'would write: /etc/hallvote/terminal.yaml',
      'would write: /etc/systemd/system/hallvote-terminal.service',
      'would run: systemctl enable',
    ])
      expect(stdout).toContain(what);
    expect(filesUnder(root)).toEqual([]);
  });

  it.each([
    [['--id', 'T 1', ...HALL], '--id'],
    [HALL, '--id is missing'],
    [['--golden', '--id', 'T-1', ...HALL], 'exclude each other'],
    [['--id', 'T-1', ...HALL, '--hall', ''], '--hall'],
    [['--id', 'T-1', ...HALL, '--coordinator', '192.168.10.1'], '--coordinator'],
    [['--id', 'T-1', ...HALL, '--coordinator', 'mqtt://h:1"'], '--coordinator'],
    [['--id', 'T-1\nboard: none', ...HALL], '--id: must be one line'],
    [['--id', 'T-1', ...HALL, '--key', 'short'], '--key'],
    [['--id', 'T-1', ...HALL, '--board', 'uno'], '--board uno'],
    [['--id', 'T-1', ...HALL, '--reader', 'magic'], '--reader magic'],
    [['--id', 'T-1', ...HALL, '--board', 'none'], '--reader pn532'],
    [['--id', 'T-1', ...HALL, '--board', 'simulated'], 'a reader of its own'],
    [['--id', 'T-1', ...HALL, '--data-partition', 'LABEL=a b'], '--data-partition LABEL=a b'],
    [['--id', 'T-1', ...HALL, '--colour'], '--colour'],
  ])('refuses %j in one line, before anything is written', (args, what) => {
    const { status, stderr } = installSeat(...args);
    expect(status).toBe(2);
    expect(stderr).toContain(what);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(filesUnder(root)).toEqual([]);
  });

  it('refuses a Node.js that is not the expected one', () => {
    const { file } = nodeTarball();
    const { status, stderr } = run('install-seat.sh', [
      '--root',
      root,
      '--node',
      file,
      '--id',
      'T-1',
      ...HALL,
    ]);
    expect(status).toBe(2);
    expect(stderr).toContain('is not the Node.js that was expected');
    expect(existsSync(join(root, 'opt/hallvote/node'))).toBe(false);
  });

  it('has the firmware include its settings once, whatever section config.txt ends in', () => {
    mkdirSync(join(root, 'boot/firmware'), { recursive: true });
    writeFileSync(join(root, 'boot/firmware/config.txt'), 'arm_64bit=1\n[cm5]\ndtoverlay=dwc2\n');
    installSeat('--id', 'T-1', ...HALL);
    installSeat('--id', 'T-1', ...HALL);
    expect(written('/boot/firmware/config.txt')).toBe(
      'arm_64bit=1\n[cm5]\ndtoverlay=dwc2\n\n[all]\ninclude hallvote.txt\n',
    );
    expect(written('/boot/firmware/hallvote.txt')).toContain('i2c_arm=on');
  });

  it('mounts a data partition, named once', () => {
    mkdirSync(join(root, 'etc'));
    writeFileSync(join(root, 'etc/fstab'), 'PARTUUID=1-02 / ext4 defaults,noatime 0 1\n');
    installSeat('--id', 'T-1', ...HALL, '--data-partition', '/dev/sda1');
    installSeat('--id', 'T-1', ...HALL, '--data-partition', 'LABEL=hallvote-data');
    expect(written('/etc/fstab')).toMatch(
      /^PARTUUID=1-02 \/ ext4 .*\nLABEL=hallvote-data \/var\/lib\/hallvote ext4 .*nofail.*\n$/,
    );
    // Whenever it comes it is mounted; the dash is part of the name, and so is written as systemd writes it.
    expect(written('/etc/fstab')).toContain(
      'x-systemd.wanted-by=dev-disk-by\\x2dlabel-hallvote\\x2ddata.device',
    );
  });

  it('takes everything away again but the hall’s settings and the seat’s data', () => {
    installSeat('--id', 'T-1', ...HALL);
    mkdirSync(join(root, 'var/lib/hallvote'), { recursive: true });
    writeFileSync(join(root, 'var/lib/hallvote/seed'), 'secret');
    expect(run('install-seat.sh', ['--root', root, '--uninstall'])).toMatchObject({ status: 0, stderr: '' });
    expect(filesUnder(root)).toEqual(['/etc/hallvote/terminal.yaml', '/var/lib/hallvote/seed']);
  });
});

describe('a cloned card', () => {
  const seats = (text: string) => {
    writeFileSync(join(tmp, 'seats.csv'), text);
    return ['--golden', '--seats', join(tmp, 'seats.csv'), ...HALL];
  };
  const firstBoot = (serial: string) =>
    run('seat/opt/hallvote/bin/hallvote-firstboot', [], { HALLVOTE_ROOT: root, HALLVOTE_SERIAL: serial });

  it.each([
    ['10000000ABCD1234', '01-02', '01-02'],
    ['10000000000000a2', 'T_3.B', 't-3-b'],
    ['100000009f9f9f9f', 'P9f9f9f9f', 'p9f9f9f9f'],
  ])('takes the id of the Pi with serial number %s: %s', (serial, id, name) => {
    // As Excel saves it, with a heading, long serial numbers and short ones.
    const table = '\uFEFFserial,id\r\n10000000abcd1234,01-02\r\n000000a2,T_3.B\r\n\r\n';
    expect(installSeat(...seats(table)).stderr).toBe('');
    expect(existsSync(join(root, 'etc/hallvote/terminal.yaml'))).toBe(false);
    expect(firstBoot(serial)).toMatchObject({ status: 0, stdout: `this is seat ${id}\n` });
    expect(terminalYaml()).toMatchObject({ id, hall: 'hall-1' });
    expect(written('/etc/hostname')).toBe(`${name}\n`);
    expect(written('/etc/hosts')).toContain(`127.0.1.1 ${name}\n`);
  });

  it('needs no table', () => {
    installSeat('--golden', ...HALL);
    expect(firstBoot('10000000abcd1234').stdout).toBe('this is seat Pabcd1234\n');
  });

  it.each([
    ['abcd1234,A\n10000000ABCD1234,B', 'line 2: serial 10000000ABCD1234 stands there twice'],
    ['abcd1234,A\nabcd1235,A', 'line 2: id A stands there twice'],
    ['abcd1234,A B/C', 'is no id'],
    ['hello,A\n', 'line 1: hello is no serial number'],
  ])('is not made from a table that would make two seats one, or none: %j', (table, what) => {
    const { status, stderr } = installSeat(...seats(table));
    expect(status).toBe(2);
    expect(stderr).toContain(what);
  });

  it('writes nothing for an id that could not be one', () => {
    installSeat('--golden', ...HALL);
    mkdirSync(join(root, 'boot/firmware/hallvote'), { recursive: true });
    writeFileSync(join(root, 'boot/firmware/hallvote/seats.csv'), 'abcd1234,a/b\n');
    expect(firstBoot('abcd1234').status).toBe(1);
    expect(existsSync(join(root, 'etc/hallvote/terminal.yaml'))).toBe(false);
  });
});

describe('install-coordinator.sh', () => {
  it('writes a coordinator under a root, and nothing the second time', () => {
    const first = install('install-coordinator.sh');
    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(first.stdout).toContain('hallvote init /etc/hallvote');
    expect(written('/etc/chrony/conf.d/hallvote.conf')).toContain('local stratum 10');
    expect(existsSync(join(root, 'etc/systemd/system/hallvote-coordinator.service'))).toBe(true);
    expect(install('install-coordinator.sh').stdout).not.toMatch(/written|installed/);
  });

  it('leaves a hall that is there alone, and serves no time where it shall not', () => {
    mkdirSync(join(root, 'etc/hallvote'), { recursive: true });
    writeFileSync(join(root, 'etc/hallvote/hall.yaml'), 'ours');
    expect(install('install-coordinator.sh', '--no-time').stdout).not.toContain('init');
    expect(written('/etc/hallvote/hall.yaml')).toBe('ours');
    expect(existsSync(join(root, 'etc/chrony/conf.d/hallvote.conf'))).toBe(false);
  });
});

const isScript = (path: string) => readFileSync(join(HERE, path), 'utf8').startsWith('#!/bin/sh');
const SCRIPTS = [...filesUnder(HERE).filter(isScript), '/common.sh'];
const UNITS = filesUnder(HERE).filter((path) => path.endsWith('.service'));

it.each(SCRIPTS)('%s ends no pipe in what changes the machine: a shell of its own would do it', (path) => {
  const text = readFileSync(join(HERE, path), 'utf8');
  expect(text).not.toMatch(/[^|]\|\s*(put|act|attempt|drop|swap|while)\b/);
});

describe.skipIf(!has('systemd-analyze'))('systemd-analyze', () => {
  it.each(UNITS)('finds nothing in %s', (path) => {
    // The programs are not installed here: /bin/true stands for them.
    const text = readFileSync(join(HERE, path), 'utf8').replace(/^(ExecStart=)\S+/gm, '$1/bin/true');
    const unit = join(tmp, path.split('/').at(-1) ?? '');
    writeFileSync(unit, text);
    chmodSync(unit, 0o644);
    const { stdout, stderr, status } = spawnSync('systemd-analyze', ['verify', unit], { encoding: 'utf8' });
    expect(stdout + stderr).toBe('');
    expect(status).toBe(0);
  });

  it.each([
    ['/seat/etc/systemd/system/hallvote-terminal.service', 20],
    ['/coordinator/etc/systemd/system/hallvote-coordinator.service', 20],
    ['/seat/etc/systemd/system/hallvote-kiosk.service', 50],
    ['/seat/etc/systemd/system/hallvote-firstboot.service', 20],
  ])('sees no more exposed in %s than tenths: %i', (path, most) => {
    const args = ['security', '--offline=true', `--threshold=${most}`, '--no-pager', join(HERE, path)];
    const { status } = spawnSync('systemd-analyze', args);
    expect(status).toBe(0);
  });
});
