import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { MqttClient } from 'mqtt';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWebSocketStream, WebSocket } from 'ws';
import { PAGES } from '../../coordinator/contract/routes.ts';
import { runCoordinator } from '../../coordinator/main.ts';
import { trustingFetch } from '../../coordinator/process/trusting-fetch.ts';
import { sampleHall } from '../../coordinator/rehearsal/sample/sample-hall.ts';
import type { RunningHall } from '../../coordinator/running.ts';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import { signJws } from '../../shared/protocol/jws.ts';
import { makeKeyPair } from '../../shared/protocol/keys.ts';
import { rawHttp } from '../support/raw-http.ts';

const folder = mkdtempSync(join(tmpdir(), 'hallvote-wire-'));
const pages = join(folder, 'pages');
let hall: RunningHall;

/** A copy of the sample hall in a folder of its own. */
function hallIn(name: string, change = (yaml: string) => yaml): string {
  const at = join(folder, name);
  mkdirSync(at);
  for (const [file, text] of Object.entries(sampleHall(3, 'on')))
    writeFileSync(join(at, file), file === 'hall.yaml' ? change(text) : text);
  return join(at, 'hall.yaml');
}

const run = (config: string) =>
  runCoordinator(config, { http: 0, https: 0, mqtt: 0, pages }, pino({ level: 'silent' }));

beforeAll(async () => {
  for (const page of Object.keys(PAGES)) {
    mkdirSync(join(pages, 'coordinator/pages', page), { recursive: true });
    writeFileSync(join(pages, 'coordinator/pages', page, `${page}.html`), `<title>${page}</title>`);
  }
  hall = await run(hallIn('hall'));
});
afterAll(async () => {
  await hall.stop();
  rmSync(folder, { recursive: true });
});

const trust = () => {
  if (!hall.trust?.ca) throw new Error('the hall speaks without TLS');
  return { ...hall.trust, ca: hall.trust.ca };
};
const portOf = (url: string) => Number(new URL(url).port);

describe('a hall with TLS', () => {
  it('serves its pages over https to who believes its CA, and to nobody else', async () => {
    const ask = trustingFetch(trust().ca);
    const page = await ask(`${hall.http}/chair`);
    expect([page.status, await page.text()]).toEqual([200, '<title>chair</title>']);
    // A browser would hold it against the next hall at the same address.
    expect(page.headers.get('strict-transport-security')).toBeNull();
    const refused = await fetch(`${hall.http}/chair`).catch((error: Error) => error.cause);
    expect(refused).toMatchObject({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
    const [elsewhere] = hall.elsewhere.http;
    if (elsewhere) expect((await ask(`${elsewhere}/api/hall`)).status).toBe(200);
  });

  it('gives its pages their line over it, and takes no terminal there', async () => {
    const ca = readFileSync(trust().ca);
    const at = `${hall.http.replace('https:', 'wss:')}/mqtt`;
    const dial = (clientId: string, password?: string) => {
      const stream = () => createWebSocketStream(new WebSocket(at, ['mqtt'], { ca }));
      const login = password === undefined ? {} : { username: clientId, password };
      const once = { protocolVersion: 4, reconnectPeriod: 0 } as const;
      return new MqttClient(stream, { clientId, ...login, ...once });
    };
    const outcome = (client: MqttClient) =>
      new Promise<string>((resolve) => {
        client.once('connect', () => resolve('in'));
        client.once('error', (error) => resolve(error.message));
      });
    const page = dial('web-0123456789abcdef');
    expect(await outcome(page)).toBe('in');
    page.end(true);
    const key = makeKeyPair(randomBytes);
    const common = { typ: 'connect', v: 1, hall: 'sample-hall', terminal: 'T1', n: 1 } as const;
    const proof = signJws({ ...common, key: key.x, coordinator: hall.key.kid }, nodeSigner(key));
    const terminal = dial('T1', proof);
    expect(await outcome(terminal)).toMatch(/Not authorized/);
    terminal.end(true);
  });

  it('answers without TLS with one page, whatever is asked for, and with its CA’s certificate', async () => {
    const { page, ca, fingerprint } = trust();
    const asked = async (path: string, init?: RequestInit) => {
      const answer = await fetch(page + path, init);
      return { status: answer.status, headers: answer.headers, text: await answer.text() };
    };
    const first = await asked('/');
    expect(first.status).toBe(200);
    for (const group of fingerprint?.split(' ') ?? ['none']) expect(first.text).toContain(`<span>${group}<`);
    expect(first.text).toContain(`:${portOf(hall.http)}"`);
    expect(first.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    for (const path of ['/chair', '/api/staff/act', '/mqtt', '/%', '/hallvote-ca.crt/'])
      expect((await asked(path)).text).toBe(first.text);
    expect((await asked('/api/sign-in', { method: 'POST', body: 'secret' })).text).toBe(first.text);
    const certificate = await asked('/hallvote-ca.crt');
    expect(certificate.headers.get('content-type')).toBe('application/x-x509-ca-cert');
    expect(certificate.text).toBe(readFileSync(ca, 'utf8'));
    expect(JSON.stringify(first)).not.toContain('PRIVATE');
  });

  it('leads nobody on who asks for it by a name that is not its own', async () => {
    const raw = rawHttp(portOf(trust().page), 'GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n');
    expect(await raw.hears('</main>')).toMatch(/^HTTP\/1\.1 421 /);
    const upgrade =
      'GET /mqtt HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
    const other = rawHttp(portOf(trust().page), upgrade);
    await other.closed;
    expect(other.heard()).not.toContain('101');
  });

  it('ends who speaks in the clear on its https port, and TLS on the other', async () => {
    const plain = rawHttp(portOf(hall.http), 'GET /chair HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await plain.closed;
    expect(plain.heard()).not.toContain('chair');
    const at = { port: portOf(trust().page), host: '127.0.0.1', rejectUnauthorized: false };
    const fault = await new Promise((resolve) => connect(at).once('error', resolve));
    expect(fault).toBeInstanceOf(Error);
  });

  it('starts without its CA’s key, and another machine starts from a copy of its data', async () => {
    const one = hallIn('copied');
    const first = await run(one);
    await first.stop();
    cpSync(join(folder, 'copied'), join(folder, 'elsewhere'), { recursive: true });
    rmSync(join(folder, 'elsewhere/data/tls/ca.key'));
    const second = await run(join(folder, 'elsewhere/hall.yaml'));
    expect(second.trust?.fingerprint).toBe(first.trust?.fingerprint);
    expect(second.key.kid).toBe(first.key.kid);
    await second.stop();
  });

  it('may bring a certificate that needs no page to say how to trust it', async () => {
    const own = join(folder, 'copied/data/tls/coordinator.pem');
    const text = readFileSync(own, 'utf8');
    const keyAt = text.indexOf('-----BEGIN PRIVATE');
    writeFileSync(join(folder, 'hall.crt'), text.slice(0, keyAt));
    writeFileSync(join(folder, 'hall.key'), text.slice(keyAt), { mode: 0o600 });
    const yaml = (written: string) =>
      written.replace(/^tls: on$/m, 'tls: { cert: ../hall.crt, key: ../hall.key }');
    const other = await run(hallIn('brought', yaml));
    expect(other.trust).toMatchObject({ ca: null, fingerprint: null });
    const page = await (await fetch(other.trust?.page ?? '')).text();
    expect(page).not.toContain('hallvote-ca.crt');
    expect(page).toContain(`https://`);
    expect((await fetch(`${other.trust?.page}/hallvote-ca.crt`)).headers.get('content-type')).toMatch(/html/);
    await other.stop();
  });
});
