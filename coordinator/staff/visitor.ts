import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import { fastifyCookie } from '@fastify/cookie';
import type { Persons, SignedIn } from './persons.ts';

/** Who sends a request; null: a stranger, or somebody who is signed out. */
export type Visitor = SignedIn | null;

/** Whether a request came over TLS. */
export function isSecure({ socket }: Pick<IncomingMessage, 'socket'>): boolean {
  return socket instanceof TLSSocket;
}

/** A browser sends a cookie to every port of a host: two programs on one machine call theirs by different names. */
export const HALL_COOKIES = 'hallvote';

/**
 * What the cookies are called of a session, and of a browser on which somebody has signed in. Over TLS by a name that
 * browsers take from this very host and over TLS only (RFC 6265bis §4.1.3.2).
 */
export function cookieNames(
  secure: boolean,
  program = HALL_COOKIES,
): { readonly session: string; readonly device: string } {
  const prefix = secure ? '__Host-' : '';
  return { session: `${prefix}${program}`, device: `${prefix}${program}-device` };
}

/** What a request's cookie of this name holds; undefined where there is none. */
export function cookieOf(request: IncomingMessage, name: string): string | undefined {
  return fastifyCookie.parse(request.headers.cookie ?? '')[name];
}

/** A browser says where a request comes from; another site's pages get nothing done here. */
export function isSameOrigin(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

/** Tells from its cookie and its origin who sends a request, or sent the one that opened a connection. */
export function visitorOf(persons: Persons, request: IncomingMessage): Visitor {
  if (!isSameOrigin(request)) return null;
  return persons.of(cookieOf(request, cookieNames(isSecure(request), persons.program).session));
}
