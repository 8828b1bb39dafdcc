/** So many at once, then so many a second. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

/** The tokens there are at a time (ms); fewer than none where some were taken that are still to come. */
export interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

/**
 * Takes one token at `now` (ms), also one that is still to come.
 * @returns the bucket then and the ms until the token is there; null where that is longer than `patience` ms, and
 * nothing is taken.
 */
export function takeToken(
  { burst, perSecond }: Rate,
  { tokens, at }: Bucket,
  now: number,
  patience: number,
): { readonly bucket: Bucket; readonly wait: number } | null {
  const left = Math.min(burst, tokens + ((now - at) / 1000) * perSecond) - 1;
  const wait = Math.max(0, (-left / perSecond) * 1000);
  return wait > patience ? null : { bucket: { tokens: left, at: now }, wait };
}

/** A function that says whether one more is allowed now. `now`: the time in ms. */
export function throttle(rate: Rate, now: () => number): () => boolean {
  let bucket: Bucket = { tokens: rate.burst, at: now() };
  return () => {
    const taken = takeToken(rate, bucket, now(), 0);
    if (taken) bucket = taken.bucket;
    return taken !== null;
  };
}
