import type { FastifyPluginAsync } from 'fastify';
import type { z } from 'zod';
import type { Act, ScrutineerAct } from '../../contract/acts.ts';
import type { Actor, Person, Who } from '../../contract/person.ts';
import { type ActName, actorFor } from '../../contract/rights.ts';
import { ROUTES } from '../../contract/routes.ts';
import type { Done } from '../../hall/staff-acts.ts';
import type { SecretAct } from '../../sitting/decide-secret.ts';
import type { Persons } from '../../staff/persons.ts';
import { sendDone } from '../act-answers.ts';
import { refuseRole, signedIn } from '../gate.ts';
import { serve } from '../serve.ts';

export interface ActParts {
  readonly persons: Persons;
  readonly act: (act: Act | SecretAct, who: Who) => Promise<Done>;
  /** Who has confirmed an act that needs it. */
  readonly secondFor: (act: ActName, first: Actor) => Actor | undefined;
}

/** What staff and scrutineers do, each act by whom the table of rights lets do it. */
export const actRoutes: FastifyPluginAsync<ActParts> = async (app, { persons, act, secondFor }) => {
  const whoOf = (person: Person, name: ActName): Who | null => {
    const { settings } = persons;
    const by =
      actorFor(person, name, settings) ?? (name === 'reload' ? actorFor(person, 'staff', settings) : null);
    return by && { by, with: secondFor(name, by) };
  };
  for (const route of [ROUTES.act, ROUTES.scrutineerAct])
    serve<typeof route.params, z.ZodType<Act | ScrutineerAct>, typeof route.answer>(
      app,
      route,
      async ({ body, request }, reply) => {
        const who = whoOf(signedIn(request).person, body.act);
        return who ? sendDone(reply, await act(body, who)) : refuseRole(reply);
      },
    );
};
