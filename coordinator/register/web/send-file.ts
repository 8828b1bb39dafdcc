import type { FastifyReply } from 'fastify';
import type { AttachmentType } from '../attachments/attachment-store.ts';

const MEDIA = { jpg: 'image/jpeg', pdf: 'application/pdf', json: 'application/json' } as const;

/** Under its hash a file never changes. */
export const FOREVER = 'public, max-age=31536000, immutable';

/** Says what a kept file is: a picture is shown; a PDF is a program of its own, and is saved. */
export const asFile = (reply: FastifyReply, hash: string, type: AttachmentType): FastifyReply =>
  reply
    .type(MEDIA[type])
    .header(
      'Content-Disposition',
      `${type === 'jpg' ? 'inline' : 'attachment'}; filename="${hash.slice(0, 12)}.${type}"`,
    )
    .header('Content-Security-Policy', "default-src 'none'; sandbox");
