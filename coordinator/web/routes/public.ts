import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { later } from '../later.ts';
import type { PublicElections } from '../public-elections.ts';

const PAGES = ['hall', 'chair', 'operator', 'scrutineer', 'receipts'];

const ANYBODY = { right: 'anybody' } as const;
/** Scrutineers and whoever verifies; not the phones of a whole hall, which may share one address. */
const DOWNLOAD = { ...ANYBODY, rateLimit: { max: 30, timeWindow: '1 minute' } };

export interface PublicRoutes {
  readonly hall: string;
  /** Where phones in the hall reach the pages; null where nobody has said. */
  readonly address: string | null;
  /** The folder of the built pages. */
  readonly pages: string;
  readonly elections: Pick<PublicElections, 'receipts' | 'archive'>;
}

/** What anybody may see: the pages, and what is public of the votes. */
export async function publicRoutes(
  app: FastifyInstance,
  { hall, address, pages, elections }: PublicRoutes,
): Promise<void> {
  await app.register(fastifyStatic, { root: pages, serve: false });
  const page = (route: string, name: string) =>
    app.get(route, { config: ANYBODY }, (_request, reply) =>
      reply.header('Cache-Control', 'no-cache').sendFile(`coordinator/pages/${name}/${name}.html`),
    );
  page('/', 'index');
  for (const name of PAGES) page(`/${name}`, name);
  app.get<{ Params: { '*': string } }>('/assets/*', { config: ANYBODY }, (request, reply) =>
    reply
      .header('Cache-Control', 'public, max-age=31536000, immutable')
      .sendFile(`assets/${request.params['*']}`),
  );

  app.get('/api/hall', { config: ANYBODY }, async () => ({ hall, address }));
  app.get('/api/receipts', { config: ANYBODY }, (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(elections.receipts()),
  );
  app.get<{ Params: { file: string } }>(
    '/api/elections/:file',
    { config: DOWNLOAD },
    async (request, reply) => {
      const archive = elections.archive(request.params.file.replace(/\.bel$/, ''));
      if (!archive)
        return reply.code(404).send({ error: 'no such election, or its ballots are not added up yet' });
      if (archive === 'later') return later(reply.code(503), 5_000);
      const { buffer, byteOffset, length } = archive;
      return reply.type('application/octet-stream').send(Buffer.from(buffer, byteOffset, length));
    },
  );
}
