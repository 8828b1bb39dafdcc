/** Calls `then` once after `ms`; the returned function calls it off. */
export type After = (ms: number, then: () => void) => () => void;

/** By this machine's own clock. */
export const machineAfter: After = (ms, then) => {
  const timer = setTimeout(then, ms);
  return () => clearTimeout(timer);
};
