import type { FastifyPluginAsync } from 'fastify';
import type { Scrutineer } from '../../contract/answers.ts';
import { ROUTES } from '../../contract/routes.ts';
import { placeOf } from '../../hall/door/place.ts';
import type { Done } from '../../hall/staff-acts.ts';
import type { SecretAct } from '../../sitting/decide-secret.ts';
import type { Scrutineers } from '../../staff/scrutineers.ts';
import { cookieOf, SCRUTINEER_COOKIE } from '../../staff/visitor.ts';
import { sendDone } from '../act-answers.ts';
import { SESSION } from '../cookies.ts';
import { serve } from '../serve.ts';
import { later } from '../try-later.ts';

export interface ScrutineerParts {
  readonly scrutineers: Scrutineers;
  readonly act: (act: SecretAct, scrutineer: Scrutineer) => Promise<Done>;
}

/** How scrutineers come in with a code, what they do, and how the operator hands out the codes. */
export const scrutineerRoutes: FastifyPluginAsync<ScrutineerParts> = async (app, { scrutineers, act }) => {
  serve(app, ROUTES.scrutineerSignIn, async ({ body: { code }, request }, reply) => {
    const outcome = scrutineers.signIn(code, placeOf(request.raw.socket.remoteAddress));
    if (outcome.is === 'wrong') return reply.code(401).send({ error: 'wrong code' });
    if (outcome.is === 'too-often') return later(reply.code(429), outcome.wait);
    return reply.setCookie(SCRUTINEER_COOKIE, outcome.token, SESSION).send(outcome.scrutineer);
  });

  serve(app, ROUTES.scrutineerSession, async ({ request: { visitor } }) => ({
    scrutineer: visitor.scrutineer,
  }));

  serve(app, ROUTES.scrutineerSignOut, async ({ request }, reply) => {
    const token = cookieOf(request.raw, SCRUTINEER_COOKIE);
    if (token !== undefined) scrutineers.signOut(token);
    return reply.clearCookie(SCRUTINEER_COOKIE, SESSION).send({ ok: true });
  });

  serve(app, ROUTES.scrutineerAct, async ({ body, request }, reply) => {
    const { scrutineer } = request.visitor;
    if (!scrutineer) return reply.code(401).send({ error: 'sign in' });
    return sendDone(reply, await act(body, scrutineer));
  });

  serve(app, ROUTES.entryCodes, async () => scrutineers.codes());
  serve(app, ROUTES.renewCode, async ({ body }, reply) => {
    if (!scrutineers.all.some(({ id }) => id === body.id))
      return reply.code(400).send({ error: ROUTES.renewCode.wants });
    scrutineers.renew(body.id);
    return scrutineers.codes();
  });
};
