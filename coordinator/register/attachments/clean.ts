import { fileKind } from './file-kind.ts';
import { cleanPdf } from './pdf.ts';
import { cleanPicture } from './picture.ts';
import type { AttachmentRefusal } from './refusals.ts';

/** What of a stranger's file is kept: a picture or a PDF drawn anew, and a small picture of the one. */
export type Clean =
  | { readonly ok: true; readonly type: 'jpg'; readonly bytes: Uint8Array; readonly small: Uint8Array }
  | { readonly ok: true; readonly type: 'pdf'; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly reason: AttachmentRefusal };

/** Takes from a file what can be shown to others; judged by its content. To be run where a failure takes nothing with it. */
export async function clean(bytes: Uint8Array): Promise<Clean> {
  switch (fileKind(bytes)) {
    case 'picture': {
      const drawn = await cleanPicture(bytes);
      return drawn.ok ? { ok: true, type: 'jpg', bytes: drawn.picture, small: drawn.small } : drawn;
    }
    case 'pdf': {
      const built = await cleanPdf(bytes);
      return built.ok ? { ok: true, type: 'pdf', bytes: built.pdf } : built;
    }
    case 'heic':
      return { ok: false, reason: 'heic' };
    case 'other':
      return { ok: false, reason: 'unknown-type' };
  }
}
