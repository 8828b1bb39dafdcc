import type { FastifyPluginAsync } from 'fastify';
import type { Act } from '../../contract/acts.ts';
import type { Stats } from '../../contract/answers.ts';
import { ROUTES } from '../../contract/routes.ts';
import type { Done } from '../../hall/staff-acts.ts';
import { refusal, sendDone } from '../act-answers.ts';
import { serve } from '../serve.ts';

export interface StaffParts {
  readonly act: (act: Act) => Promise<Done>;
  readonly stats: () => Stats;
  /** Writes the bundle of the sitting so far; null while a vote is open. */
  readonly bundle: () => Promise<{ name: string; bytes: Uint8Array } | null>;
}

/** What staff does once it has signed in. */
export const staffRoutes: FastifyPluginAsync<StaffParts> = async (app, { act, stats, bundle }) => {
  serve(app, ROUTES.act, async ({ body }, reply) => sendDone(reply, await act(body)));

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
