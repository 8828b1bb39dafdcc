import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { REGISTER_ROUTES } from '../../contract/register/routes.ts';
import { signedIn } from '../../web/gate.ts';
import { serve } from '../../web/serve.ts';
import { mayBeOfGroup } from '../model/rights.ts';
import type { Register } from '../model/state.ts';
import { type Asking, workDocument, worksDocument } from '../program/works-documents.ts';

export interface WorksParts {
  readonly register: () => Register;
  readonly today: () => string;
}

/** What was decided, as it is carried out: everybody on the staff reads the same. And who may be of a group that watches it. */
export const worksRoutes: FastifyPluginAsync<WorksParts> = async (app, { register, today }) => {
  const asking = (request: FastifyRequest): Asking => ({
    person: signedIn(request).person.id,
    day: today(),
  });
  serve(app, REGISTER_ROUTES.works, async ({ params: { year }, request }) =>
    worksDocument(register().works, Number(year), asking(request)),
  );
  serve(app, REGISTER_ROUTES.work, async ({ params: { id }, request }, reply) => {
    const { works } = register();
    const work = works.projects.get(id);
    return work
      ? workDocument(works, work, asking(request))
      : reply.code(404).send({ error: 'there is no such project' });
  });
  serve(app, REGISTER_ROUTES.members, async () =>
    [...register().staff.values()]
      .filter(mayBeOfGroup)
      .map(({ id, name, fields = [] }) => ({ id, name, fields })),
  );
};
