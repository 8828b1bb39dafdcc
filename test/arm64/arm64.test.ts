import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toBase64url } from '../../shared/protocol/bytes.ts';
import { openManifest } from '../../shared/update/manifest.ts';
import { pinnedKey } from '../../terminal/update/seat-updates.ts';
import { HallProcess } from '../crash/hall-process.ts';
import { mirror } from '../install/debian.ts';
import { testSeat } from '../support/open-hall.ts';
import { armNode, bareArm64, CHECKOUT, ends, PROVISION, runFolder, whyNoKernel, whyNot } from './arm64.ts';
import { Card } from './card.ts';
import { EmulatedMachine } from './emulated-pi.ts';
import { COORDINATOR, EmulatedSeat } from './emulated-seat.ts';
import { DISK, NOT_THERE, raspberryPiOs } from './raspberry-pi-os.ts';

/**
 * What is built or packed for a Pi, built and started once for its processor on this one, so that no Pi is the first to try
 * it: the libraries, an image of Debian's packages and one of Raspberry Pi OS, and from each the seat's program to its first
 * screen, with name and key from the boot partition. The machine itself is not here: firmware, pins, panel, readers, graphics.
 */

const ARM64 = 183;
/** Of the word hallvote, as libsodium on a PC gives it. */
const HALLVOTE_BLAKE2B = 'da054929848153974a224350ab016612a2170c9e9a246e2d1b657c6d26a0f12e';
const MIB = 1024 * 1024;
/** Minutes within which emulated programs are done, on a busy machine: they catch what hangs. */
const LONG = 3_600_000;

const reason = whyNot();
const noKernel = reason ?? whyNoKernel();
if (reason !== null) process.stderr.write(`\nNOT TRIED: what runs on a Pi, for its processor: ${reason}\n\n`);
else if (noKernel !== null)
  process.stderr.write(`\nNOT TRIED: a Pi's image with its own kernel: ${noKernel}\n\n`);

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

/** seat.txt as a builder's Notepad leaves it on the card. */
const settings = (id: string, coordinator: string, key: string) =>
  ['\uFEFF# 席位', `id: ${id}`, 'hall: sample-hall', `coordinator: ${coordinator}`, `key: ${key}`]
    .concat('board: none', 'reader: none', '')
    .join('\r\n');

let folder = '';
let node = { file: '', sum: '' };
let releaseKey = '';
const known = testSeat(1);
const hall = HallProcess.of([known]);
const at = (name: string) => join(folder, name);
const nodeOptions = () => ['--node', node.file, '--node-sha256', node.sum];
const timed = async <T>(what: string, does: () => T | Promise<T>): Promise<T> => {
  const since = performance.now();
  const result = await does();
  process.stderr.write(`${what}: ${Math.round((performance.now() - since) / 1000)} s\n`);
  return result;
};

beforeAll(async () => {
  if (reason !== null) return;
  folder = runFolder();
  node = armNode();
  const make = ['release', 'key', at('release.key')];
  const hallvote = join(CHECKOUT, 'dist/coordinator/cli/hallvote.js');
  releaseKey = execFileSync(process.execPath, [hallvote, ...make], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
  writeFileSync(at('release.pub'), `${releaseKey}\n`);
  await hall.start();
});
afterAll(async () => {
  await hall.stop();
  hall.remove();
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(reason !== null)(`for arm64${reason === null ? '' : ` (not tried: ${reason})`}`, () => {
  let bare = '';
  const atWork = () => new Card(at('seat.img'));
  beforeAll(async () => {
    bare = await timed('Debian for arm64 and its kernel', bareArm64);
  }, 2 * LONG);

  it(
    'a package for Pis is made here, with libraries for their processor, and an update for seats',
    async () => {
      const sign = ['--sign', at('release.key'), '--note', '试'];
      const from = ['--mirror', mirror() ?? '', ...nodeOptions()];
      await timed('libraries fetched and compiled, packed', () =>
        ends(join(PROVISION, 'pack.sh'), ['--for-pi', ...sign, ...from, at('hallvote.tar.gz')]),
      );
      mkdirSync(at('package'));
      execFileSync('tar', ['-xzf', at('hallvote.tar.gz'), '-C', at('package')]);
      const modules = at('package/node_modules');
      const natives = readdirSync(modules, { recursive: true, encoding: 'utf8' }).filter((file) =>
        file.endsWith('.node'),
      );
      const forPi = natives.filter((file) => readFileSync(join(modules, file)).readUInt16LE(18) === ARM64);
      for (const library of ['better-sqlite3', 'sodium-native', 'i2c-bus', '@pokusew/pcsclite'])
        expect(
          forPi.filter((file) => file.includes(library)),
          library,
        ).not.toEqual([]);
      const pinned = pinnedKey(at('release.pub'));
      if (pinned === null) throw new Error('no release key');
      expect(openManifest(readFileSync(at('package/manifest.jws'), 'utf8'), pinned)).toMatchObject({
        ok: true,
        value: { manifest: { arch: 'arm64', node: expect.stringMatching(/^22\./) } },
      });
    },
    LONG,
  );

  it(
    'make-image makes the image of a card of Debian’s packages, with its seat installed',
    async () => {
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', at('login')]);
      const before = readdirSync(folder).sort();
      const options = ['--base', bare, '--release-key', at('release.pub'), '--ssh-key', at('login.pub')];
      await timed('an image of Debian’s packages', () =>
        ends(at('package/hardware/provision/make-image'), [...options, ...nodeOptions(), at('seat.img')]),
      );
      process.stderr.write(`the image has ${Math.round(statSync(at('seat.img')).size / MIB)} MiB\n`);
      // Nothing is left behind beside it.
      expect(readdirSync(folder).sort()).toEqual([...before, 'seat.img'].sort());

      const image = atWork();
      const { label, partitions } = image.table();
      expect([label, ...partitions.map(({ type }) => type)]).toEqual(['dos', 'c', '83', '83']);
      expect(image.names()).toEqual(['bootfs', 'hallvote-root', 'hallvote-data']);
      image.check();
      const loads =
        /^arm_64bit=1$[\s\S]*^kernel=(\S+)$[\s\S]*^initramfs (\S+)$[\s\S]*^include (hallvote\.txt)$/m;
      const loaded = loads.exec(image.boot('config.txt'))?.slice(1);
      expect(loaded).toHaveLength(3);
      expect(image.boot('cmdline.txt')).toContain('root=LABEL=hallvote-root');
      // Debian's own script takes a PC for a Pi 3 and would keep a Pi 4 from starting.
      expect(image.boot('cmdline.txt')).not.toContain('cma=');
      expect(image.boot('hallvote/seat.txt')).toContain('\r\nhall:\r\n');
      expect(image.bootFiles()).toEqual(
        expect.arrayContaining([
          'start4.elf',
          'start.elf',
          'bootcode.bin',
          'bcm2711-rpi-4-b.dtb',
          'bcm2837-rpi-3-b.dtb',
        ]),
      );
    },
    LONG,
  );

  it(
    'every library with native parts can be used there',
    async () => {
      const use = 'cd /opt/hallvote/app; exec /opt/hallvote/node/bin/node --input-type=module';
      const used = await timed('every library used', () =>
        Card.written(at('seat.img'), at('card')).run(use, LIBRARIES),
      );
      expect(JSON.parse(used)).toEqual({
        arch: 'arm64',
        n: 42,
        digest: HALLVOTE_BLAKE2B,
        same: true,
        serial: expect.stringContaining('cannot open /dev/none'),
        i2c: 'function',
        pcsc: 'function',
      });
    },
    LONG,
  );

  it(
    'what is not to be on a card is not there, and what starts its seat is',
    async () => {
      const wants = '/etc/systemd/system/multi-user.target.wants';
      const there = [
        '/usr/bin/chromium',
        '/usr/bin/Xwayland',
        '/usr/lib/polkit-1/polkitd',
        '/etc/hallvote/image',
      ].concat(['terminal', 'firstboot', 'kiosk'].map((unit) => `${wants}/hallvote-${unit}.service`));
      const away = [
        '/usr/sbin/policy-rc.d',
        '/usr/bin/gcc',
        '/etc/ssh/ssh_host_ed25519_key',
        '/etc/hallvote/terminal.yaml',
      ];
      const look = [...there, ...away].map((path) => `[ ! -e ${path} ] || echo ${path}`);
      const said = await Card.written(at('seat.img'), at('card')).run(
        [...look, 'cat /etc/hallvote/release.pub /root/.ssh/authorized_keys'].join('\n'),
      );
      expect(said).toBe([...there, releaseKey, readFileSync(at('login.pub'), 'utf8')].join('\n'));
    },
    LONG,
  );

  it(
    'its seat is what the card’s boot partition names: first unknown to its hall, then known',
    async () => {
      const { mqtt, key } = hall.ready;
      const card = Card.written(at('seat.img'), at('card'));
      card.put('hallvote/seat.txt', settings('T-777', COORDINATOR, key));
      let seat = await EmulatedSeat.start(card, mqtt);
      try {
        const page = await timed('switched on to the first screen', () =>
          seat.shows('"is":"not-enrolled","terminal":"T-777"', 1200),
        );
        expect(page).toContain('<html');
      } finally {
        await seat.unplug();
      }
      expect(card.boot('hallvote/result.txt')).toContain('This is seat T-777');
      // Another name, and the key of a seat that the hall knows.
      card.put('hallvote/seat.txt', settings(known.terminal, COORDINATOR, key));
      await card.run('cat >/var/lib/hallvote/seed', `${toBase64url(known.key.seed)}\n`);
      seat = await EmulatedSeat.start(card, mqtt);
      try {
        await timed('switched on to asking for a card', () => seat.shows('"is":"check-in"', 1200));
        expect(seat.log).toContain(`this is seat ${known.terminal}; new: id: "${known.terminal}"`);
      } finally {
        await seat.unplug();
      }
    },
    LONG,
  );

  it(
    'a card on which seat.txt is wrong is no seat, and says why',
    async () => {
      const card = Card.written(at('seat.img'), at('card'));
      card.put('hallvote/seat.txt', settings('T-777', COORDINATOR, 'short'));
      const seat = await EmulatedSeat.start(card, hall.ready.mqtt);
      try {
        await expect(seat.shows('"is"', 1200)).rejects.toThrow('the seat has ended');
      } finally {
        await seat.unplug();
      }
      expect(card.boot('hallvote/result.txt')).toContain('Not applied: seat.txt: key');
    },
    LONG,
  );

  it(
    'make-image puts a seat into Raspberry Pi OS, and it comes to its first screen',
    async () => {
      await timed('a stand-in for Raspberry Pi OS', () =>
        raspberryPiOs(bare, at('raspios.d'), at('raspios.img')),
      );
      const options = ['--from', at('raspios.img'), '--package', at('hallvote.tar.gz'), ...nodeOptions()];
      await timed('an image of Raspberry Pi OS', () =>
        ends(join(PROVISION, 'make-image'), [...options, at('from.img')]),
      );
      rmSync(at('raspios.img'));
      const card = new Card(at('from.img'));
      // Its partitions keep the names by which its fstab and its kernel know them.
      expect(card.table()).toMatchObject({ label: 'dos', id: DISK });
      expect(card.names()).toEqual(['bootfs', 'hallvote-root', 'hallvote-data']);
      card.check();
      expect(card.boot('cmdline.txt')).toMatch(/ root=PARTUUID=5eed1234-02 .*rootwait quiet\n$/);
      expect(card.boot('config.txt')).toMatch(/^\[cm4\]\notg_mode=1\n\n\[all\]\ninclude hallvote\.txt\n/m);
      card.put('hallvote/seat.txt', settings('T-778', COORDINATOR, hall.ready.key));
      const seat = await EmulatedSeat.start(card, hall.ready.mqtt);
      try {
        await seat.shows('"is":"not-enrolled","terminal":"T-778"', 1200);
      } finally {
        await seat.unplug();
      }
      const said = await card.run(
        `cat /etc/fstab; dpkg-query -W -f '\${Status}\n' ${NOT_THERE}; systemctl is-enabled userconfig.service || :`,
      );
      expect(said).toMatch(
        /PARTUUID=5eed1234-02 \/ ext4 [\s\S]*LABEL=hallvote-data \/var\/lib\/hallvote ext4 .*\ninstall ok installed\ndisabled\n/,
      );
    },
    LONG,
  );

  it.skipIf(noKernel !== null)(
    'its own kernel starts it, and it is the seat that its boot partition names',
    async () => {
      const { mqtt, key } = hall.ready;
      // The second machine's port is this one's, as the emulated one sees it.
      const coordinator = `mqtt://10.0.2.2:${mqtt.split(':').at(-1)}`;
      const card = Card.written(at('seat.img'), at('card'));
      card.put('hallvote/seat.txt', settings('T-777', coordinator, key));
      mkdirSync(at('boot'));
      card.copyBoot(at('boot'));
      const named = (start: string) => readdirSync(at('boot')).find((file) => file.startsWith(start)) ?? '';
      const start = () =>
        EmulatedMachine.start(card.file, at('boot'), named('vmlinuz'), named('initrd'), at('login'));
      const isShown = (what: string) =>
        'cd /opt/hallvote/app && /opt/hallvote/node/bin/node --input-type=module -e \'import WebSocket from "ws";' +
        'const s = new WebSocket("ws://127.0.0.1:8090/seat/socket");' +
        `s.on("message", (text) => { console.log(String(text)); s.close(); });' | grep '${what}'`;
      let machine = await start();
      try {
        await timed('switched on to the first screen, all emulated', () =>
          machine.until(isShown('"is":"not-enrolled","terminal":"T-777"'), 1800),
        );
        await timed('to a page drawn', () => machine.until('systemctl is-active hallvote-kiosk', 1800));
        expect((await machine.run('systemctl --failed --plain --no-legend')).text).toBe('');
        expect((await machine.run('findmnt -no FSTYPE,LABEL /var/lib/hallvote; hostname')).text).toMatch(
          /ext4 .*hallvote-data\nt-777/,
        );
        expect((await machine.run('cat /boot/firmware/hallvote/result.txt')).text).toContain(
          'This is seat T-777',
        );
        await machine.run('systemctl poweroff');
        await machine.ended();

        card.put('hallvote/seat.txt', settings('T-778', coordinator, key));
        machine = await start();
        await machine.until(isShown('"is":"not-enrolled","terminal":"T-778"'), 1800);
        expect(machine.console).toMatch(/this is seat T-778; new: id: "T-778"/);
      } finally {
        await machine.unplug();
      }
    },
    2 * LONG,
  );
});
