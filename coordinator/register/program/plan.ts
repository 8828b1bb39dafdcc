import { readFileSync } from 'node:fs';
import { StartError } from '../../refused-start.ts';

/** As wide as the narrowest telephone shows it whole: a press on it comes back in these very dots, without any script. */
const WIDTH = 280;
/** Drawn finer than it is shown: screens have two or three dots to one of a page. */
const FINE = 2;

/** A small plan of the area, as everybody sees it. */
export interface Plan {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** The plan that the file holds, drawn anew and small. @throws {StartError} where it is no picture. */
export async function readPlan(file: string): Promise<Plan> {
  const { default: sharp } = await import('sharp');
  try {
    const { data, info } = await sharp(readFileSync(file), { failOn: 'error' })
      .resize({ width: WIDTH * FINE })
      .flatten({ background: '#fff' })
      .jpeg({ quality: 85 })
      .toBuffer({ resolveWithObject: true });
    return { bytes: data, width: WIDTH, height: Math.round(info.height / FINE) };
  } catch (error) {
    throw new StartError(
      `plan: ${file} cannot be read as a picture (${error instanceof Error ? error.message : 'unknown'}) → give a JPEG or PNG, or leave plan out`,
    );
  }
}
