import { createPrivateKey, randomBytes, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { makeKeyPair } from '../../shared/protocol/keys.ts';
import { openAuthority } from './authority.ts';
import { issueServer, issueTerminal, makeAuthority } from './issue.ts';
import { judgePeer } from './peer.ts';

test('a terminal shows its Ed25519 key in a handshake of TLS 1.3, and is known by it', async () => {
  const making = { random: randomBytes, now: Date.now() };
  const ca = await makeAuthority('test-hall', making);
  const authority = await openAuthority(ca.certificate, ca.key, Date.now());
  if (!authority.ok) throw new Error(authority.problem);
  const { x, seed, kid } = makeKeyPair(randomBytes);
  const holder = { hall: 'test-hall', terminal: 't1', key: x };
  const shown = await issueTerminal(authority.value, holder, making);
  const own = await issueServer(authority.value, ['127.0.0.1'], making);
  const server = createServer({
    cert: own.certificate,
    key: own.key,
    ca: ca.certificate,
    requestCert: true,
    rejectUnauthorized: true,
    minVersion: 'TLSv1.3',
  });
  onTestFinished(() => void server.close());
  const judged = new Promise((resolve, reject) => {
    server.on('tlsClientError', reject);
    server.on('secureConnection', (socket: TLSSocket) => {
      const rules = {
        hall: 'test-hall',
        authority: new X509Certificate(ca.certificate),
        now: Date.now,
        enrolled: () => kid,
      };
      resolve([socket.getProtocol(), judgePeer(socket.getPeerX509Certificate(), rules)]);
      socket.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const d = Buffer.from(seed).toString('base64url');
  const key = createPrivateKey({ key: { kty: 'OKP', crv: 'Ed25519', x, d }, format: 'jwk' });
  const client = connect({
    host: '127.0.0.1',
    port,
    ca: ca.certificate,
    cert: shown ?? '',
    key: key.export({ format: 'pem', type: 'pkcs8' }),
  });
  onTestFinished(() => void client.destroy());
  await once(client, 'secureConnect');
  expect(await judged).toMatchObject([
    'TLSv1.3',
    { ok: true, peer: { is: 'terminal', terminal: 't1', kid } },
  ]);
});
