import { PULSE_MS } from '../../../shared/protocol/pulse.ts';
import type { After } from '../../process/clock.ts';

/**
 * So many pulses in a row that nothing answers mean silence. Counted and not timed: where this process itself stood still,
 * nobody's answers were read, and no more than one pulse is due afterwards.
 */
const UNANSWERED = 2;

interface Line {
  unanswered: number;
  /** When something last came from it, and when it was last sent something. */
  heardAt: number;
  toldAt: number;
  beatAt: number;
  /** Messages of it that are being judged: meanwhile nothing more is read from it. */
  judged: number;
  isSilent: boolean;
  callOff: () => void;
}

export interface PulsesParts {
  /** Sends a terminal its pulse. */
  readonly send: (terminal: string) => void;
  /** Nothing comes from a terminal any more, or again. */
  readonly onSilent: (terminal: string, isSilent: boolean) => void;
  /** The time in ms, which never goes back. */
  readonly now: () => number;
  readonly after: After;
}

/**
 * Sends every terminal that is connected its pulse, each at its own moment, and notices who answers no more. A line that has
 * carried something both ways within the time of a pulse needs none: a burst of ballots does without.
 */
export class Pulses {
  readonly #parts: PulsesParts;
  readonly #lines = new Map<string, Line>();

  constructor(parts: PulsesParts) {
    this.#parts = parts;
  }

  /** A terminal is connected, in place of any connection that it had. */
  begin(terminal: string): void {
    this.end(terminal);
    const now = this.#parts.now();
    const times = { heardAt: now, toldAt: now, beatAt: now };
    const line: Line = { unanswered: 0, ...times, judged: 0, isSilent: false, callOff: () => {} };
    this.#lines.set(terminal, line);
    this.#arm(terminal, line, PULSE_MS);
  }

  end(terminal: string): void {
    this.#lines.get(terminal)?.callOff();
    this.#lines.delete(terminal);
  }

  /** A packet has come from a terminal. */
  heard(terminal: string): void {
    const line = this.#lines.get(terminal);
    if (!line) return;
    this.#hear(line);
    if (!line.isSilent) return;
    line.isSilent = false;
    this.#parts.onSilent(terminal, false);
  }

  /** A terminal was sent something other than its pulse. */
  told(terminal: string): void {
    const line = this.#lines.get(terminal);
    if (line) line.toldAt = this.#parts.now();
  }

  /** Something that a terminal sent is judged from now on; it counts as heard until what this gives is called. */
  judging(terminal: string): () => void {
    const line = this.#lines.get(terminal);
    if (!line) return () => {};
    line.judged += 1;
    return () => {
      line.judged -= 1;
      this.#hear(line);
    };
  }

  stop(): void {
    for (const terminal of [...this.#lines.keys()]) this.end(terminal);
  }

  #hear(line: Line): void {
    line.unanswered = 0;
    line.heardAt = this.#parts.now();
  }

  /** Looks again when a pulse can be due at the soonest: no timer is set anew for every packet. */
  #arm(terminal: string, line: Line, ms: number): void {
    line.callOff = this.#parts.after(ms, () => {
      const now = this.#parts.now();
      const left = dueAt(line) - now;
      this.#arm(terminal, line, left > 0 ? left : PULSE_MS);
      if (left <= 0) this.#beat(terminal, line, now);
    });
  }

  #beat(terminal: string, line: Line, now: number): void {
    if (line.judged > 0) line.unanswered = 0;
    if (line.unanswered >= UNANSWERED && !line.isSilent) {
      line.isSilent = true;
      this.#parts.onSilent(terminal, true);
    }
    line.unanswered += 1;
    line.beatAt = now;
    line.toldAt = now;
    this.#parts.send(terminal);
  }
}

/** When a line needs its next pulse: counted from what it last carried, the way on which that was longer ago. */
const dueAt = ({ heardAt, toldAt, beatAt }: Line) => Math.max(beatAt, Math.min(heardAt, toldAt)) + PULSE_MS;
