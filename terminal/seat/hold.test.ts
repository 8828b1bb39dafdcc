import { describe, expect, test } from 'vitest';
import { KEYS } from '../../hardware/capabilities.ts';
import { screenView } from '../screen/screen-view.ts';
import { decision, selection } from '../testing/fixtures.ts';
import { answered, held, opened, openedSecret, press, sealedAs } from '../testing/gallery.ts';
import { DEAD } from './legend.ts';
import { lampsOf, legendOf } from './seat.ts';

const DARK = ['off', 'off', 'off', 'off', 'off'];
const goesOn = (state: Parameters<typeof held>[0]) => held(state, null);

describe('a vote on hold', () => {
  test.each([
    ['an empty ballot', opened(decision())],
    ['a choice that is not confirmed', press(opened(decision()), 2)],
    ['a ballot half filled in', press(opened(selection()), 2, 2, 3, 2)],
    ['a sealed ballot', sealedAs(press(openedSecret(decision()), 2, 5))],
  ])('keeps %s in hand, its keys dark and dead until it goes on', (_, state) => {
    const on = held(state);
    expect(lampsOf(on)).toEqual(DARK);
    expect(legendOf(on)).toEqual(DEAD);
    for (const key of KEYS) expect(press(on, key, key).vote).toEqual(on.vote);
    expect(goesOn(on).vote).toEqual(state.vote);
    expect(legendOf(goesOn(on))).not.toEqual(DEAD);
  });

  test('says so, why, and what becomes of the vote; the clock is not shown running', () => {
    const vote = opened(decision());
    const body = (state: typeof vote) => screenView(held(state), '').body;
    expect(body(vote)).toMatchObject({ is: 'held', reason: '检查设备', kept: false, counted: false });
    expect(body(press(vote, 2, 5))).toMatchObject({ is: 'held', kept: true });
    expect(body(answered(press(vote, 2, 5)))).toMatchObject({ is: 'held', kept: false, counted: true });
    expect(screenView(vote, '').secondsLeft).toBe(43);
    expect(screenView(held(vote), '').secondsLeft).toBeNull();
  });

  test('a ballot on its way stays there, and its receipt counts it, held or not', () => {
    const sending = held(press(opened(decision()), 2, 5));
    expect(sending.vote?.cast.step).toBe('sending');
    expect(answered(sending).vote).toMatchObject({ cast: { step: 'counted' }, counted: true });
  });
});
