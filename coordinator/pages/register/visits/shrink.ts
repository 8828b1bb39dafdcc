import type { Photo } from './kept.ts';

/** The longer side of a photograph that is kept, and of its picture in the form, in pixels. */
const WHOLE = 1600;
const SMALL = 240;

/** Makes a photograph small before it is kept, upright and without anything that a camera wrote into it; null: no picture. */
export async function shrunk(file: Blob): Promise<Photo | null> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null);
  if (picture === null) return null;
  try {
    const whole = await jpeg(drawn(picture, WHOLE), 0.82);
    if (whole === null) return null;
    const small = drawn(picture, SMALL).toDataURL('image/jpeg', 0.7);
    return { bytes: new Uint8Array(await whole.arrayBuffer()), small, hash: null };
  } finally {
    picture.close();
  }
}

function drawn(picture: ImageBitmap, longest: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  const { width, height } = fitted(picture, longest);
  Object.assign(canvas, { width, height });
  canvas.getContext('2d')?.drawImage(picture, 0, 0, width, height);
  return canvas;
}

/** The size at which the longer side is at most `longest`; what is smaller stays as it is. */
export function fitted(
  { width, height }: { readonly width: number; readonly height: number },
  longest: number,
): { readonly width: number; readonly height: number } {
  const by = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * by)), height: Math.max(1, Math.round(height * by)) };
}

const jpeg = (canvas: HTMLCanvasElement, quality: number): Promise<Blob | null> =>
  new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
