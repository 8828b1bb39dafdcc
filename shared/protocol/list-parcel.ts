import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { MOST_HALL_LIST } from '../projects/read-list.ts';
import { sha256Hex } from './bytes.ts';

/** Every character of a list in UTF-8. */
const MOST_BYTES = 3 * MOST_HALL_LIST;

/** The text of a list as it goes to every seat: deflated, since names and units repeat; in base64. */
export const packList = (text: string): string => deflateRawSync(text, { level: 9 }).toString('base64');

/** The text that a parcel holds, where it is the list with this hash: who sent it does not matter. Null where it is not. */
export function unpackList(parcel: string, hash: string): string | null {
  try {
    const bytes = inflateRawSync(Buffer.from(parcel, 'base64'), { maxOutputLength: MOST_BYTES });
    return sha256Hex(bytes) === hash ? bytes.toString('utf8') : null;
  } catch {
    return null;
  }
}
