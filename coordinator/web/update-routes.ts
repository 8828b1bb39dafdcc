import { createReadStream } from 'node:fs';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { later } from './later.ts';

const ANYBODY = { right: 'anybody' } as const;

/** So many contents are sent at once; whoever comes then is told to come again. */
const MOST_SENT = 48;
const FULL_MS = 1_000;
const VOTE_MS = 3_000;

export interface UpdateRoutes {
  readonly updates: {
    /** The text of the manifest on offer; null for any other. */
    readonly manifest: (hash: string) => string | null;
    /** Where a content of the release on offer lies; null for any other. */
    readonly content: (sha256: string) => string | null;
    readonly isVoting: () => boolean;
  };
}

/**
 * What seats fetch of a release, by its hash. Anybody may: it is the program that stands in every hall. Nothing is sent while a vote
 * is open, and no more at once than leaves the line to the ballots.
 */
export function updateRoutes(app: FastifyInstance, { updates }: UpdateRoutes): void {
  let sent = 0;
  const isBusy = (reply: FastifyReply): FastifyReply | null => {
    if (updates.isVoting()) return later(reply.code(503), VOTE_MS);
    if (sent >= MOST_SENT) return later(reply.code(503), FULL_MS);
    sent += 1;
    reply.raw.once('close', () => {
      sent -= 1;
    });
    return null;
  };
  app.get<{ Params: { hash: string } }>(
    '/api/update/manifests/:hash',
    { config: ANYBODY },
    async ({ params: { hash } }, reply) => {
      const text = updates.manifest(hash);
      if (text === null) return reply.code(404).send({ error: 'another version is on offer' });
      return isBusy(reply) ?? reply.type('application/octet-stream').send(Buffer.from(text, 'latin1'));
    },
  );
  app.get<{ Params: { sha256: string } }>(
    '/api/update/contents/:sha256',
    { config: ANYBODY },
    async ({ params: { sha256 } }, reply) => {
      const path = updates.content(sha256);
      if (path === null) return reply.code(404).send({ error: 'the version on offer has no such file' });
      return isBusy(reply) ?? reply.type('application/octet-stream').send(createReadStream(path));
    },
  );
}
