import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { PUBLIC_ROUTES } from '../../../contract/register/public-routes.ts';
import { serve } from '../../../web/serve.ts';
import type { PaperPress } from '../../papers/press.ts';
import { comeAgain } from '../notice-page.ts';
import { posterOf } from '../posters.ts';
import type { DayOf, PublicView } from '../public-register.ts';
import { baseAddress } from './addresses.ts';
import { PaperCache } from './paper-cache.ts';
import { lookFor, sendPage, sendTagged } from './sent-page.ts';

export interface PosterParts {
  readonly view: PublicView;
  readonly press: Pick<PaperPress, 'renderPaper'>;
  readonly dayOf: DayOf;
  readonly address: string | null;
}

const POSTERS = { rateLimit: { max: 60, timeWindow: '1 minute' } };

/** Posters for the sites of chosen projects, to be printed: each alone, or all of a project in one file. */
export const posterRoutes: FastifyPluginAsync<PosterParts> = async (app, parts) => {
  const { view, press, dayOf } = parts;
  const cache = new PaperCache(press);

  const send = async (
    request: FastifyRequest,
    reply: FastifyReply,
    { id, part, size }: { readonly id: string; readonly part: string | null; readonly size: 'a4' | 'a3' },
  ): Promise<FastifyReply> => {
    const register = view.now();
    const look = lookFor(request, register);
    const project = register.projects.get(id);
    const list = register.cycles.find(({ year }) => year === project?.cycle)?.list;
    const base = baseAddress(parts, request);
    const date = list?.vote ? dayOf(list.vote.at) : null;
    const paper =
      project && list && date !== null ? posterOf(register, list, project, part, { size, base, date }) : null;
    if (!paper) return sendPage(reply, request, look, null);
    const made = await cache.pdf(JSON.stringify(paper), paper);
    if (!made) return sendPage(reply.header('Retry-After', 60), request, look, comeAgain(look), 503);
    const name = ['poster', id, ...(part === null ? [] : [part]), size].join('-');
    reply.type('application/pdf').header('Content-Disposition', `inline; filename="${name}.pdf"`);
    return sendTagged(reply, request, made);
  };

  serve(
    app,
    PUBLIC_ROUTES.posters,
    async ({ params: { id, size }, request }, reply) =>
      send(request, reply, { id, part: null, size: sizeOf(size) }),
    POSTERS,
  );
  serve(
    app,
    PUBLIC_ROUTES.poster,
    async ({ params: { id, part, size }, request }, reply) =>
      send(request, reply, { id, part, size: sizeOf(size) }),
    POSTERS,
  );
};

const sizeOf = (file: 'a4.pdf' | 'a3.pdf') => (file === 'a4.pdf' ? 'a4' : 'a3');
