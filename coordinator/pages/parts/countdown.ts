/** `m:ss` of whole seconds, rounded up so that 0:00 means over. */
export function clock(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** The first 16 digits of a hash in groups of four, as people compare it. */
export function fingerprint(hash: string): string {
  return (hash.slice(0, 16).match(/.{4}/g) ?? []).join(' ');
}

/** What is left at `now` of `remaining` milliseconds that were told at `toldAt`; null where either is not known. */
export function remainingAt(remaining: number | null, toldAt: number | null, now: number): number | null {
  return remaining === null || toldAt === null ? null : Math.max(0, remaining - (now - toldAt));
}
