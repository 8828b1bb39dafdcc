import five from 'johnny-five';
import { machineAfter } from './after.ts';

const READY_MS = 10_000;

/** A board as a panel needs it: opened by `start()`, watched, let go of. */
export interface PanelBoard {
  /**
   * Opens the board; a fault is a value. `firmware`: name and version, null where the board has none.
   * `isDebounced`: whether it reports keys without bounces and glitches.
   */
  start(): Promise<
    | {
        readonly ok: true;
        readonly board: five.Board;
        readonly firmware: string | null;
        readonly isDebounced: boolean;
      }
    | { readonly ok: false; readonly what: string }
  >;
  /** Calls `listener` when the board stops working after it was opened. */
  onFault(listener: (what: string) => void): void;
  stop(): Promise<void>;
}

/** A board that is ready, or why it is not: one line for the operator. */
export type OpenedBoard =
  | { readonly ok: true; readonly board: five.Board }
  | { readonly ok: false; readonly what: string };

/**
 * Opens a johnny-five board on an IO plugin; `onFault` is called for every error after that. A board is opened
 * once in a process: johnny-five keeps all it ever made, so after a fault the process starts again.
 */
export function openBoard(
  io: object,
  onFault: (what: string) => void,
  after = machineAfter,
): Promise<OpenedBoard> {
  return new Promise((resolve) => {
    // Without a listener for errors the process would end; with the REPL it ends when stdin is closed.
    const options = { io, repl: false, debug: false, sigint: false };
    const board = new five.Board(options);
    const callOff = after(READY_MS, () => resolve({ ok: false, what: 'the board does not answer' }));
    board.on('error', (error: unknown) => {
      callOff();
      const what = error instanceof Error ? error.message : String(error);
      resolve({ ok: false, what });
      onFault(what);
    });
    board.on('ready', () => {
      callOff();
      resolve({ ok: true, board });
    });
  });
}

/** A board that has no firmware and nothing to be watched but johnny-five's own errors. */
export function simpleBoard(io: object): PanelBoard {
  let fail: (what: string) => void = () => {};
  return {
    start: async () => {
      const opened = await openBoard(io, (what) => fail(what));
      return opened.ok ? { ...opened, firmware: null, isDebounced: true } : opened;
    },
    onFault: (listener) => {
      fail = listener;
    },
    stop: async () => {},
  };
}
