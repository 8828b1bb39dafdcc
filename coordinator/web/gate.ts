import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ACT_REFUSALS } from '../contract/acts.ts';
import type { StaffPerson } from '../contract/person.ts';
import type { Needs } from '../contract/route.ts';
import type { Persons, SignedIn } from '../staff/persons.ts';
import type { Visitor } from '../staff/visitor.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    readonly needs?: Needs;
    readonly isUse?: boolean;
    /** How long (ms) a stranger's body may take, where it is more than a name and a secret. */
    readonly bodyMs?: number;
  }
  interface FastifyRequest {
    visitor: Visitor;
    /** By what the program's cookies are called. */
    readonly program: string;
  }
}

/** The whole body of somebody who has not signed in has come by then. */
const STRANGERS_BODY_MS = 10_000;

/** How long staff waits for an answer during which nothing comes: the bundle of a long sitting is made meanwhile. */
const STAFF_PATIENCE_MS = 10 * 60_000;

export interface Gate {
  readonly persons: Pick<Persons, 'used' | 'program'>;
  /** Whether the program's table of rights lets a person do an act. */
  readonly may: (person: StaffPerson, act: string) => boolean;
  readonly visitorOf: (request: IncomingMessage) => Visitor;
  /** Somebody who is signed in sends a request on this connection. */
  readonly onSignedIn: (socket: Socket) => void;
}

/**
 * Every route says in its configuration what it needs, and is refused before its body is read to whoever has not that: 401 to
 * strangers, 403 to those whose role may not. One that does not say so is not served: the server does not start.
 */
export function keepGate(app: FastifyInstance, { persons, may, visitorOf, onSignedIn }: Gate): void {
  app.addHook('onRoute', ({ method, url, config }) => {
    if (config?.needs === undefined) throw new Error(`${method} ${url} does not say who may call it`);
  });

  app.decorateRequest('visitor');
  app.decorateRequest('program', persons.program);
  app.addHook('onRequest', async (request, reply) => {
    const visitor = visitorOf(request.raw);
    request.visitor = visitor;
    const { socket } = request.raw;
    const { needs = 'anybody', isUse } = request.routeOptions.config;
    if (visitor) {
      onSignedIn(socket);
      socket.setTimeout(STAFF_PATIENCE_MS);
      if (isUse) persons.used(visitor);
    } else cutUnfinished(request);
    if (request.is404) return reply.code(404).send({ error: 'there is nothing here' });
    if (needs === 'anybody' || needs === 'sign-in') return undefined;
    if (!visitor) return reply.code(401).send({ error: 'sign in' });
    if (needs === 'person') return undefined;
    return needs.some((act) => may(visitor.person, act)) ? undefined : refuseRole(reply);
  });
}

/** Tells somebody who is signed in that this is not theirs to do. */
export function refuseRole(reply: FastifyReply): FastifyReply {
  const text = ACT_REFUSALS['not-allowed'];
  return reply.code(403).send({ error: `${text.zh} · ${text.en}`, text });
}

/** Who is signed in, at a route that strangers do not reach. */
export function signedIn({ visitor }: FastifyRequest): SignedIn {
  if (!visitor) throw new Error('a route that needs a person is reached by a stranger');
  return visitor;
}

/** Ends the connection of a request whose body does not come. */
function cutUnfinished({ raw, routeOptions }: FastifyRequest): void {
  const { 'content-length': length, 'transfer-encoding': encoding } = raw.headers;
  if (length === undefined && encoding === undefined) return;
  const timer = setTimeout(() => raw.socket.destroy(), routeOptions.config.bodyMs ?? STRANGERS_BODY_MS);
  raw.once('end', () => clearTimeout(timer));
  raw.once('close', () => clearTimeout(timer));
}
