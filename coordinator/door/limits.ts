import { readFileSync } from 'node:fs';
import type { PoolLimits } from './fair-pool.ts';

/** Descriptors kept for files, threads, timers and listeners. */
const FOR_FILES = 256;
/** Connections of signed-in staff and scrutineers that need no room of their own. */
export const MOST_STAFF = 200;
/** Connections of one enrolled terminal: a new one while the old one ends. */
export const MOST_OF_TERMINAL = 2;

/** All who have proved nothing yet, at most: more than ten thousand seats that arrive at once. */
const MOST_UNPROVED = { all: 12_000, each: 11_000, least: 64 } as const;

/** How many descriptors this process may have; what Linux says, or what is safe elsewhere. */
export function descriptorLimit(): number {
  try {
    const [, soft] = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    return soft === undefined ? Number.MAX_SAFE_INTEGER : Number(soft);
  } catch {
    return 4096;
  }
}

/** How many connections may be there unproved, so that the hall's terminals and staff always find a descriptor. */
export function unprovedLimits(descriptors: number, terminals: number): PoolLimits {
  const left = descriptors - FOR_FILES - MOST_STAFF - terminals;
  const all = Math.min(MOST_UNPROVED.all, Math.max(MOST_UNPROVED.least, left));
  return { all, each: Math.min(MOST_UNPROVED.each, all) };
}

/** Connections of one address to what has no hall behind it: a school or a village behind one line has fewer. */
export const MOST_OF_PLACE = 1_000;

/** The same for pages alone, to which nobody comes with a hall full of terminals. */
export function pagesLimits(descriptors: number): PoolLimits {
  const { all, each } = unprovedLimits(descriptors, 0);
  return { all, each: Math.min(MOST_OF_PLACE, each) };
}
