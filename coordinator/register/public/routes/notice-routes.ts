import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { PUBLIC_ROUTES } from '../../../contract/register/public-routes.ts';
import { serve } from '../../../web/serve.ts';
import type { AttachmentStore } from '../../attachments/attachment-store.ts';
import { readNotice } from '../../notices/notice-text.ts';
import { noticePage, noticesPage } from '../notices-pages.ts';
import type { DayOf, PublicView } from '../public-register.ts';
import { lookFor, sendPage, sendTagged } from './sent-page.ts';

export interface PublicNoticeParts {
  readonly view: PublicView;
  readonly attachments: AttachmentStore;
  readonly dayOf: DayOf;
}

/** Each is read from its file, and a hall may read them at once. */
const DOCUMENTS = { rateLimit: { max: 300, timeWindow: '1 minute' } };

/** Documents that were published: the list, each as a page made of its own text, and both files as their hashes name them. */
export const publicNoticeRoutes: FastifyPluginAsync<PublicNoticeParts> = async (app, parts) => {
  const { view, attachments, dayOf } = parts;

  serve(app, PUBLIC_ROUTES.notices, async ({ request }, reply) => {
    const look = lookFor(request, view.now());
    return sendPage(reply, request, look, noticesPage(look, dayOf));
  });

  serve(
    app,
    PUBLIC_ROUTES.notice,
    async ({ params: { id }, request }, reply) => {
      const look = lookFor(request, view.now());
      const published = look.register.works.documents.get(id);
      const file = published && attachments.read(published.text);
      const notice = file ? readNotice(file.bytes.toString('utf8')) : null;
      const page = published && notice ? noticePage(look, published, notice, dayOf) : null;
      return sendPage(reply, request, look, page);
    },
    DOCUMENTS,
  );

  const sendFile = async (
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    what: 'text' | 'pdf',
  ): Promise<FastifyReply> => {
    const register = view.now();
    const published = register.works.documents.get(id);
    const file = published && attachments.read(published[what]);
    if (!file) return sendPage(reply, request, lookFor(request, register), null);
    const ending = what === 'pdf' ? 'pdf' : 'json';
    reply
      .type(what === 'pdf' ? 'application/pdf' : 'application/json; charset=utf-8')
      .header('Content-Disposition', `inline; filename="${id}.${ending}"`);
    return sendTagged(reply, request, file.bytes);
  };

  serve(
    app,
    PUBLIC_ROUTES.noticePaper,
    async ({ params: { id }, request }, reply) => sendFile(request, reply, id, 'pdf'),
    DOCUMENTS,
  );
  serve(
    app,
    PUBLIC_ROUTES.noticeText,
    async ({ params: { id }, request }, reply) => sendFile(request, reply, id, 'text'),
    DOCUMENTS,
  );
};
