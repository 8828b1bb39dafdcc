import { createReadStream, fstatSync, openSync } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import { PUBLIC_ROUTES } from '../../../contract/register/public-routes.ts';
import { serve } from '../../../web/serve.ts';
import type { AttachmentStore } from '../../attachments/attachment-store.ts';
import type { Register } from '../../model/state.ts';
import type { BundleHandout } from '../../program/bundle-handout.ts';
import type { FeedSource } from '../../program/feed-source.ts';
import { asFile, FOREVER } from '../../web/send-file.ts';
import { comeAgain } from '../notice-page.ts';
import type { PublicView } from '../public-register.ts';
import { lookFor, sendPage, sendTagged } from './sent-page.ts';

export interface FeedParts {
  readonly feed: FeedSource;
  readonly handout: Pick<BundleHandout, 'file'>;
  readonly register: () => Register;
  readonly attachments: AttachmentStore;
  readonly view: PublicView;
}

const LINES = 'application/jsonl; charset=utf-8';

/** A register above comes for a hundred pieces at first, and for one later. */
const PIECES = { rateLimit: { max: 600, timeWindow: '1 minute' } };
const WHOLE = { rateLimit: { max: 10, timeWindow: '1 minute' } };

/** What everybody may read of the ledger, as files at addresses that stay: `feed.md`. */
export const feedRoutes: FastifyPluginAsync<FeedParts> = async (app, parts) => {
  const { feed, handout, register, attachments, view } = parts;
  /** Another site may draw something of it. */
  const open = (reply: FastifyReply) => reply.header('Access-Control-Allow-Origin', '*');
  const none = (reply: FastifyReply) => reply.code(404).send({ error: 'there is no such file' });

  serve(
    app,
    PUBLIC_ROUTES.feedWhole,
    async (_asked, reply) =>
      open(reply)
        .type(LINES)
        .header('Cache-Control', 'no-cache')
        .header('ETag', `"${feed.shown.hash.slice(0, 32)}"`)
        .send(Readable.from(feed.whole())),
    WHOLE,
  );

  serve(
    app,
    PUBLIC_ROUTES.feedHead,
    async ({ request }, reply) => {
      const head = feed.head();
      return head === null ? none(reply) : sendTagged(open(reply).type('application/jose'), request, head);
    },
    PIECES,
  );

  serve(
    app,
    PUBLIC_ROUTES.feedPiece,
    async ({ params: { file }, request }, reply) => {
      const n = Number(file.replace('.jsonl', ''));
      const lines = feed.piece(n);
      if (lines === null) return none(reply);
      return sendTagged(open(reply).type(LINES), request, lines, feed.isFull(n) ? FOREVER : 'no-cache');
    },
    PIECES,
  );

  serve(
    app,
    PUBLIC_ROUTES.publicFile,
    async ({ params: { file }, request }, reply) => {
      const [hash = '', type = ''] = file.split('.');
      // Nothing that no public entry speaks of, whatever is kept under that hash.
      const found = register().feed.files.has(hash) ? attachments.read(hash) : null;
      if (found?.type !== type) return none(reply);
      return sendTagged(asFile(open(reply), hash, found.type), request, found.bytes, FOREVER);
    },
    PIECES,
  );

  serve(
    app,
    PUBLIC_ROUTES.registerBundle,
    async ({ request }, reply) => {
      const file = await handout.file();
      const look = lookFor(request, view.now());
      if (file === null)
        return sendPage(reply.header('Retry-After', 60), request, look, comeAgain(look), 503);
      // Opened at once: when the next one is made, this one is taken away.
      const fd = openSync(file, 'r');
      return reply
        .type('application/zip')
        .header('Cache-Control', 'no-cache')
        .header('ETag', `"${basename(file, '.zip').slice(0, 32)}"`)
        .header('Content-Length', fstatSync(fd).size)
        .header('Content-Disposition', `attachment; filename="${look.register.id}.zip"`)
        .send(createReadStream('', { fd }));
    },
    WHOLE,
  );
};
