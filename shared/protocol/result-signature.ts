import { sha256Hex } from '../belenios/hash.ts';
import type { Result } from './result.ts';

/** What a scrutineer signs (with the key of their certificate): this result of this vote of this sitting. */
export function resultToSign(sitting: string, round: string, opening: string, result: Result): string {
  return `hallvote-result|${sitting}|${round}|${opening}|${sha256Hex(JSON.stringify(result))}`;
}
