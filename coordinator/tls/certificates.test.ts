import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { makeKeyPair } from '../../shared/protocol/keys.ts';
import { selfSigned } from '../../terminal/delivery/self-signed.ts';
import { type Authority, openAuthority } from './authority.ts';
import { type Identity, issueServer, issueTerminal, LIFETIME_DAYS, makeAuthority } from './issue.ts';
import { judgePeer, type PeerRules } from './peer.ts';

const HALL = 'test-hall';
const DAY_MS = 86_400_000;
const NOW = Date.UTC(2027, 0, 15, 9);
const making = { random: randomBytes, now: NOW };
const terminalKey = makeKeyPair(randomBytes);

async function opened({ certificate, key }: Identity): Promise<Authority> {
  const authority = await openAuthority(certificate, key, NOW);
  if (!authority.ok) throw new Error(authority.problem);
  return authority.value;
}

async function hallOf(name = HALL) {
  const files = await makeAuthority(name, making);
  return { files, authority: await opened(files) };
}

async function terminalOf(authority: Authority, now = NOW, terminal = 't1', hall = HALL): Promise<string> {
  const holder = { hall, terminal, key: terminalKey.x };
  const issued = await issueTerminal(authority, holder, { random: randomBytes, now });
  if (issued === null) throw new Error('no key');
  return issued;
}

const rulesOf = (files: Identity, more: Partial<PeerRules> = {}): PeerRules => ({
  hall: HALL,
  authority: new X509Certificate(files.certificate),
  now: () => NOW,
  enrolled: (terminal) => (terminal === 't1' ? terminalKey.kid : undefined),
  ...more,
});

describe('what the hall issues', () => {
  test('a terminal’s certificate is for the very key it signs with, and lasts no longer than its authority', async () => {
    const { files, authority } = await hallOf();
    const issued = new X509Certificate(await terminalOf(authority));
    expect(issued.publicKey.export({ format: 'jwk' })).toMatchObject({ crv: 'Ed25519', x: terminalKey.x });
    expect(Date.parse(issued.validTo)).toBe(NOW + LIFETIME_DAYS.terminal * DAY_MS);
    const late = NOW + (LIFETIME_DAYS.authority - 10) * DAY_MS;
    const last = new X509Certificate(await terminalOf(authority, late));
    expect(last.validTo).toBe(new X509Certificate(files.certificate).validTo);
  });

  test('the serial is the given randomness, made a positive number of full length', async () => {
    const { authority } = await hallOf();
    const holder = { hall: HALL, terminal: 't1', key: terminalKey.x };
    const random = (length: number) => new Uint8Array(length).fill(0xff);
    const issued = await issueTerminal(authority, holder, { random, now: NOW });
    expect(new X509Certificate(issued ?? '').serialNumber).toBe(`7F${'FF'.repeat(15)}`);
  });

  test('a key of small order gets no certificate', async () => {
    const { authority } = await hallOf();
    const key = Buffer.alloc(32).toString('base64url');
    expect(await issueTerminal(authority, { hall: HALL, terminal: 't1', key }, making)).toBeNull();
  });

  test('a server’s certificate is good for its names and addresses and no others', async () => {
    const { authority } = await hallOf();
    const names = ['hall.example', '192.0.2.7', '2001:db8::7'];
    const issued = new X509Certificate((await issueServer(authority, names, making)).certificate);
    expect(issued.checkHost('hall.example')).toBe('hall.example');
    expect(issued.checkIP('192.0.2.7')).toBe('192.0.2.7');
    expect(issued.checkIP('2001:db8::7')).toBe('2001:db8::7');
    expect(issued.checkHost('other.example')).toBeUndefined();
  });

  test('an authority that has ended signs no more', async () => {
    const { certificate, key } = (await hallOf()).files;
    const late = NOW + (LIFETIME_DAYS.authority + 1) * DAY_MS;
    expect(await openAuthority(certificate, key, late)).toMatchObject({
      ok: false,
      problem: expect.stringMatching(/the CA has ended .* → make a new one/),
    });
  });

  test.each([
    ['no PEM', (own: Identity) => [`x${own.certificate.slice(40)}`, own.key], /no PEM certificate/],
    ['no key', (own: Identity) => [own.certificate, 'secret words'], /no PEM private key/],
    ['another’s key', (own: Identity, other: Identity) => [own.certificate, other.key], /not that of its/],
  ] as const)(
    'an authority of %s is an error that says so, and nothing of the key',
    async (_, of, problem) => {
      const [own, other] = [(await hallOf()).files, (await hallOf()).files];
      const [certificate = '', key = ''] = of(own, other);
      const refused = await openAuthority(certificate, key, NOW);
      expect(refused).toMatchObject({ ok: false, problem: expect.stringMatching(problem) });
      expect(JSON.stringify(refused)).not.toContain('secret words');
    },
  );
});

describe('who shows a certificate', () => {
  test('an enrolled terminal of this hall is known by it', async () => {
    const { files, authority } = await hallOf();
    const shown = new X509Certificate(await terminalOf(authority));
    expect(judgePeer(shown, rulesOf(files))).toEqual({
      ok: true,
      peer: { is: 'terminal', terminal: 't1', kid: terminalKey.kid, until: Date.parse(shown.validTo) },
    });
  });

  test('a key that speaks for itself is known as that key, and as no terminal', async () => {
    const { files } = await hallOf();
    const shown = new X509Certificate(await selfSigned(terminalKey, 't1', randomBytes));
    expect(judgePeer(shown, rulesOf(files))).toEqual({
      ok: true,
      peer: { is: 'own-key', kid: terminalKey.kid },
    });
  });

  test('everything else is refused with its reason', async () => {
    const { files, authority } = await hallOf();
    const other = await hallOf();
    const shown = async (pem: Promise<string>) => new X509Certificate(await pem);
    const good = await shown(terminalOf(authority));
    const server = new X509Certificate((await issueServer(authority, ['h.example'], making)).certificate);
    const reasonOf = (certificate: X509Certificate | undefined, more: Partial<PeerRules> = {}) =>
      judgePeer(certificate, rulesOf(files, more));
    const refused = (reason: string) => ({ ok: false, reason });
    expect(reasonOf(undefined)).toEqual(refused('no-certificate'));
    expect(reasonOf(await shown(terminalOf(other.authority)))).toEqual(refused('another-authority'));
    expect(reasonOf(good, { now: () => NOW + 398 * DAY_MS })).toEqual(refused('expired'));
    expect(reasonOf(good, { now: () => NOW - 2 * DAY_MS })).toEqual(refused('not-valid-yet'));
    expect(reasonOf(good, { enrolled: () => undefined })).toEqual(refused('removed'));
    expect(reasonOf(good, { enrolled: () => makeKeyPair(randomBytes).kid })).toEqual(refused('removed'));
    expect(reasonOf(server)).toEqual(refused('no-terminal'));
    expect(reasonOf(new X509Certificate(files.certificate))).toEqual(refused('no-terminal'));
    const elsewhere = await shown(terminalOf(authority, NOW, 't1', 'other-hall'));
    expect(reasonOf(elsewhere)).toEqual(refused('no-terminal'));
  });
});

const openssl = spawnSync('openssl', ['version']);
const isThere = openssl.status === 0;
if (!isThere) process.stderr.write('SKIPPED: openssl is not on this machine; its opinion was not asked\n');

describe.skipIf(!isThere)('OpenSSL agrees', () => {
  test('that the chains hold, for their purposes and no other', async () => {
    const { files, authority } = await hallOf();
    const other = await hallOf('other-hall');
    const folder = mkdtempSync(join(tmpdir(), 'hallvote-tls-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const put = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const ca = put('ca.pem', files.certificate);
    const foreign = put('other.pem', other.files.certificate);
    const terminal = put('terminal.pem', await terminalOf(authority));
    const server = put(
      'server.pem',
      (await issueServer(authority, ['hall.example', '192.0.2.7'], making)).certificate,
    );
    const verify = (...args: string[]) => {
      const at = ['-attime', String(NOW / 1000), '-x509_strict'];
      const { status, stdout, stderr } = spawnSync('openssl', ['verify', ...at, ...args]);
      return { status, said: `${stdout}${stderr}` };
    };
    expect(verify('-CAfile', ca, '-purpose', 'sslclient', terminal)).toMatchObject({ status: 0 });
    expect(verify('-CAfile', ca, '-purpose', 'sslserver', server)).toMatchObject({ status: 0 });
    expect(verify('-CAfile', ca, '-purpose', 'sslserver', '-verify_ip', '192.0.2.7', server)).toMatchObject({
      status: 0,
    });
    expect(verify('-CAfile', ca, '-purpose', 'sslserver', terminal).status).not.toBe(0);
    expect(verify('-CAfile', ca, '-purpose', 'sslclient', server).status).not.toBe(0);
    expect(verify('-CAfile', foreign, '-purpose', 'sslclient', terminal).status).not.toBe(0);
    const text = execFileSync('openssl', ['x509', '-in', terminal, '-noout', '-text'], { encoding: 'utf8' });
    expect(text).toContain('ED25519 Public-Key');
    expect(text).toContain(`URI:urn:hallvote:terminal:${HALL}:t1`);
    expect(text).toMatch(/Key Usage: critical\s+Digital Signature\s/);
  });
});
