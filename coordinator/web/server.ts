import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyInstance } from 'fastify';
import { HTTP_LIMITS, limitHeaders } from '../../shared/protocol/http-limits.ts';
import { placeOf } from '../hall/door/place.ts';
import type { Persons } from '../staff/persons.ts';
import { isSameOrigin, visitorOf } from '../staff/visitor.ts';
import type { Identity } from '../tls/issue.ts';
import { TLS } from '../wire/tls-options.ts';
import { keepGate } from './gate.ts';
import { SECURITY_HEADERS } from './headers.ts';
import { isOwnHost, REFUSAL_POLICY, refuseHost } from './hosts.ts';
import { takeJson } from './json-body.ts';
import { type MqttSockets, mqttSockets } from './mqtt-sockets.ts';
import { accountRoutes } from './routes/account.ts';
import { type ActParts, actRoutes } from './routes/acts.ts';
import { administrationRoutes } from './routes/administration.ts';
import { type PageParts, pageRoutes } from './routes/pages.ts';
import { type PublicParts, publicRoutes } from './routes/public.ts';
import { type RecordParts, recordRoutes } from './routes/records.ts';
import { type SignInParts, signInRoutes } from './routes/sign-in.ts';
import { type UpdateParts, updateRoutes } from './routes/updates.ts';
import { serveListedOnly } from './serve.ts';

export interface WebOptions
  extends PageParts,
    PublicParts,
    SignInParts,
    ActParts,
    RecordParts,
    UpdateParts,
    Omit<MqttSockets, 'isOwn' | 'personOf'> {
  /** Names on the internet by which this hall is reached. */
  readonly names: readonly string[];
  /** What the pages' server shows; null in a hall without TLS. */
  readonly tls?: Identity | null;
  readonly persons: Persons;
  /** Somebody who is signed in is at the other end of this connection; told with every request of theirs. */
  readonly onSignedIn?: (socket: Socket) => void;
}

/**
 * The HTTP side of the coordinator: pages, signing in, acts of the staff, MQTT over WebSocket at `/mqtt`.
 * Made ready, and not listening yet.
 * @throws where a route is not in the table of routes, or for others than it says there.
 */
export async function webServer(options: WebOptions): Promise<FastifyInstance> {
  const app = appOf(options.tls ?? null);
  try {
    await fill(app, options);
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

async function fill(app: FastifyInstance, options: WebOptions): Promise<void> {
  const { persons, names, report, onSignedIn = () => {} } = options;
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
  serveListedOnly(app);
  keepGate(app, { persons, visitorOf: visitor, onSignedIn });
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

  await app.register(pageRoutes, options);
  await app.register(publicRoutes, options);
  await app.register(signInRoutes, options);
  await app.register(accountRoutes, options);
  await app.register(administrationRoutes, options);
  await app.register(actRoutes, options);
  await app.register(recordRoutes, options);
  await app.register(updateRoutes, options);

  const endSockets = mqttSockets(app.server, {
    ...options,
    isOwn: (request) => {
      if (visitor(request)) onSignedIn(request.socket);
      return isOwnHost(request.headers.host, names) && isSameOrigin(request);
    },
    personOf: (request) => visitor(request)?.person.id ?? null,
  });
  app.addHook('preClose', async () => {
    endSockets();
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
