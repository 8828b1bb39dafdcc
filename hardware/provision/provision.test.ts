import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ALLOCATION } from '../../coordinator/process/allocation.ts';
import {
  filesUnder,
  HALL,
  HERE,
  has,
  install,
  installSeat,
  installsUnderRoot,
  KEY,
  nodeTarball,
  root,
  run,
  terminalYaml,
  tmp,
  written,
} from '../testing/under-root.ts';

installsUnderRoot();

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
    // What only a register's documents need stays where it came from.
    expect(filesUnder(root).filter((file) => /papers|sharp/.test(file))).toEqual([]);
    expect(statSync(join(root, 'opt/hallvote/bin/hallvote-kiosk')).mode & 0o777).toBe(0o755);
    expect(statSync(join(root, 'etc/systemd/system/hallvote-terminal.service')).mode & 0o777).toBe(0o644);

    const before = filesUnder(root).map((file) => [file, statSync(join(root, file)).mtimeMs]);
    const second = installSeat('--id', 'T-001', ...HALL);
    expect(second.stdout).toContain('nothing to change');
    expect(second.stdout).not.toMatch(/written|installed/);
    expect(filesUnder(root).map((file) => [file, statSync(join(root, file)).mtimeMs])).toEqual(before);
  });

  it('brings the hall’s CA to a seat that speaks TLS, and no such seat is without', () => {
    const secure = [
      '--id',
      'T-001',
      ...HALL.with(HALL.indexOf('--coordinator') + 1, 'mqtts://10.0.0.1:8883'),
    ];
    expect(installSeat(...secure)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--ca: the file'),
    });
    const ca = join(root, 'some.crt');
    writeFileSync(ca, 'rubbish');
    expect(installSeat(...secure, '--ca', ca)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('is no certificate'),
    });
    writeFileSync(ca, '-----BEGIN CERTIFICATE-----\n');
    expect(installSeat(...secure, '--ca', ca)).toMatchObject({ status: 0, stderr: '' });
    expect(terminalYaml()).toMatchObject({ coordinator: { ca: '/etc/hallvote/ca.crt' } });
    expect(written('/etc/hallvote/ca.crt')).toContain('BEGIN CERTIFICATE');
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

describe('install-coordinator.sh', () => {
  it('writes a coordinator under a root, and nothing the second time', () => {
    const first = install('install-coordinator.sh');
    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(first.stdout).toContain('hallvote init /etc/hallvote');
    expect(written('/etc/chrony/conf.d/hallvote.conf')).toContain('local stratum 10');
    const allocation = Object.entries(ALLOCATION).map(([name, value]) => `${name}=${value}`);
    expect(written('/etc/systemd/system/hallvote-coordinator.service')).toContain(
      `Environment=${allocation.join(' ')}\n`,
    );
    // A register may run on it.
    expect(filesUnder(root).filter((file) => /papers|sharp/.test(file))).toHaveLength(2);
    expect(install('install-coordinator.sh').stdout).not.toMatch(/written|installed/);
  });

  it('says of a package for seats that no register runs of it', () => {
    rmSync(join(tmp, 'package/node_modules/sharp'), { recursive: true });
    const { status, stderr } = install('install-coordinator.sh');
    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringContaining('is for seats') });
  });

  it('leaves a hall that is there alone, and serves no time where it shall not', () => {
    mkdirSync(join(root, 'etc/hallvote'), { recursive: true });
    writeFileSync(join(root, 'etc/hallvote/hall.yaml'), 'ours');
    expect(install('install-coordinator.sh', '--no-time').stdout).not.toContain('init');
    expect(written('/etc/hallvote/hall.yaml')).toBe('ours');
    expect(existsSync(join(root, 'etc/chrony/conf.d/hallvote.conf'))).toBe(false);
  });
});

describe('install-display.sh', () => {
  const display = (...args: string[]) => run('install-display.sh', ['--root', root, ...args]);
  const PAGE = ['--page', 'https://192.168.10.1:8443/hall'];
  const POLICY = '/etc/chromium/policies/managed';
  /** A certificate's form is enough: Chromium judges what is in it. */
  const DER = Buffer.from('a certificate');
  const ca = () => {
    const file = join(tmp, 'ca.crt');
    const pem = `-----BEGIN CERTIFICATE-----\r\n${DER.toString('base64')}\r\n-----END CERTIFICATE-----\r\n`;
    writeFileSync(file, pem);
    return ['--ca', file];
  };

  it('makes a screen of the hall’s page, which trusts the hall’s CA and opens nothing else', () => {
    expect(display(...PAGE, ...ca())).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(written(`${POLICY}/hallvote-ca.json`))).toEqual({
      CACertificates: [DER.toString('base64')],
    });
    expect(JSON.parse(written(`${POLICY}/hallvote.json`))).toMatchObject({
      URLBlocklist: ['*'],
      URLAllowlist: ['https://192.168.10.1:8443', 'file:///opt/hallvote/bin/display.html'],
    });
    expect(written('/etc/systemd/system/hallvote-kiosk.service.d/display.conf')).toContain(
      '"HALLVOTE_PAGE=file:///opt/hallvote/bin/display.html#https://192.168.10.1:8443/hall"\nIPAddressDeny=\n',
    );
    expect(written('/etc/systemd/timesyncd.conf.d/hallvote.conf')).toContain('NTP=192.168.10.1\n');
    expect(statSync(join(root, 'opt/hallvote/bin/hallvote-kiosk')).mode & 0o777).toBe(0o755);
    expect(written('/opt/hallvote/ca.crt')).toContain('BEGIN CERTIFICATE');
    expect(display(...PAGE, ...ca()).stdout).not.toMatch(/written|restart --no-block/);
  });

  it('prints the CA’s fingerprint as the coordinator does', () => {
    const sum = createHash('sha256').update(DER).digest('hex').toUpperCase();
    expect(display(...PAGE, ...ca()).stdout).toContain(`  ${sum.match(/.{4}/g)?.join(' ')}\n`);
  });

  it('gives a machine that is there the trust alone, and takes all of it away again', () => {
    expect(display('--trust-only', ...ca())).toMatchObject({ status: 0, stderr: '' });
    expect(filesUnder(root)).toEqual([`${POLICY}/hallvote-ca.json`]);
    display(...PAGE, ...ca());
    expect(display('--uninstall')).toMatchObject({ status: 0, stderr: '' });
    expect(filesUnder(root).filter((file) => !file.endsWith('.changed'))).toEqual([]);
  });

  it.each([
    ['no CA', PAGE, '--ca: the file'],
    ['no page', [], '--page'],
    ['a page with a quotation mark', ['--page', 'https://h/"x'], '--page'],
    ['a CA that is not there', [...PAGE, '--ca', '/nowhere'], 'cannot be read'],
    ['a CA that is none', [...PAGE, '--ca', '/etc/hostname'], 'is no certificate'],
    ['an unknown option', [...PAGE, '--colour'], '--colour'],
  ])('refuses %s in one line, before anything is written', (_what, args, problem) => {
    const { status, stderr } = display(...args);
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(problem) });
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(filesUnder(root)).toEqual([]);
  });

  it('refuses a file with a private key, and a machine that is a seat', () => {
    const key = join(tmp, 'both.pem');
    writeFileSync(
      key,
      '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\n',
    );
    expect(display('--trust-only', '--ca', key).stderr).toContain('holds a private key');
    installSeat('--id', 'T-1', ...HALL);
    expect(display(...PAGE, ...ca()).stderr).toContain('this machine is a seat');
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
