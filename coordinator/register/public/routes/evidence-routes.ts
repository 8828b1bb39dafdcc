import type { FastifyPluginAsync } from 'fastify';
import { PUBLIC_ROUTES } from '../../../contract/register/public-routes.ts';
import { serve } from '../../../web/serve.ts';
import type { AttachmentStore } from '../../attachments/attachment-store.ts';
import type { Register } from '../../model/state.ts';
import { asFile, FOREVER } from '../../web/send-file.ts';
import type { PublicView } from '../public-register.ts';
import { lookFor, sendPage } from './sent-page.ts';

export interface EvidenceParts {
  readonly register: () => Register;
  readonly view: PublicView;
  readonly attachments: AttachmentStore;
}

/** A file that is no picture has none that is small: a sheet of paper stands for it. */
const PAPER =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 90"><path fill="#fff" stroke="#55524e" stroke-width="2" d="M36 8h34l16 16v58H36z"/><path fill="none" stroke="#55524e" stroke-width="2" d="M70 8v16h16"/><text x="61" y="58" font-family="sans-serif" font-size="16" font-weight="700" text-anchor="middle" fill="#98181a">PDF</text></svg>';

/**
 * Evidence, photographs, decisions and signed sheets, as pages show them: small, or a sign in their place. The same files are
 * served to programs by the feed, under names that stay.
 */
export const evidenceRoutes: FastifyPluginAsync<EvidenceParts> = async (app, parts) => {
  const { register, view, attachments } = parts;
  serve(app, PUBLIC_ROUTES.evidence, async ({ params: { hash, size }, request }, reply) => {
    const whole = register().feed.files.has(hash) ? attachments.typeOf(hash) : null;
    if (!whole) return sendPage(reply, request, lookFor(request, view.now()), null);
    reply.header('Cache-Control', FOREVER).header('Content-Security-Policy', "default-src 'none'; sandbox");
    const found = attachments.read(hash, size);
    return found
      ? asFile(reply, hash, found.type).send(found.bytes)
      : reply.type('image/svg+xml').send(PAPER);
  });
};
