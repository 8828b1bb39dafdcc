/** What is tried on a hall of its own, because it ends it. */
export interface Trial {
  readonly name: string;
  readonly does: string;
  readonly run: (seed: number) => Promise<TrialOutcome>;
}

export interface TrialOutcome {
  /** What was done, in one line with figures. */
  readonly tried: string;
  /** What this machine did not allow, a line each. */
  readonly notTried: readonly string[];
  /** What is broken, a line each. */
  readonly findings: readonly string[];
}
