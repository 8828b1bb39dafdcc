import { START_AGAIN } from './restart.ts';

/** An error in one line. */
export const faultLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ');

/** What is there to end by, after a fault that nobody caught. */
export interface LastResort {
  /** Takes note of it; must not throw. */
  readonly report: (error: unknown) => void;
  /** Ends the program's work as well as may be, lamps out. */
  readonly stop: () => Promise<void>;
}

/** So long may the end take. */
const STOP_MS = 3_000;

/**
 * Where an exception leaks in spite of every guard, the program ends, with the code that has systemd start it again: a seat
 * of which nobody knows how it stands must not go on with lamps lit. Starting again is cheap and loses nothing, since what
 * was cast is in the outbox and all else comes from the coordinator. What a guard catches does not come here: then the
 * state is as it was before, and the seat lives on.
 */
export function lastResort({ report, stop }: LastResort): (error: unknown) => void {
  let isEnding = false;
  const end = () => process.exit(START_AGAIN);
  const leaked = (error: unknown) => {
    report(error);
    if (isEnding) return;
    isEnding = true;
    setTimeout(end, STOP_MS);
    stop().then(end, end);
  };
  process.on('uncaughtException', leaked);
  process.on('unhandledRejection', leaked);
  return leaked;
}
