import type { SamplePictures } from '../sample-scan.ts';

const dot = (byte: number) => ({ whole: new Uint8Array([byte]), small: null });

/** Pictures that nobody looks at, each another file. */
export const PICTURES: SamplePictures = { scan: dot(1), photo: dot(2), letter: dot(3), seen: dot(4) };
