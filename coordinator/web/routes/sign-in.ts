import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { FINE } from '../../contract/answers.ts';
import { STAFF_ROUTES as ROUTES } from '../../contract/staff-routes.ts';
import { placeOf } from '../../door/place.ts';
import { PASSWORD_REFUSALS, type PasswordRefusal } from '../../staff/persons/new-password.ts';
import type { Persons } from '../../staff/persons.ts';
import type { Choice, From, NotIn, SignIn } from '../../staff/sign-in.ts';
import { clearSession, deviceOf, setDevice, setSession } from '../cookies.ts';
import { serve } from '../serve.ts';
import { later } from '../try-later.ts';

export interface SignInParts {
  readonly persons: Persons;
}

/** How people come in and leave. */
export const signInRoutes: FastifyPluginAsync<SignInParts> = async (app, { persons }) => {
  serve(app, ROUTES.signIn, async ({ body, request }, reply) =>
    enter(persons, request, reply, await persons.signIns.signIn(body, fromOf(request))),
  );

  serve(app, ROUTES.choosePassword, async ({ body: { person, code, password }, request }, reply) => {
    const secrets = { person, secret: code, code: null };
    return enter(persons, request, reply, await persons.signIns.choose(secrets, password, fromOf(request)));
  });

  serve(app, ROUTES.signOut, async ({ request }, reply) => {
    if (request.visitor) persons.own.signOut(request.visitor);
    clearSession(request, reply);
    return FINE;
  });

  serve(app, ROUTES.stillHere, async () => FINE);
};

/** What a browser says it is, as far as a person knows it again by that. */
const MOST_BROWSER = 200;

/** Where a request comes from. */
export function fromOf(request: FastifyRequest): From {
  const { headers, socket } = request.raw;
  const browser = (headers['user-agent'] ?? '').replace(/[^\x20-\x7e]/g, '?').slice(0, MOST_BROWSER);
  return { address: placeOf(socket.remoteAddress), browser, device: deviceOf(request) };
}

/** Tells why a password was not taken. */
export function refusePassword(reply: FastifyReply, why: PasswordRefusal): FastifyReply {
  const text = PASSWORD_REFUSALS[why];
  return reply.code(422).send({ error: why, text });
}

/** Tells that somebody did not show who they are. */
export function refuseSecret(reply: FastifyReply, outcome: NotIn): FastifyReply {
  switch (outcome.is) {
    case 'wrong':
      return reply.code(401).send({ error: 'wrong person, password or code' });
    case 'too-often':
      return later(reply.code(429), outcome.wait);
    case 'busy':
      return later(reply.code(503), outcome.wait);
  }
}

function enter(
  persons: Persons,
  request: FastifyRequest,
  reply: FastifyReply,
  outcome: SignIn | Choice,
): FastifyReply {
  switch (outcome.is) {
    case 'in': {
      const { person, failed, token, device } = outcome;
      // Whoever was signed in on this browser leaves it: its cookie is another's now.
      if (request.visitor) persons.own.signOut(request.visitor);
      setSession(request, reply, token);
      if (device !== null) setDevice(request, reply, device);
      return reply.send({ is: 'in', person, failed });
    }
    case 'choose':
    case 'code-wanted':
      return reply.send(outcome);
    case 'refused':
      return refusePassword(reply, outcome.why);
    default:
      return refuseSecret(reply, outcome);
  }
}
