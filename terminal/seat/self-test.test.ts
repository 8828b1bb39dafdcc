import { describe, expect, test } from 'vitest';
import type { Key } from '../../hardware/capabilities.ts';
import { decision, round, sittingOf } from '../testing/fixtures.ts';
import { checkedIn, messageId, played } from '../testing/gallery.ts';
import { lampsOf, step } from './seat.ts';
import type { SeatState } from './seat-state.ts';
import { hasPassed, isTesting } from './self-test.ts';

const seat = () =>
  played(
    checkedIn(),
    { type: 'panel', panel: { is: 'ready' } },
    { type: 'reader', reader: { is: 'ready' } },
    { type: 'self-test', on: true },
  );
const key = (which: Key) => ({ type: 'key', key: which, id: messageId() }) as const;
const tap = { type: 'card', tap: { card: '04A1B2C3' }, id: 'x' } as const;
const all = [key(1), key(2), key(3), key(4), key(5)];

/** Every message sent on the way. */
function sent(from: SeatState, events: readonly ((typeof all)[number] | typeof tap)[]) {
  let state = from;
  return events.flatMap((event) => {
    const made = step(state, { ...event, at: state.now + 1 });
    state = made.state;
    return made.effects.filter((effect) => effect.type === 'send');
  });
}

describe('每席自检', () => {
  test('lights one lamp after the other, and passes when each lit key was pressed and a card read', () => {
    let state = seat();
    for (const [i, event] of all.entries()) {
      expect(lampsOf(state)).toEqual([0, 1, 2, 3, 4].map((lamp) => (lamp === i ? 'valid' : 'off')));
      state = played(state, event);
    }
    expect(hasPassed(state)).toBe(false);
    state = played(state, tap);
    expect(hasPassed(state)).toBe(true);
    expect(lampsOf(state)).toEqual(['valid', 'valid', 'valid', 'valid', 'valid']);
  });

  test('checks nobody in and casts nothing', () => {
    expect(sent(seat(), [...all, tap])).toEqual([]);
    expect(sent(played(seat(), { type: 'self-test', on: false }), [tap])).toHaveLength(1);
  });

  test('a key that answers for another is named, and the seat does not pass', () => {
    const state = played(seat(), key(2), ...all, tap);
    expect(state.selfTest).toMatchObject({ keys: [1, 2, 3, 4, 5], wrong: [2], card: true });
    expect(hasPassed(state)).toBe(false);
  });

  test('tells the operator at every step', () => {
    let state = played(seat(), { type: 'self-test', on: false });
    for (const event of [{ type: 'self-test', on: true } as const, ...all, tap]) {
      const made = step(state, { ...event, at: state.now + 1 });
      expect(made.effects).toContainEqual({ type: 'report' });
      state = made.state;
    }
  });

  test('ends when a vote opens, when told to, and ten seconds after it has passed; what it found stays', () => {
    const vote = played(seat(), key(1), { type: 'sitting', sitting: sittingOf(9, round(decision())) });
    expect(isTesting(vote)).toBe(false);
    expect(vote.selfTest?.keys).toEqual([1]);
    expect(isTesting(played(vote, { type: 'self-test', on: true }))).toBe(false);
    const passed = played(seat(), ...all, tap);
    expect(isTesting(step(passed, { type: 'tick', at: passed.now + 9_000 }).state)).toBe(true);
    expect(isTesting(step(passed, { type: 'tick', at: passed.now + 11_000 }).state)).toBe(false);
  });

  test('asks for no card where there is no reader', () => {
    expect(hasPassed(played(seat(), { type: 'reader', reader: { is: 'none' } }, ...all))).toBe(true);
  });
});
