import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { REGISTER_ROUTES } from '../../contract/register/routes.ts';
import { signedIn } from '../../web/gate.ts';
import { serve } from '../../web/serve.ts';
import type { AttachmentStore } from '../attachments/attachment-store.ts';
import type { SideStore } from '../beside/side-store.ts';
import { mayInRegister } from '../model/rights.ts';
import { type Proposal, proposalState, type Register } from '../model/state.ts';
import { cycleDocument, proposalDetail, type Sight } from '../program/desk-documents.ts';
import { queueOf } from '../program/queue.ts';

export interface DeskParts {
  readonly register: () => Register;
  readonly beside: SideStore;
  readonly attachments: AttachmentStore;
  readonly today: () => string;
}

/** So many that ask for the like are shown beside a proposal. */
const MOST_SIMILAR = 8;

/** What of a proposal whoever asks may see. */
const sightOf = (request: FastifyRequest): Sight => {
  const { person } = signedIn(request);
  const may = (right: string) => mayInRegister(person, right);
  return { office: may('read'), drafts: may('read-drafts'), people: may('read-people') };
};

/** What the offices read: the queue of proposals, each of them, and the projects of a cycle. */
export const deskRoutes: FastifyPluginAsync<DeskParts> = async (app, parts) => {
  const { register, beside, attachments, today } = parts;
  serve(app, REGISTER_ROUTES.proposals, async ({ body, request }) =>
    queueOf(register(), beside, body, sightOf(request)),
  );

  serve(app, REGISTER_ROUTES.proposal, async ({ params: { id }, request }, reply) => {
    const state = register();
    const one = state.proposals.get(id);
    const sight = sightOf(request);
    if (!one || !(sight.office || one.wording))
      return reply.code(404).send({ error: 'there is no such proposal' });
    const kept = beside.of(id);
    const similar = similarTo(state, beside, one, sight);
    const files = one.attachments.flatMap((hash) => {
      const type = attachments.typeOf(hash);
      return type && type !== 'json' ? [{ hash, type }] : [];
    });
    return proposalDetail(state, one, kept, { similar, files }, sight);
  });

  serve(app, REGISTER_ROUTES.cycle, async ({ params: { year }, request }, reply) => {
    const state = register();
    const cycle = state.cycles.get(Number(year));
    return cycle
      ? cycleDocument(state, cycle, today(), sightOf(request))
      : reply.code(404).send({ error: 'there is no such cycle' });
  });
};

function similarTo(state: Register, beside: SideStore, one: Proposal, sight: Sight) {
  const index = sight.people ? beside.sent : beside.cleared;
  const words = one.wording ?? (sight.people ? beside.of(one.id)?.wording : null);
  if (!words) return [];
  return index
    .similar(`${words.title}\n${words.text}`, { cycle: one.cycle, most: MOST_SIMILAR + 1 })
    .flatMap(({ proposal }) => {
      const other = state.proposals.get(proposal);
      if (!other || other.id === one.id || !(sight.office || other.wording)) return [];
      const title =
        other.wording?.title ?? (sight.people ? (beside.of(other.id)?.wording.title ?? null) : null);
      return [{ id: other.id, title, stage: proposalState(other) }];
    })
    .slice(0, MOST_SIMILAR);
}
