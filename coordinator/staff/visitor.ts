import type { IncomingMessage } from 'node:http';
import { fastifyCookie } from '@fastify/cookie';
import type { Scrutineer } from '../contract/answers.ts';
import type { Scrutineers } from './scrutineers.ts';
import type { Staff } from './staff.ts';

/** The cookies of signed-in staff, of a signed-in scrutineer, and of a device on which staff has signed in before. */
export const STAFF_COOKIE = 'hallvote';
export const SCRUTINEER_COOKIE = 'hallvote-scrutineer';
export const DEVICE_COOKIE = 'hallvote-device';

/** Who sends a request. */
export interface Visitor {
  readonly isStaff: boolean;
  readonly scrutineer: Scrutineer | null;
}

/** Whether somebody has signed in there, as staff or as a scrutineer. */
export function isSignedIn({ isStaff, scrutineer }: Visitor): boolean {
  return isStaff || scrutineer !== null;
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

/** Whether the request, or the one that opened a connection, is signed-in staff's. */
export function isStaffRequest(staff: Staff, request: IncomingMessage): boolean {
  return isSameOrigin(request) && staff.isSignedIn(cookieOf(request, STAFF_COOKIE));
}

/** Tells from its cookies and its origin who sends a request. */
export function visitorOf(staff: Staff, scrutineers: Scrutineers, request: IncomingMessage): Visitor {
  return {
    isStaff: isStaffRequest(staff, request),
    scrutineer: isSameOrigin(request) ? scrutineers.of(cookieOf(request, SCRUTINEER_COOKIE)) : null,
  };
}
