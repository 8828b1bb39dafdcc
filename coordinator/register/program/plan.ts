import { readFileSync } from 'node:fs';
import { StartError } from '../../refused-start.ts';
import type { AttachmentStore } from '../attachments/attachment-store.ts';
import type { Intake } from '../attachments/intake.ts';

/** As wide as the narrowest telephone shows it whole: a press on it comes back in these very dots, without any script. */
const WIDTH = 280;
/** A larger picture is shown as its small one: a plan is looked at over poor lines. */
const MOST_BYTES = 200_000;

/** A small plan of the area, as everybody sees it. */
export interface Plan {
  readonly bytes: Uint8Array;
  /** In dots of a page. */
  readonly width: number;
  readonly height: number;
}

/** The plan that the file holds, drawn anew as strangers' pictures are. @throws {StartError} where it is no picture. */
export async function readPlan(
  file: string,
  intake: Pick<Intake, 'take'>,
  kept: Pick<AttachmentStore, 'read'>,
): Promise<Plan> {
  const taken = await intake.take(bytesOf(file));
  const whole = taken.ok ? kept.read(taken.hash) : null;
  if (!taken.ok || whole?.type !== 'jpg') throw wrong(file);
  const shown = whole.bytes.length <= MOST_BYTES ? whole : (kept.read(taken.hash, 'small') ?? whole);
  const size = jpegSize(shown.bytes);
  if (!size) throw wrong(file);
  return { bytes: shown.bytes, width: WIDTH, height: Math.round((size.height * WIDTH) / size.width) };
}

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch {
    throw wrong(file);
  }
}

const wrong = (file: string): StartError =>
  new StartError(`plan: ${file} cannot be read as a picture → give a JPEG or PNG, or leave plan out`);

/** Width and height from a JPEG's frame header (ITU-T T.81, B.2.2); null where it has none. */
export function jpegSize(bytes: Buffer): { readonly width: number; readonly height: number } | null {
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1] ?? 0;
    // SOF0 to SOF15, but for the three among them that head tables.
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
  }
  return null;
}
