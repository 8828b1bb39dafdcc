import type { FastifyPluginAsync } from 'fastify';
import { PUBLIC_ROUTES } from '../../../contract/register/public-routes.ts';
import { serve } from '../../../web/serve.ts';
import type { AttachmentStore } from '../../attachments/attachment-store.ts';
import { publicFilesOf } from '../../model/work/files.ts';
import type { Works } from '../../model/work/works.ts';
import type { PublicView } from '../public-register.ts';
import { lookFor, sendPage } from './sent-page.ts';

export interface EvidenceParts {
  readonly view: PublicView;
  readonly attachments: AttachmentStore;
}

const MEDIA = { jpg: 'image/jpeg', pdf: 'application/pdf' } as const;

/** A file that is no picture has none that is small: a sheet of paper stands for it. */
const PAPER =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 90"><path fill="#fff" stroke="#55524e" stroke-width="2" d="M36 8h34l16 16v58H36z"/><path fill="none" stroke="#55524e" stroke-width="2" d="M70 8v16h16"/><text x="61" y="58" font-family="sans-serif" font-size="16" font-weight="700" text-anchor="middle" fill="#98181a">PDF</text></svg>';

/** Under its hash a file never changes. */
const FOREVER = 'public, max-age=31536000, immutable';

/** Evidence, photographs, decisions and signed sheets: files that a public entry speaks of, and no other. */
export const evidenceRoutes: FastifyPluginAsync<EvidenceParts> = async (app, { view, attachments }) => {
  /** Works are a value: what they speak of holds until there are others. */
  const known = new WeakMap<Works, ReadonlySet<string>>();
  const isPublic = (hash: string): boolean => {
    const { works } = view.now();
    const files = known.get(works) ?? publicFilesOf(works);
    known.set(works, files);
    return files.has(hash);
  };

  serve(app, PUBLIC_ROUTES.evidence, async ({ params: { hash, size }, request }, reply) => {
    const whole = isPublic(hash) ? attachments.typeOf(hash) : null;
    if (!whole) return sendPage(reply, request, lookFor(request, view.now()), null);
    reply.header('Cache-Control', FOREVER).header('Content-Security-Policy', "default-src 'none'; sandbox");
    const found = attachments.read(hash, size);
    if (!found) return reply.type('image/svg+xml').send(PAPER);
    const how = found.type === 'jpg' ? 'inline' : 'attachment';
    return reply
      .type(MEDIA[found.type])
      .header('Content-Disposition', `${how}; filename="${hash.slice(0, 12)}.${found.type}"`)
      .send(found.bytes);
  });
};
