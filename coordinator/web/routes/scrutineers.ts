import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Id } from '../../../shared/protocol/ids.ts';
import { ScrutineerAct } from '../../contract/acts.ts';
import { placeOf } from '../../hall/door/place.ts';
import type { Done } from '../../hall/hall.ts';
import type { SecretAct } from '../../sitting/decide-secret.ts';
import type { Scrutineers } from '../../staff/scrutineers.ts';
import { cookieOf, SCRUTINEER_COOKIE } from '../../staff/visitor.ts';
import { answerOf } from '../answers.ts';
import { later } from '../later.ts';

const SESSION = { path: '/', httpOnly: true, sameSite: 'strict' } as const;

const Code = z.strictObject({ code: z.string().max(40) });
const Renewed = z.strictObject({ id: Id });

export interface ScrutineerRoutes {
  readonly scrutineers: Scrutineers;
  readonly act: (act: SecretAct) => Promise<Done>;
}

/** The HTTP side of the scrutineers' page: signing in with a code, and what scrutineers do. */
export function scrutineerRoutes(app: FastifyInstance, { scrutineers, act }: ScrutineerRoutes): void {
  app.post('/api/scrutineer/sign-in', { config: { right: 'sign-in' } }, async (request, reply) => {
    const body = Code.safeParse(request.body);
    if (!body.success) return reply.code(400).send({ error: 'a code' });
    const outcome = scrutineers.signIn(body.data.code, placeOf(request.raw.socket.remoteAddress));
    if (outcome.is === 'wrong') return reply.code(401).send({ error: 'wrong code' });
    if (outcome.is === 'too-often') return later(reply.code(429), outcome.wait);
    return reply.setCookie(SCRUTINEER_COOKIE, outcome.token, SESSION).send(outcome.scrutineer);
  });

  app.get('/api/scrutineer/session', { config: { right: 'anybody' } }, async ({ visitor }) => ({
    scrutineer: visitor.scrutineer,
  }));

  app.post('/api/scrutineer/sign-out', { config: { right: 'anybody' } }, async (request, reply) => {
    const token = cookieOf(request.raw, SCRUTINEER_COOKIE);
    if (token !== undefined) scrutineers.signOut(token);
    return reply.clearCookie(SCRUTINEER_COOKIE, SESSION).send({ ok: true });
  });

  app.post('/api/scrutineer/act', { config: { right: 'scrutineer' } }, async (request, reply) => {
    const { scrutineer } = request.visitor;
    if (!scrutineer) return reply.code(401).send({ error: 'sign in' });
    const body = ScrutineerAct.safeParse(request.body);
    if (!body.success) return reply.code(400).send({ error: z.prettifyError(body.error) });
    const answer = answerOf(await act({ ...body.data, owner: scrutineer.owner }));
    return reply.code(answer.ok ? 200 : 409).send(answer);
  });

  // The operator hands out the codes.
  app.get('/api/scrutineers', { config: { right: 'staff' } }, async () => scrutineers.codes());
  app.post('/api/scrutineers/renew', { config: { right: 'staff' } }, async (request, reply) => {
    const body = Renewed.safeParse(request.body);
    if (!body.success || !scrutineers.all.some(({ id }) => id === body.data.id))
      return reply.code(400).send({ error: 'no such scrutineer' });
    scrutineers.renew(body.data.id);
    return scrutineers.codes();
  });
}
