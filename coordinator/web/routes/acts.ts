import type { FastifyPluginAsync } from 'fastify';
import type { z } from 'zod';
import type { Act, ScrutineerAct } from '../../contract/acts.ts';
import type { Actor, StaffPerson } from '../../contract/person.ts';
import { type ActName, actorFor, type RightSettings } from '../../contract/rights.ts';
import { ROUTES } from '../../contract/routes.ts';
import type { Asked, SecondPersons } from '../../hall/second-persons.ts';
import type { SecretAct } from '../../sitting/decide-secret.ts';
import { sendDone } from '../act-answers.ts';
import { refuseRole, signedIn } from '../gate.ts';
import { serve } from '../serve.ts';

export interface ActParts {
  readonly settings: () => RightSettings;
  readonly act: (act: Act | SecretAct, by: Actor) => Promise<Asked>;
  readonly seconds: Pick<SecondPersons, 'confirm' | 'decline' | 'takeBack' | 'shownTo'>;
}

/** What staff and scrutineers do, each act by whom the table of rights lets do it; and what of it waits for another person. */
export const actRoutes: FastifyPluginAsync<ActParts> = async (app, { settings, act, seconds }) => {
  const actorOf = (person: StaffPerson, name: ActName): Actor | null =>
    actorFor(person, name, settings()) ?? (name === 'reload' ? actorFor(person, 'staff', settings()) : null);
  for (const route of [ROUTES.act, ROUTES.scrutineerAct])
    serve<typeof route.params, z.ZodType<Act | ScrutineerAct>, typeof route.answer>(
      app,
      route,
      async ({ body, request }, reply) => {
        const by = actorOf(signedIn(request).person, body.act);
        return by ? sendDone(reply, await act(body, by)) : refuseRole(reply);
      },
    );

  serve(app, ROUTES.waiting, async ({ request }) => seconds.shownTo(signedIn(request).person));
  serve(app, ROUTES.confirmWaiting, async ({ body: { id, entered }, request }, reply) =>
    sendDone(reply, await seconds.confirm(id, signedIn(request).person, entered)),
  );
  serve(app, ROUTES.declineWaiting, async ({ body: { id }, request }, reply) =>
    sendDone(reply, seconds.decline(id, signedIn(request).person)),
  );
  serve(app, ROUTES.takeBackWaiting, async ({ body: { id }, request }, reply) =>
    sendDone(reply, seconds.takeBack(id, signedIn(request).person)),
  );
};
