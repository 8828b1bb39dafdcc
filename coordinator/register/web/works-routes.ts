import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { StaffPerson } from '../../contract/person.ts';
import { REGISTER_ROUTES } from '../../contract/register/routes.ts';
import { signedIn } from '../../web/gate.ts';
import { serve } from '../../web/serve.ts';
import { mayBeOfGroup, mayInRegister } from '../model/rights.ts';
import type { Register } from '../model/state.ts';
import { dutiesDocument } from '../program/duties-document.ts';
import { type Asking, workDocument, worksDocument } from '../program/works-documents.ts';

export interface WorksParts {
  readonly register: () => Register;
  readonly today: () => string;
  readonly dayOf: (time: number) => string;
}

/** The body whose parts a department has before it; null for the offices, who see everybody's. */
export const ownBody = (person: StaffPerson): string | null =>
  mayInRegister(person, 'report') && !mayInRegister(person, 'remind') ? (person.body ?? '') : null;

/** What was decided, as it is carried out: everybody on the staff reads the same. And who may be of a group that watches it. */
export const worksRoutes: FastifyPluginAsync<WorksParts> = async (app, { register, today, dayOf }) => {
  const asking = (request: FastifyRequest): Asking => ({
    person: signedIn(request).person.id,
    day: today(),
  });
  serve(app, REGISTER_ROUTES.works, async ({ params: { year }, request }) =>
    worksDocument(register().works, Number(year), asking(request)),
  );
  serve(app, REGISTER_ROUTES.duties, async ({ params: { year }, request }) => {
    const body = ownBody(signedIn(request).person);
    return dutiesDocument(register().works, { year: Number(year), body, day: today(), dayOf });
  });
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
