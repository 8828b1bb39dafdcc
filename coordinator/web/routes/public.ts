import type { FastifyPluginAsync } from 'fastify';
import { ROUTES } from '../../contract/routes.ts';
import type { PublicElections } from '../public-elections.ts';
import { serve } from '../serve.ts';
import { later } from '../try-later.ts';

/** Scrutineers and whoever verifies; not the phones of a whole hall, which may share one address. */
const DOWNLOAD = { rateLimit: { max: 30, timeWindow: '1 minute' } };

export interface PublicParts {
  readonly hall: string;
  /** Where phones in the hall reach the pages; null where nobody has said. */
  readonly address: string | null;
  readonly elections: Pick<PublicElections, 'receipts' | 'archive'>;
}

/** What anybody may know of the hall and of its votes. */
export const publicRoutes: FastifyPluginAsync<PublicParts> = async (app, { hall, address, elections }) => {
  serve(app, ROUTES.hall, async () => ({ hall, address }));
  serve(app, ROUTES.receipts, async (_asked, reply) =>
    reply.type('application/json; charset=utf-8').send(elections.receipts()),
  );
  serve(
    app,
    ROUTES.election,
    async ({ params: { file } }, reply) => {
      const archive = elections.archive(file.replace(/\.bel$/, ''));
      if (!archive)
        return reply.code(404).send({ error: 'no such election, or its ballots are not added up yet' });
      if (archive === 'later') return later(reply.code(503), 5_000);
      const { buffer, byteOffset, length } = archive;
      return reply.type('application/octet-stream').send(Buffer.from(buffer, byteOffset, length));
    },
    DOWNLOAD,
  );
};
