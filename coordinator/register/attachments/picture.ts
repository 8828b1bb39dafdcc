import sharp from 'sharp';
import type { AttachmentRefusal } from './refusals.ts';

/** The longest edge of what is kept, and of the small one that lists show. */
const LONGEST = 2560;
const SMALL = 320;

/** More than any telephone's picture of 10 MB has; decoded they would fill the memory. */
const MOST_PIXELS = 64_000_000;

const QUALITY = 85;

// Nothing but the three decoders that are needed can be reached, whatever a file says it is.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
});
sharp.cache(false);
sharp.concurrency(1);

export type CleanPicture =
  | { readonly ok: true; readonly picture: Uint8Array; readonly small: Uint8Array }
  | { readonly ok: false; readonly reason: AttachmentRefusal };

/**
 * A picture drawn anew: upright, in sRGB, as JPEG on white, and with nothing in it of what stood beside its pixels (place,
 * time, camera, a second file behind the first).
 */
export async function cleanPicture(bytes: Uint8Array): Promise<CleanPicture> {
  try {
    const picture = await drawn(bytes, LONGEST);
    return { ok: true, picture, small: await drawn(picture, SMALL) };
  } catch (error) {
    const isBomb = error instanceof Error && /exceeds pixel limit/.test(error.message);
    return { ok: false, reason: isBomb ? 'too-many-pixels' : 'unreadable-picture' };
  }
}

function drawn(bytes: Uint8Array, edge: number): Promise<Uint8Array> {
  return sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error', autoOrient: true })
    .resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#fff' })
    .jpeg({ quality: QUALITY, chromaSubsampling: '4:4:4' })
    .toBuffer();
}
