import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { EVERY_ROUTE } from '../contract/routes.ts';
import { isSameOrigin, visitorOf } from '../staff/visitor.ts';
import { isOwnHost } from './hosts.ts';
import { type HttpOptions, httpApp } from './http-app.ts';
import { type MqttSockets, mqttSockets } from './mqtt-sockets.ts';
import { accountRoutes } from './routes/account.ts';
import { type ActParts, actRoutes } from './routes/acts.ts';
import { administrationRoutes } from './routes/administration.ts';
import { type PageParts, pageRoutes } from './routes/pages.ts';
import { type PublicParts, publicRoutes } from './routes/public.ts';
import { type RecordParts, recordRoutes } from './routes/records.ts';
import { type SessionParts, sessionRoutes } from './routes/session.ts';
import { signInRoutes } from './routes/sign-in.ts';
import { type UpdateParts, updateRoutes } from './routes/updates.ts';

export interface WebOptions
  extends HttpOptions,
    PageParts,
    PublicParts,
    SessionParts,
    ActParts,
    RecordParts,
    UpdateParts,
    Omit<MqttSockets, 'isOwn' | 'personOf'> {}

/**
 * The HTTP side of the coordinator: pages, signing in, acts of the staff, MQTT over WebSocket at `/mqtt`.
 * Made ready, and not listening yet.
 */
export function webServer(options: WebOptions): Promise<FastifyInstance> {
  return httpApp(options, EVERY_ROUTE, (app) => fill(app, options));
}

async function fill(app: FastifyInstance, options: WebOptions): Promise<void> {
  const { persons, names, onSignedIn = () => {} } = options;
  const visitor = (request: IncomingMessage) => visitorOf(persons, request);
  await app.register(pageRoutes, options);
  await app.register(publicRoutes, options);
  await app.register(sessionRoutes, options);
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
  });
}
