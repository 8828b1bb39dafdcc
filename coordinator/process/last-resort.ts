import type { Logger } from 'pino';
import type { After } from './clock.ts';
import { faultCode } from './fault.ts';

export interface LastResortParts {
  readonly log: Logger;
  /** Milliseconds on a clock that never jumps. */
  readonly now: () => number;
  readonly after: After;
  /** Resolves with whether the hall still does its work; it has {@link SOUND_MS} to. */
  readonly isSound: () => Promise<boolean>;
  /** Ends the process so that it is started again; nothing runs after it. */
  readonly end: () => void;
}

/** More leaks than these within a minute, and the process is better begun anew. */
const MOST_LEAKS = 5;
const WITHIN_MS = 60_000;

/** How long a hall that works may take to show it. */
const SOUND_MS = 2_000;

/** The database itself is broken: what is in memory is no longer what is on the disk. */
const isFatal = (error: unknown) => /^SQLITE_(CORRUPT|NOTADB|CONSTRAINT)/.test(faultCode(error) ?? '');

/**
 * What becomes of an exception that nobody caught. It is recorded. As a commit is staged, and the sitting changes whole or
 * not at all, such an exception leaves the ledger and the sitting sound: the process lives, so that nobody who finds such a
 * hole can end it, once the hall has shown that it still works. Where it has not, or leaks come again and again, or the
 * database is broken, the process ends at once; started again, it goes on from the ledger.
 */
export function lastResort({ log, now, after, isSound, end }: LastResortParts): (error: unknown) => void {
  const leaks: number[] = [];
  return (error) => {
    const time = now();
    leaks.push(time);
    while (leaks[0] !== undefined && leaks[0] <= time - WITHIN_MS) leaks.shift();
    log.fatal({ err: error, leaks: leaks.length }, 'an exception nobody caught');
    if (isFatal(error) || leaks.length > MOST_LEAKS) return end();
    const callOff = after(SOUND_MS, end);
    void isSound()
      .catch(() => false)
      .then((sound) => {
        callOff();
        if (!sound) end();
      });
  };
}
