import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Right } from '../contract/route.ts';
import { isSignedIn, type Visitor } from './visitor.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    readonly right?: Right;
  }
  interface FastifyRequest {
    visitor: Visitor;
  }
}

/** The largest body in bytes. Where nobody has signed in: a password or a code. */
const BODY_LIMIT: Readonly<Record<Right, number>> = {
  anybody: 4 * 1024,
  'sign-in': 4 * 1024,
  staff: 64 * 1024,
  /** A polynomial or a share of a large motion. */
  scrutineer: 4 * 1024 * 1024,
};

/** The whole body of somebody who has not signed in has come by then. */
const STRANGERS_BODY_MS = 10_000;

/** How long staff waits for an answer during which nothing comes: the bundle of a long sitting is made meanwhile. */
const STAFF_PATIENCE_MS = 10 * 60_000;

export interface Rights {
  readonly visitorOf: (request: FastifyRequest['raw']) => Visitor;
  /** Signed-in staff or a scrutineer sends a request on this connection. */
  readonly onSignedIn: (socket: Socket) => void;
}

/**
 * Every route says in its configuration who may call it, and is refused before its body is read to whoever may not. One that does
 * not say so is not served: the server does not start.
 */
export function enforceRights(app: FastifyInstance, { visitorOf, onSignedIn }: Rights): void {
  app.addHook('onRoute', (route) => {
    const right = Right.safeParse(route.config?.right);
    if (!right.success) throw new Error(`${route.method} ${route.url} does not say who may call it`);
    route.bodyLimit = BODY_LIMIT[right.data];
  });

  app.decorateRequest('visitor');
  app.addHook('onRequest', async (request, reply) => {
    const visitor = visitorOf(request.raw);
    request.visitor = visitor;
    const { socket } = request.raw;
    if (isSignedIn(visitor)) {
      onSignedIn(socket);
      socket.setTimeout(STAFF_PATIENCE_MS);
    } else cutUnfinished(request);
    if (request.is404) return reply.code(404).send({ error: 'there is nothing here' });
    const { right } = request.routeOptions.config;
    const isRefused =
      (right === 'staff' && !visitor.isStaff) || (right === 'scrutineer' && !visitor.scrutineer);
    return isRefused ? reply.code(401).send({ error: 'sign in' }) : undefined;
  });
}

/** Ends the connection of a request whose body does not come. */
function cutUnfinished({ raw }: FastifyRequest): void {
  const { 'content-length': length, 'transfer-encoding': encoding } = raw.headers;
  if (length === undefined && encoding === undefined) return;
  const timer = setTimeout(() => raw.socket.destroy(), STRANGERS_BODY_MS);
  raw.once('end', () => clearTimeout(timer));
  raw.once('close', () => clearTimeout(timer));
}
