import type { FastifyPluginAsync } from 'fastify';
import type { Stats } from '../../contract/answers.ts';
import { ROUTES } from '../../contract/routes.ts';
import { refusal } from '../act-answers.ts';
import { serve } from '../serve.ts';

export interface RecordParts {
  readonly stats: () => Stats;
  /** Writes the bundle of the sitting so far; null while a vote is open. */
  readonly bundle: () => Promise<{ name: string; bytes: Uint8Array } | null>;
}

/** What staff reads and takes away as files. */
export const recordRoutes: FastifyPluginAsync<RecordParts> = async (app, { stats, bundle }) => {
  serve(app, ROUTES.stats, async () => stats());

  serve(app, ROUTES.bundle, async (_asked, reply) => {
    const made = await bundle();
    if (!made) return reply.code(409).send(refusal('vote-open'));
    return reply
      .type('application/zip')
      .header('Content-Disposition', `attachment; filename="${made.name}"`)
      .send(Buffer.from(made.bytes));
  });
};
