import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'mqtt-packet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { topics } from '../../shared/protocol/topics.ts';
import { HANG_MS } from '../support/hang.ts';
import { eventually, HALL, type OpenHall, openHall, type TestSeat, testTls } from '../support/open-hall.ts';
import { checkIn, proof, sign } from '../support/seat-messages.ts';
import { type ServedHall, serveHall } from '../support/served-hall.ts';
import { issuedFor, privatePem, tlsOf } from '../support/shown-certificates.ts';

/** What others have written speaks with the hall as ours does: nothing of its TLS or MQTT is known to our own programs alone. */

const isThere = (program: string, ...args: string[]) => spawnSync(program, args).error === undefined;
const HAS_OPENSSL = isThere('openssl', 'version');
const HAS_MOSQUITTO = isThere('mosquitto_pub', '--help') && isThere('mosquitto_sub', '--help');

const folder = mkdtempSync(join(tmpdir(), 'hallvote-tools-'));
let open: OpenHall;
let served: ServedHall;
let seat: TestSeat;

function file(name: string, text: string): string {
  const at = join(folder, name);
  writeFileSync(at, text, { mode: 0o600 });
  return at;
}

beforeAll(async () => {
  open = await openHall({ tls: true });
  served = await serveHall(open);
  const [first] = open.seats;
  if (!first) throw new Error('a seat is missing');
  seat = first;
  file('ca.crt', tlsOf(open).ca.certificate);
  const other = await testTls();
  file('other-ca.crt', other.ca.certificate);
  file('seat.crt', await issuedFor(open, seat));
  file('forged.crt', await issuedFor(open, seat, { by: other }));
  file('seat.key', privatePem(seat.key));
});
afterAll(async () => {
  await served.close();
  await open.close();
  rmSync(folder, { recursive: true });
});

interface Ran {
  readonly code: number | null;
  readonly text: string;
}

/** Runs a program to its end. @param input what it reads; it goes on reading until `enough` has been printed. */
function run(
  program: string,
  args: readonly string[],
  input: Buffer | null = null,
  enough = (_text: string) => false,
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: folder, timeout: HANG_MS });
    let text = '';
    const heard = (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (enough(text)) child.kill();
    };
    child.stdout.on('data', heard);
    child.stderr.on('data', heard);
    child.stdin.on('error', () => {});
    if (input) child.stdin.write(input);
    else child.stdin.end();
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, text }));
  });
}

describe.skipIf(!HAS_OPENSSL)(
  `openssl s_client${HAS_OPENSSL ? '' : ' (skipped: there is no openssl here)'}`,
  () => {
    const ports = () => [served.port, open.port];
    const dial = (port: number, ...more: string[]) =>
      run('openssl', [
        's_client',
        ...['-connect', `127.0.0.1:${port}`, '-verify_ip', '127.0.0.1', '-verify_return_error'],
        ...more,
      ]);

    it('believes the pages and the terminals’ port with the hall’s CA, in TLS 1.2 and 1.3', async () => {
      for (const port of ports())
        for (const version of ['-tls1_2', '-tls1_3']) {
          const { code, text } = await dial(port, version, '-CAfile', 'ca.crt');
          expect(text).toContain('Verify return code: 0 (ok)');
          expect(code).toBe(0);
        }
    });

    it('believes neither with another CA or none', async () => {
      for (const port of ports())
        for (const believed of [
          ['-CAfile', 'other-ca.crt'],
          ['-no-CAfile', '-no-CApath'],
        ]) {
          const { code, text } = await dial(port, ...believed);
          expect(text).toMatch(/verify error:num=\d+/);
          expect(code).not.toBe(0);
        }
    });

    it('is not spoken with in TLS 1.1', async () => {
      for (const port of ports()) {
        const old = await dial(port, '-tls1_1', '-cipher', 'DEFAULT@SECLEVEL=0', '-CAfile', 'ca.crt');
        expect(old.text).toMatch(/alert protocol version/);
        expect(old.code).not.toBe(0);
      }
    });

    /** What the hall answers to a CONNECT with a good proof: the return code of its CONNACK. */
    const connack = async (...shown: string[]) => {
      const connect = generate({
        cmd: 'connect',
        protocolId: 'MQTT',
        protocolVersion: 4,
        clean: true,
        clientId: seat.terminal,
        keepalive: 60,
        username: seat.terminal,
        password: Buffer.from(proof(open, seat)),
      });
      /** A CONNACK, without the return code. */
      const answer = '\x20\x02\x00';
      const codeOf = (said: string) =>
        said.includes(answer) ? said.split(answer)[1]?.charCodeAt(0) : undefined;
      const at = ['-connect', `127.0.0.1:${open.port}`, '-CAfile', 'ca.crt'];
      const isTold = (said: string) => Number.isInteger(codeOf(said));
      const { text } = await run('openssl', ['s_client', '-quiet', ...at, ...shown], connect, isTold);
      return codeOf(text);
    };

    it('comes in with a terminal’s certificate, and with none or another CA’s it does not', async () => {
      expect(await connack('-cert', 'seat.crt', '-key', 'seat.key')).toBe(0);
      expect(await connack('-cert', 'forged.crt', '-key', 'seat.key')).toBe(5);
      expect(await connack()).toBe(5);
    });
  },
);

describe.skipIf(!HAS_MOSQUITTO)(
  `mosquitto_pub and mosquitto_sub${HAS_MOSQUITTO ? '' : ' (skipped: they are not installed here)'}`,
  () => {
    const SHOWN = ['--cert', 'seat.crt', '--key', 'seat.key'];
    const asSeat = () => [
      ...['-h', 'localhost', '-p', String(open.port), '-V', 'mqttv311'],
      ...['-i', seat.terminal, '-u', seat.terminal, '-P', proof(open, seat)],
    ];
    const publish = (...more: string[]) => {
      const place = ['-t', topics(HALL).up(seat.terminal), '-q', '1'];
      const message = ['-m', sign(checkIn(seat), seat.key)];
      return run('mosquitto_pub', [...asSeat(), ...place, ...message, ...more]);
    };
    const isPresent = () => open.chronicle.state.presence.has(seat.deputy.id);

    it('are refused with no certificate, and with one of another CA', async () => {
      for (const shown of [[], ['--cert', 'forged.crt', '--key', 'seat.key']]) {
        const { code, text } = await publish('--cafile', 'ca.crt', ...shown);
        expect(text).toMatch(/not authori[sz]ed/i);
        expect(code).not.toBe(0);
      }
      expect(isPresent()).toBe(false);
    });

    it('do not believe the hall with another CA', async () => {
      const { code, text } = await publish('--cafile', 'other-ca.crt', ...SHOWN);
      expect(text).toMatch(/certificate verify failed|TLS error|protocol error/i);
      expect(code).not.toBe(0);
      expect(isPresent()).toBe(false);
    });

    it('come in with a terminal’s certificate and its Ed25519 key: one checks in, one hears the sitting', async () => {
      expect(await publish('--cafile', 'ca.crt', ...SHOWN)).toEqual({ code: 0, text: '' });
      await eventually(isPresent, 'the check-in');
      const place = ['-t', topics(HALL).sitting, '-q', '1', '-C', '1', '-W', '10'];
      const { code, text } = await run('mosquitto_sub', [
        ...asSeat(),
        ...place,
        '--cafile',
        'ca.crt',
        ...SHOWN,
      ]);
      expect(code).toBe(0);
      expect(text).toMatch(/^eyJ[\w-]+\.[\w-]+\.[\w-]+\n$/);
    });
  },
);
