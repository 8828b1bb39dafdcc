import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync } from 'fastify';
import { REGISTER_PAGES, REGISTER_ROUTES } from '../../contract/register/routes.ts';
import { missingFile } from '../../web/routes/pages.ts';
import { serve } from '../../web/serve.ts';

export interface PageParts {
  /** The folder of the built pages. */
  readonly pages: string;
}

const fileOf = (page: string) => `coordinator/pages/register/${page}/${page}.html`;

/** One line on a page of the register's that is not in the folder of the built pages; null where all are. */
export const missingRegisterPage = (pages: string): string | null =>
  missingFile(pages, Object.keys(REGISTER_PAGES).map(fileOf));

/** The staff's pages, and what all pages are made of. */
export const pageRoutes: FastifyPluginAsync<PageParts> = async (app, { pages }) => {
  await app.register(fastifyStatic, { root: pages, serve: false });
  for (const [name, route] of Object.entries(REGISTER_PAGES))
    serve(app, route, async (_asked, reply) =>
      reply.header('Cache-Control', 'no-cache').sendFile(fileOf(name)),
    );
  serve(app, REGISTER_ROUTES.visitsWorker, async (_asked, reply) =>
    reply.header('Cache-Control', 'no-cache').sendFile('visits-worker.js'),
  );
  serve(app, REGISTER_ROUTES.assets, async ({ params }, reply) =>
    reply.header('Cache-Control', 'public, max-age=31536000, immutable').sendFile(`assets/${params['*']}`),
  );
};
