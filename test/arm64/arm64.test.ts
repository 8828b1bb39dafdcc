import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { z } from 'zod';
import { toBase64url } from '../../shared/protocol/bytes.ts';
import { HallProcess } from '../crash/hall-process.ts';
import { testSeat } from '../support/open-hall.ts';
import {
  armNode,
  bareArm64,
  compiler,
  fetchedForPi,
  runInside,
  smallArm64,
  startInside,
  whyNoImage,
  whyNot,
} from './arm64.ts';
import { EmulatedMachine } from './emulated-pi.ts';

/**
 * What is built or packed for a Pi, built and started once for its processor on this one, so that no Pi is the first to try
 * it: first the seat's program, on a small Debian; then, where it is asked for, the image of a card. The machine itself is
 * not here: firmware, pins, panel, readers, graphics.
 */

const CHECKOUT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const MAKE_IMAGE = join(CHECKOUT, 'hardware/provision/make-image');
const ARM64 = 183;
/** Of the word hallvote, as libsodium on a PC gives it. */
const HALLVOTE_BLAKE2B = 'da054929848153974a224350ab016612a2170c9e9a246e2d1b657c6d26a0f12e';
const MIB = 1024 * 1024;

const reason = whyNot();
const noImage = reason ?? whyNoImage();
if (reason !== null) process.stderr.write(`\nNOT TRIED: what runs on a Pi, for its processor: ${reason}\n\n`);
else if (noImage !== null) process.stderr.write(`\nNOT TRIED: the image of a card for a Pi: ${noImage}\n\n`);

/** Uses each library with native parts as a seat does first; what is not there and cannot be is not asked for. */
const LIBRARIES = `
import Database from 'better-sqlite3';
import i2c from 'i2c-bus';
import koffi from 'koffi';
import { SerialPort } from 'serialport';
import sodium from 'sodium-native';
const row = new Database(':memory:').prepare('select 6 * 7 as n').get();
const digest = Buffer.alloc(sodium.crypto_generichash_BYTES);
sodium.crypto_generichash(digest, Buffer.from('hallvote'));
const same = koffi.load('libc.so.6').func('int getpid()')() === process.pid;
const port = new SerialPort({ path: '/dev/none', baudRate: 57600, autoOpen: false });
const serial = await new Promise((resolve) => port.open((error) => resolve(error?.message)));
// It would wait for the reader's service for ever.
const { NFC } = await import('nfc-pcsc');
console.log(JSON.stringify({ arch: process.arch, n: row.n, digest: digest.toString('hex'), same,
  serial, i2c: typeof i2c.openSync, pcsc: typeof NFC }));`;

const Partitions = z.object({
  partitiontable: z.object({
    label: z.string(),
    partitions: z.array(z.object({ start: z.number(), size: z.number(), type: z.string() })),
  }),
});

/** The first words of the seat's page, as it hears them. */
function firstState(url: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.on('error', reject);
    socket.on('message', (text) => {
      socket.close();
      resolve(JSON.parse(String(text)));
    });
  });
}

// In a folder of a real disk: the image and what it is made of take 6 GB.
const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'hallvote');
let folder = '';
let node = { file: '', sum: '' };
const known = testSeat(1);
const hall = HallProcess.of([known]);
const at = (name: string) => join(folder, name);
const brought = () => ({ [at('node')]: '/opt/hallvote/node' });
const took = (what: string, since: number) =>
  process.stderr.write(`${what}: ${Math.round((performance.now() - since) / 1000)} s\n`);

beforeAll(async () => {
  if (reason !== null) return;
  mkdirSync(cache, { recursive: true });
  node = armNode();
  folder = mkdtempSync(join(cache, '.arm64-test-'));
  mkdirSync(at('node'));
  execFileSync('tar', ['-xf', node.file, '-C', at('node'), '--strip-components=1']);
  await hall.start();
});
afterAll(async () => {
  await hall.stop();
  hall.remove();
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(reason !== null)(`for arm64${reason === null ? '' : ` (not tried: ${reason})`}`, () => {
  let small = '';
  beforeAll(() => {
    const since = performance.now();
    small = smallArm64();
    took('a small Debian for arm64', since);
  }, 7_200_000);

  it('every library is fetched or compiled, packed, and can be used', async () => {
    const since = performance.now();
    mkdirSync(at('out'));
    fetchedForPi(CHECKOUT, at('hallvote'));
    took('libraries fetched', since);
    const said = await runInside({
      root: small,
      bring: { ...compiler(), [at('hallvote')]: '/mnt/hallvote', ...brought(), [at('out')]: '/mnt/out' },
      // Compiled, as where better-sqlite3's compiled ones cannot be had.
      command: `cd /mnt/hallvote
        npm_config_build_from_source=better-sqlite3 npm rebuild --foreground-scripts
        hardware/provision/pack.sh --modules /mnt/out/hallvote.tar.gz`,
    });
    expect(said).not.toContain('WARNING');
    took('fetched, compiled and packed', since);
    execFileSync('tar', ['-xzf', at('out/hallvote.tar.gz'), '-C', at('out')]);
    writeFileSync(at('out/libraries.mjs'), LIBRARIES);
    const used = await runInside({
      root: small,
      bring: { [at('out')]: '/mnt/out', ...brought() },
      command: 'exec node /mnt/out/libraries.mjs',
    });
    expect(JSON.parse(used)).toEqual({
      arch: 'arm64',
      n: 42,
      digest: HALLVOTE_BLAKE2B,
      same: true,
      serial: expect.stringContaining('cannot open /dev/none'),
      i2c: 'function',
      pcsc: 'function',
    });
    const modules = at('out/node_modules');
    const natives = readdirSync(modules, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.node'),
    );
    const forPi = natives.filter((file) => readFileSync(join(modules, file)).readUInt16LE(18) === ARM64);
    for (const library of ['better-sqlite3', 'sodium-native', 'i2c-bus', '@pokusew/pcsclite'])
      expect(
        forPi.filter((file) => file.includes(library)),
        library,
      ).not.toEqual([]);
  }, 3_600_000);

  it('the seat’s program comes to its first screen, and is known to its hall', async () => {
    const since = performance.now();
    mkdirSync(at('out/data'), { mode: 0o700 });
    writeFileSync(at('out/data/seed'), `${toBase64url(known.key.seed)}\n`, { mode: 0o600 });
    const { mqtt, key } = hall.ready;
    writeFileSync(
      at('out/terminal.yaml'),
      `id: ${known.terminal}\nhall: sample-hall\ncoordinator: { url: "${mqtt}", key: ${key} }\n` +
        'data: data\nscreen: { port: 0 }\nboard: { kind: none }\nreader: none\nspread: 0\n',
    );
    const seat = startInside({
      root: small,
      bring: { [at('out')]: '/mnt/out', ...brought() },
      command: 'cd /mnt/out; exec node dist/terminal/main.js --config terminal.yaml',
    });
    try {
      let log = '';
      seat.stderr?.on('data', (text) => {
        log += String(text);
      });
      if (!seat.stdout) throw new Error('it has no output');
      const line = await createInterface({ input: seat.stdout })[Symbol.asyncIterator]().next();
      const screen = /screen (http\S+)/.exec(line.value ?? '')?.[1] ?? `no screen: ${log}`;
      expect(await (await fetch(screen)).text()).toContain('<html');
      await expect
        .poll(async () => JSON.stringify(await firstState(`${screen.replace('http', 'ws')}/socket`)), {
          timeout: 600_000,
        })
        .toContain('"is":"check-in"');
      took('to the first screen', since);
    } finally {
      seat.kill('SIGKILL');
    }
  }, 1_200_000);
});

describe.skipIf(noImage !== null)(
  `a card for arm64${noImage === null ? '' : ` (not tried: ${noImage})`}`,
  () => {
    let bare = '';
    beforeAll(() => {
      const since = performance.now();
      bare = bareArm64(MAKE_IMAGE);
      took('Debian for arm64 and its kernel', since);
    }, 7_200_000);

    it('make-image makes the image of a card, with its seat installed', () => {
      const since = performance.now();
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', at('login')]);
      const brought = [
        '--package',
        at('out/hallvote.tar.gz'),
        '--node',
        node.file,
        '--node-sha256',
        node.sum,
      ];
      execFileSync(MAKE_IMAGE, ['--base', bare, ...brought, '--ssh-key', at('login.pub'), at('seat.img')], {
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      took(`an image of ${Math.round(statSync(at('seat.img')).size / MIB)} MiB`, since);
      // Nothing is left behind beside it.
      expect(readdirSync(folder).sort()).toEqual([
        'hallvote',
        'login',
        'login.pub',
        'node',
        'out',
        'seat.img',
      ]);

      const json = execFileSync('sfdisk', ['--json', at('seat.img')], { encoding: 'utf8' });
      const { label, partitions } = Partitions.parse(JSON.parse(json)).partitiontable;
      expect([label, ...partitions.map(({ type }) => type)]).toEqual(['dos', 'c', '83', '83']);
      for (const [n, name] of ['boot', 'root', 'data'].entries()) {
        const { start = 0, size = 0 } = partitions[n] ?? {};
        const place = ['bs=512', `skip=${start}`, `count=${size}`, 'conv=sparse', 'status=none'];
        execFileSync('dd', [`if=${at('seat.img')}`, `of=${at(name)}`, ...place]);
      }
      execFileSync('fsck.vfat', ['-n', at('boot')]);
      for (const name of ['root', 'data']) execFileSync('e2fsck', ['-f', '-n', at(name)], { stdio: 'pipe' });
      const owners = (name: string) =>
        execFileSync('blkid', ['-o', 'value', '-s', 'LABEL', at(name)], { encoding: 'utf8' });
      expect(['boot', 'root', 'data'].map(owners)).toEqual([
        'bootfs\n',
        'hallvote-root\n',
        'hallvote-data\n',
      ]);

      mkdirSync(at('boot.d'));
      execFileSync('mcopy', ['-s', '-n', '-i', at('boot'), '::', at('boot.d')]);
      const boot = (file: string) => readFileSync(at(`boot.d/${file}`), 'utf8');
      expect(boot('config.txt')).toMatch(
        /arm_64bit=1[\s\S]*kernel=vmlinuz-\S+\ninitramfs initrd\S+[\s\S]*include hallvote\.txt\n/,
      );
      expect(boot('cmdline.txt')).toContain('root=LABEL=hallvote-root');
      // Debian's own script takes a PC for a Pi 3 and would keep a Pi 4 from starting.
      expect(boot('cmdline.txt')).not.toContain('cma=');
      expect(boot('hallvote/seat.txt')).toContain('\r\nhall:\r\n');
      expect(readdirSync(at('boot.d'))).toEqual(
        expect.arrayContaining([
          'start4.elf',
          'start.elf',
          'bootcode.bin',
          'bcm2711-rpi-4-b.dtb',
          'bcm2837-rpi-3-b.dtb',
        ]),
      );
      const there = (path: string) =>
        execFileSync('debugfs', ['-R', `stat ${path}`, at('root')], {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
        });
      for (const path of [
        '/opt/hallvote/app/node_modules/nfc-pcsc',
        '/usr/bin/chromium',
        '/usr/bin/Xwayland',
        '/usr/lib/polkit-1/polkitd',
        '/etc/hallvote/image',
        '/etc/systemd/system/multi-user.target.wants/hallvote-terminal.service',
        '/etc/systemd/system/multi-user.target.wants/hallvote-firstboot.service',
        '/etc/systemd/system/multi-user.target.wants/hallvote-kiosk.service',
      ])
        expect(there(path)).toContain('Inode:');
      for (const path of [
        '/usr/sbin/policy-rc.d',
        '/usr/bin/gcc',
        '/etc/ssh/ssh_host_ed25519_key',
        '/etc/hallvote/terminal.yaml',
      ])
        expect(there(path)).not.toContain('Inode:');
    }, 3_600_000);

    it('its own kernel starts it, and it is the seat that its boot partition names', async () => {
      const { mqtt, key } = hall.ready;
      // What a builder's Notepad leaves on the card; the second port is this machine's, as the emulated one sees it.
      const settings = (id: string) =>
        [
          '\uFEFF# 席位',
          `id: ${id}`,
          'hall: sample-hall',
          `coordinator: mqtt://10.0.2.2:${mqtt.split(':').at(-1)}`,
        ]
          .concat(`key: ${key}`, 'board: none', 'reader: none', '')
          .join('\r\n');
      writeFileSync(at('seat.txt'), settings('T-777'));
      const putOnCard = () =>
        execFileSync('mcopy', ['-o', '-i', `${at('seat.img')}@@1M`, at('seat.txt'), '::hallvote/seat.txt']);
      putOnCard();
      const named = (start: string) => readdirSync(at('boot.d')).find((file) => file.startsWith(start)) ?? '';
      const start = () =>
        EmulatedMachine.start(at('seat.img'), at('boot.d'), named('vmlinuz'), named('initrd'), at('login'));
      const isShown = (what: string) =>
        'cd /opt/hallvote/app && /opt/hallvote/node/bin/node --input-type=module -e \'import WebSocket from "ws";' +
        'const s = new WebSocket("ws://127.0.0.1:8090/seat/socket");' +
        `s.on("message", (text) => { console.log(String(text)); s.close(); });' | grep '${what}'`;
      const since = performance.now();
      let machine = await start();
      try {
        await machine.until(isShown('"is":"not-enrolled","terminal":"T-777"'), 1800);
        took('switched on to the first screen, all emulated', since);
        await machine.until('systemctl is-active hallvote-kiosk', 1800);
        took('to a page drawn', since);
        expect((await machine.run('systemctl --failed --plain --no-legend')).text).toBe('');
        expect((await machine.run('findmnt -no FSTYPE,LABEL /var/lib/hallvote; hostname')).text).toMatch(
          /ext4 .*hallvote-data\nt-777/,
        );
        expect((await machine.run('cat /boot/firmware/hallvote/result.txt')).text).toContain(
          'This is seat T-777',
        );
        await machine.run('systemctl poweroff');
        await machine.ended();

        writeFileSync(at('seat.txt'), settings('T-778'));
        putOnCard();
        machine = await start();
        await machine.until(isShown('"is":"not-enrolled","terminal":"T-778"'), 1800);
        expect(machine.console).toMatch(/this is seat T-778; new: id: "T-778"/);
      } finally {
        await machine.unplug();
      }
    }, 7_200_000);
  },
);
