import type { FastifyPluginAsync } from 'fastify';
import type { Act } from '../../contract/acts.ts';
import type { Person, Who } from '../../contract/person.ts';
import { actorFor } from '../../contract/rights.ts';
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
  /** The number of a scrutineer, from 1, among those who hold the key; null where they are none of them. */
  readonly ownerOf: (person: Person) => number | null;
}

/** What staff and scrutineers do, each act by whom the table of rights lets do it. */
export const actRoutes: FastifyPluginAsync<ActParts> = async (app, { persons, act, ownerOf }) => {
  serve(app, ROUTES.act, async ({ body, request }, reply) => {
    const by = actorFor(signedIn(request).person, body.act, persons.settings);
    return by ? sendDone(reply, await act(body, { by })) : refuseRole(reply);
  });

  serve(app, ROUTES.scrutineerAct, async ({ body, request }, reply) => {
    const { person } = signedIn(request);
    const by = actorFor(person, body.act, persons.settings);
    const owner = ownerOf(person);
    if (!by || owner === null) return refuseRole(reply);
    return sendDone(reply, await act({ ...body, owner }, { by }));
  });
};
