import fastify from 'fastify';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { pathOf } from '../../coordinator/contract/route.ts';
import { EVERY_ROUTE, ROUTES } from '../../coordinator/contract/routes.ts';
import { serveListedOnly } from '../../coordinator/web/serve.ts';
import { type OpenHall, openHall } from '../support/open-hall.ts';
import { type ServedHall, serveHall } from '../support/served-hall.ts';

describe('the table of routes', () => {
  let open: OpenHall;
  let served: ServedHall;
  beforeAll(async () => {
    open = await openHall();
    served = await serveHall(open);
  });
  afterAll(async () => {
    await served.close();
    await open.close();
  });

  /** What a stranger is told who asks for a path, without anything to say. */
  async function told(method: string, path: string): Promise<string> {
    const response = await fetch(served.http + path, { method });
    return `${response.status} ${await response.text()}`;
  }

  const asked = EVERY_ROUTE.filter(({ as }) => as !== 'socket');

  it.each(asked)('$method $path is served, to those it is for', async ({ method, path, needs, as }) => {
    const answer = await told(method, pathOf(path, { file: 'x.bel', hash: 'x', '*': 'x' }));
    expect(answer).not.toContain('there is nothing here');
    expect(/^401 /.test(answer)).toBe(needs === 'person' || typeof needs === 'object');
    if (needs === 'sign-in') expect(answer).toMatch(/^400 /);
    if (as === 'json' && needs === 'anybody') expect(answer).toMatch(/^200 [{[]/);
  });

  it('has the line of the pages to the broker', async () => {
    const socket = new WebSocket(served.http.replace('http', 'ws') + ROUTES.mqtt.path, ['mqtt']);
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    expect(socket.protocol).toBe('mqtt');
    socket.terminate();
  });

  it('is all that is served', async () => {
    expect(await told('GET', '/api')).toBe('404 {"error":"there is nothing here"}');
    expect(await told('GET', '/api/act')).toMatch(/^404 /);
    expect(await told('PUT', '/api/hall')).toMatch(/^404 /);
  });

  it('names no way twice', () => {
    const ways = EVERY_ROUTE.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(ways).size).toBe(ways.length);
  });
});

describe('a route', () => {
  const app = fastify();
  serveListedOnly(app, EVERY_ROUTE);
  const answer = async () => 'yes';
  afterEach(() => app.close());

  it('that is not in the table, or for others than it says, is not served', () => {
    const staff = { config: { needs: ROUTES.stats.needs } };
    const anybody = { config: { needs: 'anybody' } } as const;
    app.get('/api/stats', staff, answer);
    expect(() => app.get('/api/more', staff, answer)).toThrow('GET /api/more is not in the table of routes');
    expect(() => app.post('/api/stats', staff, answer)).toThrow('POST /api/stats is not in the table');
    expect(() => app.get('/api/bundle', anybody, answer)).toThrow('GET /api/bundle is for others than');
  });
});
