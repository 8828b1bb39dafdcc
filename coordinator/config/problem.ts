/** A mistake in a file the hall's staff wrote: where, what, and what to write instead. */
export interface Problem {
  readonly file: string;
  readonly line: number | null;
  readonly what: string;
  readonly cure: string;
}

/** What reading a file gives: its value, or the mistakes in it. */
export type Loaded<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Mistakes shown at once at the most. */
const MOST_PROBLEMS = 20;

/** One line a person can act on: `roll.csv:12: what is wrong → what to do`. */
export function describeProblem({ file, line, what, cure }: Problem): string {
  return `${file}${line === null ? '' : `:${line}`}: ${what} → ${cure}`;
}

export const loaded = <T>(value: T): Loaded<T> => ({ ok: true, value });

/** The problem, or the first {@link MOST_PROBLEMS} of them. */
export const failed = (problems: Problem | readonly Problem[]): Loaded<never> => ({
  ok: false,
  problems: [problems].flat().slice(0, MOST_PROBLEMS),
});
