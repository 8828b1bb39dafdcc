import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { PUBLIC_ROUTES } from '../../../contract/register/public-routes.ts';
import { serve } from '../../../web/serve.ts';
import type { PaperPress } from '../../papers/press.ts';
import { comeAgain } from '../notice-page.ts';
import type { DayOf, PublicList, PublicRegister, PublicView } from '../public-register.ts';
import { PaperCache } from './paper-cache.ts';
import { lookFor, sendPage, sendTagged } from './sent-page.ts';

export interface ListPaperParts {
  readonly view: PublicView;
  readonly press: Pick<PaperPress, 'renderPaper'>;
  readonly dayOf: DayOf;
}

const PAPERS = { rateLimit: { max: 60, timeWindow: '1 minute' } };

/** The booklet of a frozen list and the sheets of its projects as official documents, each made once. */
export const listPaperRoutes: FastifyPluginAsync<ListPaperParts> = async (app, { view, press, dayOf }) => {
  const cache = new PaperCache(press);

  const listIn = (register: PublicRegister, year: number | undefined): PublicList | null =>
    register.cycles.find((each) => each.year === year)?.list ?? null;

  const send = async (
    request: FastifyRequest,
    reply: FastifyReply,
    list: PublicList | null,
    project: string | null,
  ): Promise<FastifyReply> => {
    const look = lookFor(request, view.now());
    if (!list) return sendPage(reply, request, look, null);
    const { hash } = list;
    const issued = {
      language: look.language,
      issuer: look.name(look.register.congress),
      date: dayOf(list.at),
      list: list.list,
      hash,
    };
    const made = await cache.pdf(
      `${hash} ${look.language} ${project ?? ''}`,
      project === null ? { kind: 'booklet', ...issued, number: null } : { kind: 'sheet', ...issued, project },
    );
    if (!made) return sendPage(reply.header('Retry-After', 60), request, look, comeAgain(look), 503);
    const name = project === null ? `list-${list.list.cycle}.pdf` : `${project}.pdf`;
    reply.type('application/pdf').header('Content-Disposition', `inline; filename="${name}"`);
    return sendTagged(reply, request, made);
  };

  serve(
    app,
    PUBLIC_ROUTES.booklet,
    async ({ params: { year }, request }, reply) =>
      send(request, reply, listIn(view.now(), Number(year)), null),
    PAPERS,
  );
  serve(
    app,
    PUBLIC_ROUTES.sheet,
    async ({ params: { id }, request }, reply) => {
      const register = view.now();
      return send(request, reply, listIn(register, register.projects.get(id)?.cycle), id);
    },
    PAPERS,
  );
};
