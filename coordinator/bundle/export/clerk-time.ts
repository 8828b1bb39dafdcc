/** A time of the ledger as a clerk writes it, in China Standard Time, which knows no summer. */
export function clerkTime(ms: number): string {
  return new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}
