import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { FINE } from '../../contract/answers.ts';
import { STAFF_ROUTES as ROUTES } from '../../contract/staff-routes.ts';
import type { Persons } from '../../staff/persons.ts';
import { signedIn } from '../gate.ts';
import { serve } from '../serve.ts';
import { fromOf, refusePassword, refuseSecret } from './sign-in.ts';

export interface AccountParts {
  readonly persons: Persons;
}

const WRONG_CODE = {
  zh: '验证码不对；请看手机上当前的六位数，并确认手机时间正确',
  en: 'Wrong code; type the six digits that the phone shows now, and see that its clock is right',
};

/** What people do with their own account. */
export const accountRoutes: FastifyPluginAsync<AccountParts> = async (app, { persons }) => {
  const { own } = persons;
  const selfOf = (request: FastifyRequest) => ({ ...signedIn(request), from: fromOf(request) });

  serve(app, ROUTES.account, async ({ request }) => persons.account(signedIn(request)));

  serve(app, ROUTES.newPassword, async ({ body: { current, password }, request }, reply) => {
    const outcome = await own.choosePassword(selfOf(request), current, password);
    if (outcome.is === 'done') return FINE;
    return outcome.is === 'refused' ? refusePassword(reply, outcome.why) : refuseSecret(reply, outcome);
  });

  serve(app, ROUTES.newAuthenticator, async ({ body: { current }, request }, reply) => {
    const outcome = await own.offerAuthenticator(selfOf(request), current);
    return outcome.is === 'offered' ? outcome : refuseSecret(reply, outcome);
  });

  serve(app, ROUTES.confirmAuthenticator, async ({ body: { code }, request }, reply) => {
    const codes = own.confirmAuthenticator(signedIn(request), code);
    return codes ? { codes: [...codes] } : reply.code(422).send({ error: 'wrong code', text: WRONG_CODE });
  });

  serve(app, ROUTES.removeAuthenticator, async ({ body: { current }, request }, reply) => {
    const outcome = await own.removeAuthenticator(selfOf(request), current);
    return outcome.is === 'done' ? FINE : refuseSecret(reply, outcome);
  });

  serve(app, ROUTES.endOwnSession, async ({ body: { session }, request }) => {
    own.endSessions(signedIn(request), session);
    return FINE;
  });
};
