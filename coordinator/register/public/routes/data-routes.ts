import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { PUBLIC_ROUTES } from '../../../contract/register/public-routes.ts';
import { serve } from '../../../web/serve.ts';
import { type DataFile, type DataSet, dataOfYear, oc4idsSet } from '../data-files.ts';
import { dataPage } from '../data-page.ts';
import { feed } from '../feed.ts';
import type { Look } from '../frame.ts';
import type { OpenDataTerms } from '../oc4ids/project.ts';
import { cycleSchema } from '../open-data.ts';
import type { PublicView } from '../public-register.ts';
import { baseAddress } from './addresses.ts';
import { MadeFiles } from './made-files.ts';
import { lookFor, sendPage, sendTagged } from './sent-page.ts';

export interface DataParts {
  readonly view: PublicView;
  readonly now: () => number;
  readonly address: string | null;
  readonly openData: OpenDataTerms;
}

const FILES = { rateLimit: { max: 60, timeWindow: '1 minute' } };

/** What of a register can be taken along. */
export const dataRoutes: FastifyPluginAsync<DataParts> = async (app, parts) => {
  const { view, now, openData } = parts;
  const made = new MadeFiles(now);
  const isFixed = parts.address !== null;

  const setsFor = (look: Look, request: FastifyRequest): readonly DataSet[] => {
    const base = baseAddress(parts, request);
    return [
      ...oc4idsSet(look, openData, base, null),
      ...look.register.cycles.flatMap((cycle) => dataOfYear(look, openData, base, cycle)),
    ];
  };

  const sendFile = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const look = lookFor(request, view.now());
    const path = request.url.split('?')[0] ?? '';
    const file = setsFor(look, request)
      .flatMap(({ files }) => files)
      .find((each) => each.path === path);
    if (!file) return sendPage(reply, request, look, null);
    const content = await made.content(look, file, isFixed);
    reply.type(file.type);
    // Whoever draws something of it on another site may ask for it; a table is opened by a program of its own.
    if (file.type.startsWith('application/json')) reply.header('Access-Control-Allow-Origin', '*');
    else reply.header('Content-Disposition', `attachment; filename="${fileName(path)}"`);
    return sendTagged(reply, request, content);
  };

  serve(
    app,
    PUBLIC_ROUTES.openData,
    async ({ request }, reply) => {
      const look = lookFor(request, view.now());
      const sizes = new Map<string, number | null>();
      for (const { rows, files } of setsFor(look, request))
        for (const file of files) sizes.set(file.path, await made.bytes(look, file, rows, isFixed));
      const sizeOf = ({ path }: DataFile) => sizes.get(path) ?? null;
      return sendPage(reply, request, look, dataPage(look, openData, baseAddress(parts, request), sizeOf));
    },
    FILES,
  );

  serve(app, PUBLIC_ROUTES.schema, async ({ request }, reply) =>
    sendTagged(
      reply.type('application/schema+json; charset=utf-8'),
      request,
      `${JSON.stringify(cycleSchema(), null, 2)}\n`,
    ),
  );

  serve(app, PUBLIC_ROUTES.cycleData, async ({ request }, reply) => sendFile(request, reply), FILES);
  serve(app, PUBLIC_ROUTES.cycleTable, async ({ request }, reply) => sendFile(request, reply), FILES);
  serve(app, PUBLIC_ROUTES.oc4ids, async ({ request }, reply) => sendFile(request, reply), FILES);

  serve(app, PUBLIC_ROUTES.feed, async ({ request }, reply) => {
    const look = lookFor(request, view.now());
    const atom = String(await feed(look, baseAddress(parts, request)));
    return sendTagged(reply.type('application/atom+xml; charset=utf-8'), request, atom);
  });
};

/** `/data/cycles/2027/parts.csv` is saved as `2027-parts.csv`. */
const fileName = (path: string): string => path.split('/').slice(-2).join('-');
