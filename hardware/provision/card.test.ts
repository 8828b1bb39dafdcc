import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  filesUnder,
  HALL,
  installSeat,
  installsUnderRoot,
  KEY,
  type Ran,
  root,
  run,
  terminalYaml,
  tmp,
  written,
} from '../testing/under-root.ts';

installsUnderRoot();

/** The card's first start, or a later one, in the Pi of this number. */
const firstBoot = (serial = '10000000abcd1234'): Ran =>
  run('seat/opt/hallvote/bin/hallvote-firstboot', [], { HALLVOTE_ROOT: root, HALLVOTE_SERIAL: serial });

describe('a cloned card', () => {
  const seats = (text: string) => {
    writeFileSync(join(tmp, 'seats.csv'), text);
    return ['--golden', '--seats', join(tmp, 'seats.csv'), ...HALL];
  };
  it.each([
    ['10000000ABCD1234', '01-02', '01-02'],
    ['10000000000000a2', 'T_3.B', 't-3-b'],
    ['100000009f9f9f9f', 'P9f9f9f9f', 'p9f9f9f9f'],
  ])('takes the id of the Pi with serial number %s: %s', (serial, id, name) => {
    // As Excel saves it, with a heading, long serial numbers and short ones.
    const table = '\uFEFFserial,id\r\n10000000abcd1234,01-02\r\n000000a2,T_3.B\r\n\r\n';
    expect(installSeat(...seats(table)).stderr).toBe('');
    expect(existsSync(join(root, 'etc/hallvote/terminal.yaml'))).toBe(false);
    expect(firstBoot(serial)).toMatchObject({ status: 0, stdout: `this is seat ${id}; new: all\n` });
    expect(terminalYaml()).toMatchObject({ id, hall: 'hall-1' });
    expect(written('/etc/hostname')).toBe(`${name}\n`);
    expect(written('/etc/hosts')).toContain(`127.0.1.1 ${name}\n`);
  });

  it('needs no table', () => {
    installSeat('--golden', ...HALL);
    expect(firstBoot('10000000abcd1234').stdout).toBe('this is seat Pabcd1234; new: all\n');
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

describe('a card with seat.txt on its boot partition', () => {
  const SETTINGS = `id: 03-07\nhall: hall-1\ncoordinator: mqtt://192.168.10.1:1883\nkey: ${KEY}\n`;
  const card = (text: string | Buffer) => writeFileSync(join(root, 'boot/firmware/hallvote/seat.txt'), text);

  beforeEach(() => expect(installSeat('--image')).toMatchObject({ status: 0, stderr: '' }));

  it('is for any hall: it starts with a form to fill in, and says so until that is done', () => {
    expect(written('/boot/firmware/hallvote/seat.txt')).toMatch(
      /\r\nid:\r\n.*\r\nhall:\r\ncoordinator:\r\nkey:\r\n/s,
    );
    expect(firstBoot()).toMatchObject({ status: 1, stderr: expect.stringContaining('please fill them in') });
    expect(written('/boot/firmware/hallvote/result.txt')).toContain('serial number of this Pi: abcd1234');
    expect(existsSync(join(root, 'etc/hallvote/terminal.yaml'))).toBe(false);
  });

  it('becomes the seat when the form is filled in', () => {
    const filled = written('/boot/firmware/hallvote/seat.txt')
      .replace('id:\r', 'id: T-001\r')
      .replace('hall:\r', 'hall: hall-1\r')
      .replace('coordinator:\r', 'coordinator: mqtt://192.168.10.1:1883\r')
      .replace('key:\r', `key: ${KEY}\r`);
    card(filled);
    expect(firstBoot()).toMatchObject({ status: 0, stderr: '', stdout: 'this is seat T-001; new: all\n' });
    expect(terminalYaml()).toMatchObject({ id: 'T-001', hall: 'hall-1', reader: { kind: 'pn532' } });
    expect(written('/etc/hostname')).toBe('t-001\n');
    expect(written('/etc/systemd/timesyncd.conf.d/hallvote.conf')).toContain('NTP=192.168.10.1\n');
    expect(written('/boot/firmware/hallvote/result.txt')).toContain('This is seat T-001');
  });

  it('takes the hall’s CA from the card, and another one at the next start', () => {
    const ca = (text: string) => writeFileSync(join(root, 'boot/firmware/hallvote/ca.crt'), text);
    card(SETTINGS.replace('mqtt:', 'mqtts:'));
    expect(firstBoot()).toMatchObject({ status: 1, stderr: expect.stringContaining('ca: the file') });
    expect(written('/boot/firmware/hallvote/result.txt')).toContain('ca: the file');
    ca('-----BEGIN CERTIFICATE-----\n');
    expect(firstBoot()).toMatchObject({ status: 0, stderr: '' });
    expect(terminalYaml()).toMatchObject({ coordinator: { ca: '/etc/hallvote/ca.crt' } });
    ca('-----BEGIN CERTIFICATE-----\nanother\n');
    expect(firstBoot().stdout).toContain('new: the CA of the hall\n');
    expect(written('/etc/hallvote/ca.crt')).toContain('another');
    expect(firstBoot().stdout).toBe('this is seat 03-07\n');
  });

  it.each([
    ['a byte order mark and CR LF', Buffer.from(`\uFEFF${SETTINGS.replaceAll('\n', '\r\n')}`)],
    ['two bytes a letter', Buffer.from(`\uFEFF${SETTINGS}`, 'utf16le')],
    ['wide colons and spaces', SETTINGS.replaceAll(': ', '：\u3000')],
    ['equals signs, quotes and notes', SETTINGS.replaceAll(/: (.*)/g, ' = "$1"  # 注')],
    ['large letters', SETTINGS.replace('hall', 'Hall').replace('key', 'KEY')],
    ['no line end at its end', SETTINGS.trim()],
  ])('is read with %s', (_what, text) => {
    card(text);
    expect(firstBoot()).toMatchObject({ status: 0, stderr: '' });
    expect(terminalYaml()).toMatchObject({ id: '03-07', coordinator: { key: KEY } });
  });

  it('applies what is changed on it, says what that is, and does nothing where nothing is', () => {
    card(SETTINGS);
    firstBoot();
    const before = filesUnder(root).map((file) => [file, statSync(join(root, file)).mtimeMs]);
    expect(firstBoot().stdout).toBe('this is seat 03-07\n');
    expect(filesUnder(root).map((file) => [file, statSync(join(root, file)).mtimeMs])).toEqual(before);
    card(`${SETTINGS}board: raspberry-pi\nlanguage: en\n`);
    expect(firstBoot().stdout).toBe(
      'this is seat 03-07; new: screen: { port: 8090, language: en, watched: true } board: { kind: raspberry-pi } \n',
    );
    expect(terminalYaml()).toMatchObject({ board: { kind: 'raspberry-pi' }, screen: { language: 'en' } });
  });

  it.each([
    ['colour: red\n', 'seat.txt:5: write id:, hall:'],
    ['id: T-2\n', 'seat.txt:5: id stands there twice'],
    ['board: 树莓派\n', 'seat.txt:5: board: letters'],
    ['board: uno\n', 'seat.txt: board uno: firmata'],
    ['board: none\n', 'seat.txt: reader pn532 is read through'],
    ['reader: none"\nboard: {}\n', 'seat.txt: board {}'],
  ])('is refused with %j, and is no longer the seat it was', (line, what) => {
    card(SETTINGS);
    firstBoot();
    card(SETTINGS + line);
    const { status, stderr } = firstBoot();
    expect(status).toBe(1);
    expect(stderr).toContain(what);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(written('/boot/firmware/hallvote/result.txt')).toContain(`Not applied: ${what}`);
    expect(existsSync(join(root, 'etc/hallvote/terminal.yaml'))).toBe(false);
    card(SETTINGS);
    expect(firstBoot().status).toBe(0);
  });

  it('stays the seat it was where its boot partition is lost', () => {
    card(SETTINGS);
    firstBoot();
    rmSync(join(root, 'boot/firmware'), { recursive: true });
    expect(firstBoot().status).toBe(0);
    expect(terminalYaml()).toMatchObject({ id: '03-07' });
  });

  it('needs no serial number where it has an id', () => {
    card(SETTINGS);
    expect(firstBoot('').status).toBe(0);
  });
});
