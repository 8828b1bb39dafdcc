import type { FastifyPluginAsync } from 'fastify';
import type { Stats } from '../../contract/answers.ts';
import type { Who } from '../../contract/person.ts';
import { actorFor, type RightSettings } from '../../contract/rights.ts';
import { ROUTES } from '../../contract/routes.ts';
import type { Done } from '../../hall/staff-acts.ts';
import { refusal, sendDone } from '../act-answers.ts';
import { refuseRole, signedIn } from '../gate.ts';
import { serve } from '../serve.ts';

export interface RecordParts {
  readonly settings: () => RightSettings;
  /** Enters that somebody takes the bundle away, before it is made; or why none may leave. */
  readonly exported: (who: Who) => Done;
  readonly stats: () => Stats;
  /** Writes the bundle of the sitting so far; null while a vote is open. */
  readonly bundle: () => Promise<{ name: string; bytes: Uint8Array } | null>;
}

/** What staff reads and takes away as files. */
export const recordRoutes: FastifyPluginAsync<RecordParts> = async (
  app,
  { settings, exported, stats, bundle },
) => {
  serve(app, ROUTES.stats, async () => stats());

  serve(app, ROUTES.bundle, async ({ request }, reply) => {
    const by = actorFor(signedIn(request).person, 'export', settings());
    if (!by) return refuseRole(reply);
    const noted = exported({ by });
    if (!noted.ok) return sendDone(reply, noted);
    const made = await bundle();
    if (!made) return reply.code(409).send(refusal('vote-open'));
    return reply
      .type('application/zip')
      .header('Content-Disposition', `attachment; filename="${made.name}"`)
      .send(Buffer.from(made.bytes));
  });
};
