import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { guarded, type Report } from '../../shared/protocol/guarded.ts';

/** The machine's clocks. `mono` never jumps and is comparable between readings of one `boot`. */
export interface MachineClock {
  readonly boot: string;
  /** Milliseconds on the monotonic clock. */
  mono(): number;
  /** Milliseconds since 1970 as the system's clock has it, which anybody may change. */
  wall(): number;
}

/** Runs `then` once, in `ms` milliseconds. @returns what calls that off; harmless when it is over. */
export type After = (ms: number, then: () => void) => () => void;

/** The machine's timers. */
export const machineTimer: After = (ms, then) => {
  const timer = setTimeout(then, ms);
  return () => clearTimeout(timer);
};

/** Timers whose work cannot leak an exception. */
export const guardedTimer =
  (after: After, report: Report): After =>
  (ms, then) =>
    after(ms, guarded('a timer', report, then));

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    // Without one, every start counts as a boot: open votes go on with the time they had left.
    return randomUUID();
  }
}

/** On Linux the monotonic clock counts from the boot, so a restarted process goes on where it was. */
export function machineClock(): MachineClock {
  return {
    boot: bootId(),
    mono: () => Math.floor(Number(process.hrtime.bigint()) / 1e6),
    wall: Date.now,
  };
}

/** A reading of the monotonic clock tied to ledger time. */
export interface ClockAnchor {
  readonly boot: string;
  readonly mono: number;
  readonly time: number;
}

/**
 * Ledger time in milliseconds: the wall clock is asked once a boot and the monotonic clock counts from there,
 * so that setting the system's clock neither opens, closes nor lengthens a vote.
 * @param anchor the last start in the ledger; @param last the ledger's last time, never gone behind.
 */
export function steadyClock(machine: MachineClock, anchor: ClockAnchor | null, last: number): () => number {
  const offset =
    anchor?.boot === machine.boot
      ? anchor.time - anchor.mono
      : Math.max(machine.wall(), last) - machine.mono();
  return () => machine.mono() + offset;
}
