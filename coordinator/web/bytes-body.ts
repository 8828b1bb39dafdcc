import type { FastifyInstance } from 'fastify';

/** Takes bodies of plain bytes at the routes of this plugin and no others; how many, each route says. */
export function takeBytes(app: FastifyInstance): void {
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
}
