import { guarded, type Report } from '../../shared/protocol/guarded.ts';

/** A steady clock and its timers: setting the system's clock changes neither. Handed in, so that tests drive time. */
export interface Clock {
  /** Milliseconds since some fixed instant. */
  now(): number;
  /** Calls `then` once after `ms`; the returned function calls it off. */
  after(ms: number, then: () => void): () => void;
}

export const steadyClock: Clock = {
  now: () => performance.now(),
  after: (ms, then) => {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
};

/** `clock` whose timers go through {@link guarded}: what one of them throws is reported as `what` and harms nothing else. */
export function guardedClock(clock: Clock, what: string, report: Report): Clock {
  return {
    now: () => clock.now(),
    after: (ms, then) => clock.after(ms, guarded(what, report, then)),
  };
}

/** Calls `act` every `ms`, first after `first`, until the returned function is called. */
export function every(clock: Clock, ms: number, act: () => void, first = ms): () => void {
  let cancel = clock.after(first, function again() {
    cancel = clock.after(ms, again);
    act();
  });
  return () => cancel();
}

/** A clock that moves when told to, for tests. */
export function manualClock(): Clock & { advance(ms: number): void } {
  let now = 0;
  let timers: { at: number; then: () => void }[] = [];
  return {
    now: () => now,
    after: (ms, then) => {
      const timer = { at: now + ms, then };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance: (ms) => {
      const until = now + ms;
      for (;;) {
        const due = timers.filter((t) => t.at <= until).sort((a, b) => a.at - b.at)[0];
        if (!due) break;
        timers = timers.filter((t) => t !== due);
        now = due.at;
        due.then();
      }
      now = until;
    },
  };
}
