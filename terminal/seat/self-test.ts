import { KEYS, type Key, type LampRow } from '../../hardware/capabilities.ts';
import type { SeatState, Step } from './seat-state.ts';

/**
 * 每席自检: the lamps light one after the other, and whoever walks along the seats presses each lit key and taps
 * a card. A lamp is proven by the press it led to. Nothing is checked in or cast meanwhile; an opening vote ends it.
 */

const TEST_MS = 600_000;
/** How long the seat shows that it has passed. */
const PASSED_MS = 10_000;

type Test = NonNullable<SeatState['selfTest']>;

export function isTesting(state: SeatState): boolean {
  return state.selfTest?.on ?? false;
}

/** Whether everything this seat has was found to work. */
export function hasPassed({ selfTest, panel, reader }: SeatState): boolean {
  if (selfTest === null) return false;
  const keys = panel.is === 'none' || selfTest.keys.length === KEYS.length;
  return keys && selfTest.wrong.length === 0 && (reader.is === 'none' || selfTest.card);
}

/** The key whose lamp is lit; null when all have been pressed. */
export function keyInTest({ selfTest, panel }: SeatState): Key | null {
  if (!selfTest?.on || panel.is === 'none') return null;
  return KEYS[selfTest.keys.length] ?? null;
}

export function begunTest(state: SeatState): Step {
  if (state.sitting?.round?.phase === 'open') return { state, effects: [] };
  const until = state.now + TEST_MS;
  return noted(state, { on: true, keys: [], wrong: [], card: false, until });
}

export function endedTest(state: SeatState): Step {
  if (!state.selfTest?.on) return { state, effects: [] };
  return noted(state, { ...state.selfTest, on: false });
}

/** Ends a test whose time is up, and one that a vote cuts short. */
export function ticked(state: SeatState): Step {
  const { selfTest, now, sitting } = state;
  const over = selfTest?.on && (now >= selfTest.until || sitting?.round?.phase === 'open');
  return over ? endedTest(state) : { state, effects: [] };
}

export function testedKey(state: SeatState, key: Key): Step {
  const { selfTest } = state;
  if (!selfTest) return { state, effects: [] };
  if (key === keyInTest(state)) return noted(state, { ...selfTest, keys: [...selfTest.keys, key] });
  if (selfTest.keys.includes(key) || selfTest.wrong.includes(key)) return { state, effects: [] };
  return noted(state, { ...selfTest, wrong: [...selfTest.wrong, key] });
}

export function testedCard(state: SeatState): Step {
  const { selfTest } = state;
  return selfTest && !selfTest.card ? noted(state, { ...selfTest, card: true }) : { state, effects: [] };
}

export function testLamps(state: SeatState): LampRow {
  const lit = keyInTest(state);
  const done = hasPassed(state);
  const lamp = (key: Key) => (done || key === lit ? 'valid' : 'off');
  return [lamp(1), lamp(2), lamp(3), lamp(4), lamp(5)];
}

function noted(state: SeatState, selfTest: Test): Step {
  const next = { ...state, selfTest };
  const until = hasPassed(next) && selfTest.on ? state.now + PASSED_MS : selfTest.until;
  return { state: { ...next, selfTest: { ...selfTest, until } }, effects: [{ type: 'report' }] };
}
