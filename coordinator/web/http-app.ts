import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyInstance } from 'fastify';
import type { Report } from '../../shared/protocol/guarded.ts';
import { HTTP_LIMITS, limitHeaders } from '../../shared/protocol/http-limits.ts';
import type { StaffPerson } from '../contract/person.ts';
import type { Route } from '../contract/route.ts';
import { placeOf } from '../door/place.ts';
import type { Persons } from '../staff/persons.ts';
import { isSameOrigin, visitorOf } from '../staff/visitor.ts';
import type { Identity } from '../tls/issue.ts';
import { TLS } from '../wire/tls-options.ts';
import { keepGate } from './gate.ts';
import { SECURITY_HEADERS } from './headers.ts';
import { isOwnHost, REFUSAL_POLICY, refuseHost } from './hosts.ts';
import { takeJson } from './json-body.ts';
import { serveListedOnly } from './serve.ts';

export interface HttpOptions {
  /** Names on the internet by which this program is reached. */
  readonly names: readonly string[];
  /** What the pages' server shows; null where it speaks without TLS. */
  readonly tls?: Identity | null;
  readonly persons: Persons;
  /** Whether the program's table of rights lets a person do an act. */
  readonly may: (person: StaffPerson, act: string) => boolean;
  /** Somebody who is signed in is at the other end of this connection; told with every request of theirs. */
  readonly onSignedIn?: (socket: Socket) => void;
  readonly report: Report;
}

/**
 * A program's HTTP side: what every request passes before it comes to a route of `routes`, which `fill` registers.
 * Made ready, and not listening yet.
 * @throws where a route is not in the table of routes, or for others than it says there.
 */
export async function httpApp(
  options: HttpOptions,
  routes: readonly Route[],
  fill: (app: FastifyInstance) => Promise<void>,
): Promise<FastifyInstance> {
  const app = appOf(options.tls ?? null);
  try {
    await guard(app, options, routes);
    await fill(app);
    await app.ready();
    return app;
  } catch (error) {
    await app.close();
    throw error;
  }
}

/** Fastify, over TLS where there is a certificate to show. */
function appOf(tls: Identity | null): FastifyInstance {
  const options = { ...HTTP_LIMITS, trustProxy: false, logger: false } as const;
  if (tls === null) return fastify(options);
  const { certificate: cert, key } = tls;
  const { http } = HTTP_LIMITS;
  return fastify({ ...options, https: { ...http, ...TLS, cert, key } });
}

async function guard(app: FastifyInstance, options: HttpOptions, routes: readonly Route[]): Promise<void> {
  const { persons, may, names, report, onSignedIn = () => {} } = options;
  const visitor = (request: IncomingMessage) => visitorOf(persons, request);
  limitHeaders(app.server);
  takeJson(app);
  await app.register(cookie);
  await app.register(helmet, SECURITY_HEADERS);

  app.addHook('onRequest', async (request, reply) => {
    // Pages and what they are made of say otherwise.
    reply.header('Cache-Control', 'no-store');
    const { host } = request.headers;
    if (!isOwnHost(host, names)) {
      reply.header('Content-Security-Policy', REFUSAL_POLICY);
      return reply.code(421).type('text/html; charset=utf-8').send(refuseHost(host));
    }
    if (request.method !== 'GET' && !isSameOrigin(request.raw))
      return reply.code(403).send({ error: 'another origin' });
    return undefined;
  });
  serveListedOnly(app, routes);
  keepGate(app, { persons, may, visitorOf: visitor, onSignedIn });
  await app.register(rateLimit, {
    global: false,
    keyGenerator: (request) => placeOf(request.raw.socket.remoteAddress),
    // So many places are remembered at once.
    cache: 5_000,
  });
  app.setErrorHandler((error: unknown, _request, reply) => {
    const { status, text } = faultOf(error);
    if (status >= 500) report('a request', error);
    return reply.code(status).send({ error: text });
  });
  app.addHook('preClose', async () => {
    // Whoever has half a request under way would hold up the end.
    app.server.closeAllConnections();
  });
}

/** What went wrong with a request; of a fault of ours a stranger hears nothing. */
function faultOf(error: unknown): { readonly status: number; readonly text: string } {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  return error instanceof Error && status >= 400 && status < 500
    ? { status, text: error.message }
    : { status: 500, text: 'this did not work; the log of the coordinator says why' };
}
