import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Act } from '../../contract/acts.ts';
import { placeOf } from '../../hall/door/place.ts';
import type { Done } from '../../hall/hall.ts';
import { DEVICE_MS, type From, type SignIn, type Staff } from '../../staff/staff.ts';
import { cookieOf, DEVICE_COOKIE, STAFF_COOKIE } from '../../staff/visitor.ts';
import { answerOf, refusal } from '../answers.ts';
import { later } from '../later.ts';

const SESSION = { path: '/', httpOnly: true, sameSite: 'strict' } as const;
/** Gives no right: a place in the line for signing in, where strangers try many passwords. */
const DEVICE = { ...SESSION, path: '/api', maxAge: DEVICE_MS / 1000 } as const;
const SIGN_IN = { right: 'sign-in' } as const;

const Setup = z.strictObject({ code: z.string().max(20), password: z.string().min(8).max(200) });
const Login = z.strictObject({ password: z.string().max(200) });

export interface StaffRoutes {
  readonly staff: Staff;
  readonly act: (act: Act) => Promise<Done>;
  /** Figures of this process for staff and benchmarks. */
  readonly stats: () => object;
  /** Writes the bundle of the sitting so far; null while a vote is open. */
  readonly bundle: () => Promise<{ name: string; bytes: Uint8Array } | null>;
}

/** The HTTP side of the chair's and the operator's pages: signing in and out, and what staff does. */
export function staffRoutes(app: FastifyInstance, { staff, act, stats, bundle }: StaffRoutes): void {
  app.get('/api/session', { config: { right: 'anybody' } }, async ({ visitor }) => ({
    setUp: staff.isSetUp,
    signedIn: visitor.isStaff,
  }));

  app.post('/api/setup', { config: SIGN_IN }, async (request, reply) => {
    const body = Setup.safeParse(request.body);
    if (!body.success)
      return reply.code(400).send({ error: 'a code and a password of at least 8 characters' });
    if (staff.isSetUp) return reply.code(409).send({ error: 'the hall has a password' });
    const { code, password } = body.data;
    return enter(reply, await staff.setUp(code, password, from(request)), 'wrong code');
  });

  app.post('/api/login', { config: SIGN_IN }, async (request, reply) => {
    const body = Login.safeParse(request.body);
    if (!body.success) return reply.code(400).send({ error: 'a password' });
    return enter(reply, await staff.signIn(body.data.password, from(request)), 'wrong password');
  });

  app.post('/api/logout', { config: { right: 'anybody' } }, async (request, reply) => {
    const token = cookieOf(request.raw, STAFF_COOKIE);
    if (token !== undefined) staff.signOut(token);
    return reply.clearCookie(STAFF_COOKIE, SESSION).send({ ok: true });
  });

  app.post('/api/act', { config: { right: 'staff' } }, async (request, reply) => {
    const body = Act.safeParse(request.body);
    if (!body.success) return reply.code(400).send({ error: z.prettifyError(body.error) });
    const answer = answerOf(await act(body.data));
    return reply.code(answer.ok ? 200 : 409).send(answer);
  });

  app.get('/api/stats', { config: { right: 'staff' } }, async () => stats());

  app.get('/api/bundle', { config: { right: 'staff' } }, async (_request, reply) => {
    const made = await bundle();
    if (!made) return reply.code(409).send(refusal('vote-open'));
    return reply
      .type('application/zip')
      .header('Content-Disposition', `attachment; filename="${made.name}"`)
      .send(Buffer.from(made.bytes));
  });
}

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
