import { hash } from 'node:crypto';

/** The receipt code (回执码) of a sealed ballot: Belenios' tracker, the base64 SHA-256 of its bytes without `=`. */
export const receiptCode = (ballot: string): string => hash('sha256', ballot, 'base64').replace(/=+$/, '');
