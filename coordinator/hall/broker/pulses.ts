import { PULSE_MS } from '../../../shared/protocol/pulse.ts';
import type { After } from '../../process/clock.ts';

/**
 * So many pulses in a row that nothing answers mean silence. Counted and not timed: where this process itself stood still,
 * nobody's answers were read, and no more than one pulse is due afterwards.
 */
const UNANSWERED = 2;

interface Line {
  unanswered: number;
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
  readonly after: After;
}

/** Sends every terminal that is connected its pulse, each at its own moment, and notices who answers no more. */
export class Pulses {
  readonly #parts: PulsesParts;
  readonly #lines = new Map<string, Line>();

  constructor(parts: PulsesParts) {
    this.#parts = parts;
  }

  /** A terminal is connected, in place of any connection that it had. */
  begin(terminal: string): void {
    this.end(terminal);
    const line: Line = { unanswered: 0, judged: 0, isSilent: false, callOff: () => {} };
    this.#lines.set(terminal, line);
    this.#arm(terminal, line);
  }

  end(terminal: string): void {
    this.#lines.get(terminal)?.callOff();
    this.#lines.delete(terminal);
  }

  /** A packet has come from a terminal. */
  heard(terminal: string): void {
    const line = this.#lines.get(terminal);
    if (!line) return;
    line.unanswered = 0;
    if (!line.isSilent) return;
    line.isSilent = false;
    this.#parts.onSilent(terminal, false);
  }

  /** Something that a terminal sent is judged from now on; it counts as heard until what this gives is called. */
  judging(terminal: string): () => void {
    const line = this.#lines.get(terminal);
    if (!line) return () => {};
    line.judged += 1;
    return () => {
      line.judged -= 1;
      line.unanswered = 0;
    };
  }

  stop(): void {
    for (const terminal of [...this.#lines.keys()]) this.end(terminal);
  }

  #arm(terminal: string, line: Line): void {
    line.callOff = this.#parts.after(PULSE_MS, () => {
      this.#arm(terminal, line);
      this.#beat(terminal, line);
    });
  }

  #beat(terminal: string, line: Line): void {
    if (line.judged > 0) line.unanswered = 0;
    if (line.unanswered >= UNANSWERED && !line.isSilent) {
      line.isSilent = true;
      this.#parts.onSilent(terminal, true);
    }
    line.unanswered += 1;
    this.#parts.send(terminal);
  }
}
