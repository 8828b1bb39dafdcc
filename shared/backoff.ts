/** A source of numbers in [0, 1), handed in so that tests and seeded simulations can choose it. */
export type Random = () => number;

export interface BackoffRange {
  readonly firstMs: number;
  readonly mostMs: number;
}

/**
 * How long to wait before attempt `attempt` (0, 1, …): exponential up to a limit, and spread over the upper
 * half, so that a hall of terminals does not come back in step.
 */
export function backoffMs(attempt: number, { firstMs, mostMs }: BackoffRange, random: Random): number {
  const whole = Math.min(mostMs, firstMs * 2 ** Math.min(attempt, 30));
  return Math.round(whole / 2 + (random() * whole) / 2);
}
