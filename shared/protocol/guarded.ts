/** Takes note of what went wrong where nobody waits for an answer; must not throw. */
export type Report = (what: string, error: unknown) => void;

/**
 * `handler` in the one shape in which handlers of sockets, upgrades, parsers, timers and child processes are given away:
 * whatever it throws, and whatever its promise rejects with, goes to `report` as `what`, and then `giveUp`, with the same
 * arguments, may end what the handler worked on (destroy the socket, drop the child). Neither can leak an exception.
 */
export function guarded<A extends readonly unknown[]>(
  what: string,
  report: Report,
  handler: (...args: A) => unknown,
  giveUp: (...args: A) => unknown = () => {},
): (...args: A) => void {
  const failed = (error: unknown, args: A): void => {
    report(what, error);
    try {
      giveUp(...args);
    } catch (another) {
      report(what, another);
    }
  };
  return (...args) => {
    try {
      const outcome = handler(...args);
      if (outcome instanceof Promise) outcome.catch((error) => failed(error, args));
    } catch (error) {
      failed(error, args);
    }
  };
}
