import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync } from 'fastify';
import { PAGES, ROUTES } from '../../contract/routes.ts';
import { serve } from '../serve.ts';

export interface PageParts {
  /** The folder of the built pages. */
  readonly pages: string;
}

/** The pages, and what they are made of. */
export const pageRoutes: FastifyPluginAsync<PageParts> = async (app, { pages }) => {
  await app.register(fastifyStatic, { root: pages, serve: false });
  for (const [name, route] of Object.entries(PAGES))
    serve(app, route, async (_asked, reply) =>
      reply.header('Cache-Control', 'no-cache').sendFile(`coordinator/pages/${name}/${name}.html`),
    );
  serve(app, ROUTES.assets, async ({ params }, reply) =>
    reply.header('Cache-Control', 'public, max-age=31536000, immutable').sendFile(`assets/${params['*']}`),
  );
};
