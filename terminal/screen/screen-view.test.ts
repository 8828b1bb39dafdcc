import { expect, test } from 'vitest';
import type { SeatState } from '../seat/seat-state.ts';
import { appraisal, itemised, selection } from '../testing/fixtures.ts';
import { gallery, opened, press } from '../testing/gallery.ts';
import { screenView } from './screen-view.ts';

const key = (state: SeatState, n: 1 | 2 | 3 | 4 | 5) => screenView(state, '').keys[n - 1]?.label;

test('the key that goes on skips an item that is not answered, and goes to the next one from one that is', () => {
  for (const motion of [itemised(), appraisal(false)]) {
    const begun = opened(motion);
    expect(key(begun, 5)).toBe('skip');
    const back = press(begun, 2, 1);
    expect(key(back, 5)).toBe('next');
    expect(key(press(back, 5), 5)).toBe('skip');
  }
});

test('among candidates nothing is skipped: who is not chosen is left out anyway', () => {
  expect(key(opened(selection()), 4)).toBe('next');
});

test('a vote that is not the first on its matter says why', () => {
  const turns = (state: SeatState) => {
    const { body } = screenView(state, '');
    return 'turns' in body ? body.turns : null;
  };
  const { candidate: first, 'decision-again': again, 'candidate-runoff': runoff } = gallery();
  expect([first, again, runoff].map((state) => state && turns(state))).toEqual([[], ['again'], ['runoff']]);
});
