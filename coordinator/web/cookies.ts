import type { IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DEVICE_MS } from '../staff/session-book.ts';
import { cookieNames, cookieOf, isSecure } from '../staff/visitor.ts';

/** How a cookie is set: other sites' pages neither read it nor send it, and over TLS it never goes in the clear. */
const setting = (request: IncomingMessage) =>
  ({ path: '/', httpOnly: true, sameSite: 'strict', secure: isSecure(request) }) as const;

/** Gives a browser its session. It ends with the browser, and here when time or a person ends it. */
export function setSession({ raw, program }: FastifyRequest, reply: FastifyReply, token: string): void {
  reply.setCookie(cookieNames(isSecure(raw), program).session, token, setting(raw));
}

export function clearSession({ raw, program }: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(cookieNames(isSecure(raw), program).session, setting(raw));
}

/** Gives no right: a place in the line for signing in, where strangers try many passwords. */
export function setDevice({ raw, program }: FastifyRequest, reply: FastifyReply, device: string): void {
  const name = cookieNames(isSecure(raw), program).device;
  reply.setCookie(name, device, { ...setting(raw), maxAge: DEVICE_MS / 1000 });
}

/** What this browser was called when somebody signed in on it. */
export function deviceOf({ raw, program }: FastifyRequest): string | undefined {
  return cookieOf(raw, cookieNames(isSecure(raw), program).device);
}
