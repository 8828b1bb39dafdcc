import { base64Hash } from '../belenios/hash.ts';

/** The receipt code (回执码) of a sealed ballot: Belenios' tracker, the base64 SHA-256 of its bytes without `=`. */
export const receiptCode = (ballot: string): string => base64Hash(ballot);
