import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../shared/protocol/bytes.ts';
import { nodeSigner } from '../../shared/protocol/ed25519-node.ts';
import { signManifest } from '../../shared/update/manifest.ts';
import { type FetchParts, fetchRelease } from './fetch.ts';
import { placesIn } from './places.ts';
import { MACHINE, manifestFor, RELEASE_KEY, RELEASE_PUBLIC } from './testing/releases.ts';

const LARGE = randomBytes(1_500_000)
  .toString('latin1')
  .replace(/[^\x20-\x7e]/g, 'x');
const FILES = { 'package.json': '{}', 'dist/terminal/main.js': 'run()', 'dist/large': LARGE };
const TEXT = signManifest(manifestFor(2, FILES), nodeSigner(RELEASE_KEY));
const HASH = sha256Hex(TEXT);
const BY_HASH = new Map(Object.values(FILES).map((text) => [sha256Hex(text), Buffer.from(text, 'latin1')]));

let server: Server;
let from = '';
let folder = '';
/** What the server does in place of answering as it should; undefined: as it should. */
let answer: (
  path: string,
) => { status: number; body: Uint8Array; headers?: Record<string, string> } | undefined;
const asked: string[] = [];

/** What a good coordinator answers. */
function good(path: string): Uint8Array | null {
  const [, kind, names = ''] = /^\/api\/update\/(manifests|contents)\/(.*)$/.exec(path) ?? [];
  if (kind === 'manifests') return names === HASH ? Buffer.from(TEXT) : null;
  return Buffer.concat(names.split('+').map((name) => BY_HASH.get(name) ?? Buffer.alloc(0)));
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hallvote-fetch-'));
  answer = () => undefined;
  asked.length = 0;
  server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const body = good(path);
    const {
      status,
      body: text,
      headers,
    } = answer(path) ?? { status: body ? 200 : 404, body: body ?? Buffer.alloc(0) };
    response.writeHead(status, headers).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  from = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

/** Time that passes as soon as somebody waits for it. */
const clock = {
  now: () => 0,
  after: (_ms: number, then: () => void) => {
    const timer = setImmediate(then);
    return () => clearImmediate(timer);
  },
};

const run = (more: Partial<FetchParts> = {}, signal = new AbortController().signal) =>
  fetchRelease(
    HASH,
    {
      places: placesIn(folder, '/factory'),
      releaseKey: RELEASE_PUBLIC,
      machine: { ...MACHINE, order: 1 },
      from,
      isBusy: () => false,
      sourceHash: async () => null,
      onProgress: () => {},
      clock,
      random: () => 0.5,
      ...more,
    },
    signal,
  );
const there = () => readdirSync(join(folder, 'update/contents')).sort();

describe('fetching a version', () => {
  it('brings every content, small ones together, and asks for none twice', async () => {
    const progress: number[] = [];
    expect(await run({ onProgress: (percent) => progress.push(percent) })).toBeNull();
    expect(there()).toEqual([...BY_HASH.keys()].sort());
    for (const [hash, bytes] of BY_HASH)
      expect(readFileSync(join(folder, 'update/contents', hash)).equals(bytes)).toBe(true);
    expect(asked).toHaveLength(3);
    expect(progress.at(-1)).toBe(100);
    expect(await run()).toBeNull();
    expect(asked).toHaveLength(3);
  });

  it('leaves out what the running version has', async () => {
    expect(
      await run({ sourceHash: async (path) => (path === 'dist/large' ? sha256Hex(LARGE) : null) }),
    ).toBeNull();
    expect(there()).toHaveLength(2);
  });

  it('waits while a vote is open, and when it is told to come later, for as long as it takes', async () => {
    let busy = 50;
    answer = () => {
      busy -= 1;
      return busy > 0 ? { status: 503, body: Buffer.alloc(0), headers: { 'retry-after': '1' } } : undefined;
    };
    expect(await run()).toBeNull();
    let looks = 0;
    answer = () => ({ status: 404, body: Buffer.alloc(0) });
    rmSync(join(folder, 'update'), { recursive: true });
    asked.length = 0;
    const voting = run({ isBusy: () => ++looks < 200 });
    expect(await voting).toBe('unavailable');
    expect(looks).toBeGreaterThanOrEqual(200);
  });

  it.each([
    ['is not there', () => ({ status: 404, body: Buffer.alloc(0) }), 'unavailable'],
    ['is another one', () => ({ status: 200, body: Buffer.from('x'.repeat(5)) }), 'altered'],
    ['never ends', () => ({ status: 200, body: Buffer.alloc(14 << 20) }), 'altered'],
  ])('is refused where what comes %s', async (_what, lie, why) => {
    answer = (path) => (path.includes('manifests') ? undefined : lie());
    expect(await run()).toBe(why);
    expect(there().filter((name) => !name.endsWith('.part'))).toEqual([]);
    rmSync(join(folder, 'update'), { recursive: true });
    answer = lie;
    expect(await run()).toBe(why);
  });

  it.each([
    ['older', { machine: { ...MACHINE, order: 2 } }, 'older'],
    ['for another processor', { machine: { arch: 'x64', node: '22.1.0', order: 1 } }, 'wrong-machine'],
    ['of anybody, where no key is pinned', { releaseKey: null }, 'no-release-key'],
  ])('fetches no content of a version that is %s', async (_what, more, why) => {
    expect(await run(more)).toBe(why);
    expect(asked.filter((path) => path.includes('contents'))).toEqual([]);
  });

  it('goes on through broken lines', async () => {
    let breaks = 6;
    const listeners = server.listeners('request');
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      breaks -= 1;
      if (breaks > 0) {
        response.writeHead(200, { 'content-length': '99999' });
        response.write('half');
        setImmediate(() => request.socket.destroy());
      } else for (const listener of listeners) listener.call(server, request, response);
    });
    expect(await run()).toBeNull();
    expect(there()).toHaveLength(BY_HASH.size);
  });

  it('ends when it is stopped', async () => {
    const stop = new AbortController();
    answer = () => {
      stop.abort();
      return { status: 404, body: Buffer.alloc(0) };
    };
    expect(await run({}, stop.signal)).toBe('unavailable');
  });
});
