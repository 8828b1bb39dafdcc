import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync } from 'fastify';
import { PAGES, ROUTES } from '../../contract/routes.ts';
import { serve } from '../serve.ts';

export interface PageParts {
  /** The folder of the built pages. */
  readonly pages: string;
}

const fileOf = (page: string) => `coordinator/pages/${page}/${page}.html`;

/** One line on a page of these that is not in the folder of the built pages; null where all are. */
export function missingFile(pages: string, files: readonly string[]): string | null {
  const missing = files.find((file) => !existsSync(join(pages, file)));
  if (missing === undefined) return null;
  return `${join(pages, missing)}: there is no such page → install Hallvote anew, or run npm run build in its sources`;
}

/** The same of the hall's pages. */
export const missingPage = (pages: string): string | null =>
  missingFile(pages, Object.keys(PAGES).map(fileOf));

/** The pages, and what they are made of. */
export const pageRoutes: FastifyPluginAsync<PageParts> = async (app, { pages }) => {
  await app.register(fastifyStatic, { root: pages, serve: false });
  for (const [name, route] of Object.entries(PAGES))
    serve(app, route, async (_asked, reply) =>
      reply.header('Cache-Control', 'no-cache').sendFile(fileOf(name)),
    );
  serve(app, ROUTES.assets, async ({ params }, reply) =>
    reply.header('Cache-Control', 'public, max-age=31536000, immutable').sendFile(`assets/${params['*']}`),
  );
};
