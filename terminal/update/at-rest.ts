import type { SeatState } from '../seat/seat-state.ts';
import { isTesting } from '../seat/self-test.ts';

/** Whether a vote is open, as far as the seat knows: until it has heard, one may be. */
export const mayBeVoting = ({ link, sitting }: SeatState): boolean =>
  link !== 'up' || sitting === null || sitting.round?.phase === 'open';

/**
 * Whether the seat can be without its program for a moment: no vote is open, nothing of it waits to be sent, and nobody checks
 * in, votes or tests it. `waiting`: messages that have no answer yet.
 */
export function isAtRest(state: SeatState, waiting: number): boolean {
  return (
    !mayBeVoting(state) &&
    waiting === 0 &&
    state.afloat.length === 0 &&
    state.checkIn === null &&
    state.vote?.draft == null &&
    !isTesting(state)
  );
}
