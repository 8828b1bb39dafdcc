import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import { FINE } from '../../contract/answers.ts';
import { STAFF_ROUTES as ROUTES } from '../../contract/staff-routes.ts';
import { ADMINISTRATION_REFUSALS, type AdministrationRefusal } from '../../staff/administration.ts';
import type { Persons } from '../../staff/persons.ts';
import { signedIn } from '../gate.ts';
import { serve } from '../serve.ts';
import { later } from '../try-later.ts';

export interface AdministrationParts {
  readonly persons: Persons;
}

const BUSY_MS = 3_000;

function refuse(reply: FastifyReply, why: AdministrationRefusal): FastifyReply {
  return reply.code(409).send({ error: why, text: ADMINISTRATION_REFUSALS[why] });
}

/** What the administrator, and with first codes the operator, does about other people. */
export const administrationRoutes: FastifyPluginAsync<AdministrationParts> = async (app, { persons }) => {
  const { administration } = persons;
  serve(app, ROUTES.staff, async ({ request }) => administration.list(signedIn(request).person));

  serve(app, ROUTES.giveCode, async ({ body: { person }, request }, reply) => {
    const outcome = await administration.giveCode(signedIn(request).person, person);
    if (outcome.is === 'refused') return refuse(reply, outcome.why);
    return outcome.is === 'busy' ? later(reply.code(503), BUSY_MS) : { code: outcome.code };
  });

  serve(app, ROUTES.endSessions, async ({ body: { person, session }, request }, reply) => {
    const outcome = administration.endSessions(signedIn(request).person, person, session);
    return outcome.is === 'refused' ? refuse(reply, outcome.why) : FINE;
  });
};
