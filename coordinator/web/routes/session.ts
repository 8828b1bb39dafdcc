import type { FastifyPluginAsync } from 'fastify';
import type { RightSettings } from '../../contract/rights.ts';
import { ROUTES } from '../../contract/routes.ts';
import type { Wire } from '../../contract/wire.ts';
import { serve } from '../serve.ts';

export interface SessionParts {
  /** What the hall speaks over since this start. */
  readonly wire: Wire;
  /** How far the hall goes beyond the table of rights. */
  readonly settings: () => RightSettings;
}

/** Who is signed in, and what makes their rights. */
export const sessionRoutes: FastifyPluginAsync<SessionParts> = async (app, { settings, wire }) => {
  serve(app, ROUTES.session, async ({ request: { visitor } }) => ({
    person: visitor?.person ?? null,
    settings: settings(),
    wire,
  }));
};
