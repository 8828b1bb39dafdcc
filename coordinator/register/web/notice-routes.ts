import type { FastifyPluginAsync } from 'fastify';
import { REGISTER_ROUTES } from '../../contract/register/routes.ts';
import { refuseRole, signedIn } from '../../web/gate.ts';
import { serve } from '../../web/serve.ts';
import { NOTICE_REFUSALS, type NoticeRefusal, type Notices } from '../program/notices.ts';
import { actorFor } from './act-routes.ts';

export interface NoticeParts {
  readonly notices: Notices;
}

const worded = <R extends { readonly reason: NoticeRefusal }>(refused: R) => ({
  ...refused,
  text: NOTICE_REFUSALS[refused.reason],
});

/** What is due, and the documents that are made of the ledger: seen first, then published. */
export const noticeRoutes: FastifyPluginAsync<NoticeParts> = async (app, { notices }) => {
  serve(app, REGISTER_ROUTES.calendar, async () => notices.calendar());

  serve(app, REGISTER_ROUTES.previewNotice, async ({ body: { ask, ...given }, request }, reply) => {
    const made = notices.preview(ask, signedIn(request).person.id, given);
    return made.is === 'refused' ? reply.code(409).send(worded(made)) : made;
  });

  serve(app, REGISTER_ROUTES.draftNotice, async ({ params, request }, reply) => {
    const { kind, cycle, period, project } = params;
    const ask = { kind, cycle: Number(cycle), period, project: project === '-' ? null : project };
    const made = await notices.draft(ask, signedIn(request).person.id);
    if ('is' in made) return reply.code(409).send(worded(made));
    return reply
      .type('application/pdf')
      .header('Content-Disposition', `inline; filename="draft-${kind}-${period}.pdf"`)
      .header('Cache-Control', 'no-store')
      .send(Buffer.from(made.pdf));
  });

  serve(app, REGISTER_ROUTES.publishNotice, async ({ body, request }, reply) => {
    const by = actorFor(signedIn(request).person, 'publish');
    if (!by) return refuseRole(reply);
    const published = await notices.publish(body, by);
    if (published.is === 'published') return published;
    return reply.code(409).send(published.is === 'refused' ? worded(published) : published);
  });
};
