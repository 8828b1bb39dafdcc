import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Id } from '../../shared/ids.ts';
import type { Done } from '../hall.ts';
import type { SecretAct } from '../sitting/decide-secret.ts';
import { type ActAnswer, ScrutineerAct } from '../views/acts.ts';
import type { Scrutineers } from './scrutineers.ts';

const COOKIE = 'hallvote-scrutineer';
const SESSION = { path: '/', httpOnly: true, sameSite: 'strict' } as const;
const GUARDED = { rateLimit: { max: 10, timeWindow: '1 minute' } };

/** A polynomial or a share of a large motion is longer than what staff sends. */
const BODY_LIMIT = 4 * 1024 * 1024;

const Code = z.strictObject({ code: z.string().max(40) });
const Renewed = z.strictObject({ id: Id });

export interface ScrutineerRoutes {
  readonly scrutineers: Scrutineers;
  readonly act: (act: SecretAct) => Promise<Done>;
  readonly isStaff: (request: IncomingMessage) => boolean;
  readonly answerOf: (done: Done) => ActAnswer;
}

/** The HTTP side of the scrutineers' page: signing in with a code, and what scrutineers do. */
export function scrutineerRoutes(
  app: FastifyInstance,
  { scrutineers, act, isStaff, answerOf }: ScrutineerRoutes,
): void {
  app.post('/api/scrutineer/sign-in', { config: GUARDED }, async (request, reply) => {
    const body = Code.safeParse(request.body);
    const session = body.success ? scrutineers.signIn(body.data.code) : null;
    if (!session) return reply.code(401).send({ error: 'wrong code' });
    return reply.setCookie(COOKIE, session.token, SESSION).send(session.scrutineer);
  });

  app.get('/api/scrutineer/session', async (request) => ({
    scrutineer: scrutineers.of(request.cookies[COOKIE]),
  }));

  app.post('/api/scrutineer/sign-out', async (request, reply) => {
    const token = request.cookies[COOKIE];
    if (token !== undefined) scrutineers.signOut(token);
    return reply.clearCookie(COOKIE, SESSION).send({ ok: true });
  });

  app.post('/api/scrutineer/act', { bodyLimit: BODY_LIMIT }, async (request, reply) => {
    const scrutineer = scrutineers.of(request.cookies[COOKIE]);
    if (!scrutineer) return reply.code(401).send({ error: 'sign in' });
    const body = ScrutineerAct.safeParse(request.body);
    if (!body.success) return reply.code(400).send({ error: z.prettifyError(body.error) });
    const answer = answerOf(await act({ ...body.data, owner: scrutineer.owner }));
    return reply.code(answer.ok ? 200 : 409).send(answer);
  });

  // The operator hands out the codes.
  app.get('/api/scrutineers', async (request, reply) =>
    isStaff(request.raw) ? scrutineers.codes() : reply.code(401).send({ error: 'sign in' }),
  );
  app.post('/api/scrutineers/renew', async (request, reply) => {
    if (!isStaff(request.raw)) return reply.code(401).send({ error: 'sign in' });
    const body = Renewed.safeParse(request.body);
    if (!body.success || !scrutineers.all.some(({ id }) => id === body.data.id))
      return reply.code(400).send({ error: 'no such scrutineer' });
    scrutineers.renew(body.data.id);
    return scrutineers.codes();
  });
}
