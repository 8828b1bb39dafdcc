import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { ROUTES } from '../../contract/routes.ts';
import { placeOf } from '../../hall/door/place.ts';
import type { From, SignIn, Staff } from '../../staff/staff.ts';
import { cookieOf, DEVICE_COOKIE, STAFF_COOKIE } from '../../staff/visitor.ts';
import { DEVICE, SESSION } from '../cookies.ts';
import { serve } from '../serve.ts';
import { later } from '../try-later.ts';

export interface SignInParts {
  readonly staff: Staff;
}

/** How staff comes in and leaves. */
export const signInRoutes: FastifyPluginAsync<SignInParts> = async (app, { staff }) => {
  serve(app, ROUTES.session, async ({ request: { visitor } }) => ({
    setUp: staff.isSetUp,
    signedIn: visitor.isStaff,
  }));

  serve(app, ROUTES.setUp, async ({ body: { code, password }, request }, reply) => {
    if (staff.isSetUp) return reply.code(409).send({ error: 'the hall has a password' });
    return enter(reply, await staff.setUp(code, password, from(request)), 'wrong code');
  });

  serve(app, ROUTES.signIn, async ({ body: { password }, request }, reply) =>
    enter(reply, await staff.signIn(password, from(request)), 'wrong password'),
  );

  serve(app, ROUTES.signOut, async ({ request }, reply) => {
    const token = cookieOf(request.raw, STAFF_COOKIE);
    if (token !== undefined) staff.signOut(token);
    return reply.clearCookie(STAFF_COOKIE, SESSION).send({ ok: true });
  });
};

function from({ raw }: FastifyRequest): From {
  return { address: placeOf(raw.socket.remoteAddress), device: cookieOf(raw, DEVICE_COOKIE) };
}

function enter(reply: FastifyReply, outcome: SignIn, wrong: string): FastifyReply {
  switch (outcome.is) {
    case 'in':
      // The session first: programs take the first cookie for theirs.
      reply.setCookie(STAFF_COOKIE, outcome.token, SESSION);
      if (outcome.device !== null) reply.setCookie(DEVICE_COOKIE, outcome.device, DEVICE);
      return reply.send({ ok: true });
    case 'wrong':
      return reply.code(401).send({ error: wrong });
    case 'too-often':
      return later(reply.code(429), outcome.wait);
    case 'busy':
      return later(reply.code(503), outcome.wait);
  }
}
