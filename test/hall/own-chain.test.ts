import 'reflect-metadata';
import { spawnSync } from 'node:child_process';
import { randomBytes, webcrypto } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'node:tls';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { afterAll, describe, expect, it } from 'vitest';
import { type Authority, SIGNATURE } from '../../coordinator/tls/authority.ts';
import { issueServer } from '../../coordinator/tls/issue.ts';
import { HallProcess } from '../crash/hall-process.ts';
import { testSeat } from '../support/open-hall.ts';

/** A hall that brings its own certificate, as a city's CA issues it: by an intermediate that no browser has. */

const DAY_MS = 86_400_000;
const HAS_OPENSSL = spawnSync('openssl', ['version']).error === undefined;

const hall = HallProcess.of([testSeat(1)], 'on');
afterAll(async () => {
  await hall.kill();
  hall.remove();
});
const at = (name: string) => join(hall.folder, name);

/** A CA that may sign others: its own, or `by` another. */
async function authority(name: string, by: Authority | null) {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.create({
    serialNumber: `40${randomBytes(15).toString('hex')}`,
    subject: [{ CN: [name] }],
    issuer: by?.certificate.subjectName ?? [{ CN: [name] }],
    notBefore: new Date(Date.now() - DAY_MS),
    notAfter: new Date(Date.now() + 300 * DAY_MS),
    signingAlgorithm: SIGNATURE,
    publicKey: keys.publicKey,
    signingKey: by?.key ?? keys.privateKey,
    extensions: [
      new BasicConstraintsExtension(true, by ? 0 : 1, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      ...(by ? [await AuthorityKeyIdentifierExtension.create(by.certificate.publicKey)] : []),
    ],
  });
  return { certificate, key: keys.privateKey, pem: `${certificate.toString('pem')}\n` };
}

/** How somebody who trusts the root alone finds the hall: null where all is well, else why not. */
async function distrust(): Promise<string | null> {
  const port = Number(new URL(hall.ready.http).port);
  const ca = readFileSync(at('root.crt'));
  const socket = connect({ host: '127.0.0.1', port, ca, rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const why = socket.authorizationError;
  socket.destroy();
  // Its types call it an error; it is the name of one.
  return why === null ? null : String(why);
}

describe('a hall’s own certificate, of an intermediate CA', () => {
  it('is served with its chain, and believed by who trusts the root', async () => {
    const root = await authority('City Root', null);
    const intermediate = await authority('City Servers', root);
    const making = { random: randomBytes, now: Date.now() };
    const leaf = await issueServer(intermediate, ['127.0.0.1', 'localhost'], making);
    writeFileSync(at('root.crt'), root.pem);
    writeFileSync(at('hall.crt'), `${leaf.certificate}${intermediate.pem}`);
    writeFileSync(at('hall.key'), leaf.key, { mode: 0o600 });
    const yaml = readFileSync(at('hall.yaml'), 'utf8');
    const own = yaml.replace(/^tls: on$/m, 'tls: { cert: hall.crt, key: hall.key, ca: root.crt }');
    expect(own).not.toBe(yaml);
    writeFileSync(at('hall.yaml'), own);
    await hall.start();
    expect(hall.ready.trust?.ca).toBe(at('root.crt'));
    expect(await distrust()).toBeNull();
    // What it names to be trusted is enough to work there.
    await hall.staff('chair');
    if (!HAS_OPENSSL) return;
    const { port } = new URL(hall.ready.http);
    const dial = ['s_client', '-connect', `127.0.0.1:${port}`, '-verify_ip', '127.0.0.1', '-showcerts'];
    const { status, stdout } = spawnSync(
      'openssl',
      [...dial, '-verify_return_error', '-CAfile', at('root.crt'), '-no-CApath'],
      { input: '', encoding: 'utf8' },
    );
    expect(stdout).toContain('Verify return code: 0 (ok)');
    expect(stdout.match(/-----BEGIN CERTIFICATE-----/g)).toHaveLength(2);
    expect(status).toBe(0);
  });

  it('is not believed where its file has the certificate alone', async () => {
    const [alone = ''] = readFileSync(at('hall.crt'), 'utf8').split(/(?<=-----END CERTIFICATE-----\n)/);
    await hall.stop();
    writeFileSync(at('hall.crt'), alone);
    await hall.start();
    expect(await distrust()).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
  });
});
