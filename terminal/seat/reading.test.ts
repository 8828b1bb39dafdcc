import { describe, expect, it } from 'vitest';
import type { Key } from '../../hardware/capabilities.ts';
import { screenView } from '../screen/screen-view.ts';
import { checkedIn, held, messageId, opened, openedSecret, played, press } from '../testing/gallery.ts';
import { LIST, LIST_HASH, listedAppraisal, listedSelection } from '../testing/list-fixtures.ts';
import { lampsOf } from './seat.ts';
import type { SeatState } from './seat-state.ts';
import { sheetPages } from './sheet-pages.ts';

const arrived = (state: SeatState) => played(state, { type: 'list', hash: LIST_HASH, list: LIST });
const choosing = () => arrived(opened(listedSelection()));
const grading = (dontKnow?: boolean) => arrived(opened(listedAppraisal(dontKnow)));
const labels = (state: SeatState) => screenView(state, '').keys.map(({ label }) => label);
const body = (state: SeatState) => screenView(state, '').body;
const touch = (state: SeatState, read: 'sheet' | 'page-on' | 'page-back' | 'back') =>
  played(state, { type: 'read', read, id: messageId() });
/** What was chosen and cast, and where the ballot stands; not how far it was read. */
const inHand = ({ vote, press: last }: SeatState) => ({ ...vote, reading: null, last });

describe('reading a sheet', () => {
  it('has a key of its own once the list is here, and none before or without', () => {
    expect(labels(opened(listedSelection()))).toEqual([null, 'pick', 'unpick', 'next', 'finish']);
    expect(labels(choosing())).toEqual([null, 'pick', 'unpick', 'sheet', 'finish']);
    const { list: _, ...plain } = listedSelection();
    expect(labels(arrived(opened(plain)))).toEqual([null, 'pick', 'unpick', 'next', 'finish']);
  });

  it('opens the sheet of the candidate at hand, turns its pages both ways and goes back to it', () => {
    const second = press(choosing(), 2);
    const open = press(second, 4);
    const pages = sheetPages(LIST, 'p2').length;
    expect(body(open)).toMatchObject({ is: 'sheet', number: 2, page: 1, pages });
    expect(labels(open)).toEqual(['back', null, null, 'page-on', null]);
    const on = press(open, 4, 4);
    expect(body(on)).toMatchObject({ page: 3 });
    expect(labels(on)).toEqual(['back', null, 'page-back', 'page-on', null]);
    expect(body(press(on, 3))).toMatchObject({ page: 2 });
    const last = press(open, ...Array.from({ length: pages + 3 }, () => 4 as const));
    expect(body(last)).toMatchObject({ page: pages });
    expect(labels(last)).toEqual(['back', null, 'page-back', null, null]);
    expect(body(press(on, 1))).toEqual(body(second));
    expect(body(press(on, 1, 4))).toMatchObject({ page: 1 });
  });

  it('lights the keys that do something, and no other', () => {
    expect(lampsOf(press(choosing(), 4))).toEqual(['valid', 'off', 'off', 'valid', 'off']);
  });

  it.each([
    ['an open vote', choosing],
    ['a secret vote', () => arrived(openedSecret(listedSelection()))],
    ['an appraisal', grading],
  ])('chooses and casts nothing in %s, whatever is pressed while a sheet is open', (_what, begin) => {
    const at: Key = begin === grading ? 1 : 4;
    const before = press(begin(), 2, 2, 3);
    const ways: Key[][] = [[2], [3], [5], [2, 3, 5, 5, 2], [4, 5, 4, 3, 2, 5], [4, 4, 4, 4, 4, 4, 4, 4, 5]];
    for (const keys of ways) {
      // In an appraisal key 2 leads to the item before.
      const safe = begin === grading ? keys.filter((key) => key !== 2) : keys;
      const reading = press(press(before, at), ...safe);
      expect(body(reading).is).toBe('sheet');
      expect(inHand(press(reading, 1))).toEqual(inHand(before));
    }
  });

  it('takes nothing from who chooses: what is chosen is kept by choosing it again, and every item is reached', () => {
    const back = press(press(choosing(), 2, 2), 1);
    const kept = press(back, 2);
    expect(kept.vote?.draft).toMatchObject({ at: 2, chosen: ['p1', 'p2'] });
    expect(press(choosing(), 3).vote?.draft).toMatchObject({ at: 1, chosen: [] });
  });

  it.each([true, false])(
    'of an appraisal leads to the item before, 不了解 offered or not (%s)',
    (dontKnow) => {
      const third = press(grading(dontKnow), 2, 4);
      expect(labels(third)).toEqual([
        'sheet',
        'satisfied',
        'dissatisfied',
        'basic',
        dontKnow ? 'dont-know' : 'skip',
      ]);
      const open = press(third, 1);
      expect(labels(open)).toEqual(['back', 'previous', null, 'page-on', null]);
      expect(body(press(open, 2))).toMatchObject({ is: 'grading', number: 2, grade: 'basic' });
      // There is nothing before the first.
      expect(labels(press(grading(dontKnow), 1))[1]).toBeNull();
    },
  );

  it('stands still while the vote is held, and goes on where it was', () => {
    const open = press(choosing(), 4, 4);
    const still = held(open);
    expect(body(still).is).toBe('held');
    expect(body(held(press(still, 1, 4), null))).toMatchObject({ is: 'sheet', page: 2 });
  });

  it('ends with its vote: the next one begins at its first item', () => {
    const open = press(choosing(), 4, 4);
    const next = opened({ ...listedSelection(), id: 'm9' }, open);
    expect(body(next)).toMatchObject({ is: 'candidate', number: 1 });
  });

  it('leaves what comes in meanwhile where it is: another list, and the same once more', () => {
    const open = press(choosing(), 4, 4);
    const other = played(open, { type: 'list', hash: 'f'.repeat(64), list: { ...LIST, places: 1 } });
    expect(body(arrived(other))).toEqual(body(open));
  });
});

describe('a touch of the screen', () => {
  it('opens a sheet, turns its pages and closes it, as the keys do', () => {
    const open = touch(choosing(), 'sheet');
    expect(body(open)).toEqual(body(press(choosing(), 4)));
    const on = touch(touch(open, 'page-on'), 'page-on');
    expect(body(on)).toMatchObject({ page: 3 });
    expect(body(touch(on, 'page-back'))).toMatchObject({ page: 2 });
    expect(body(touch(on, 'back')).is).toBe('candidate');
  });

  it('does nothing that is not about reading, and nothing where there is nothing to read', () => {
    const reads = ['sheet', 'page-on', 'page-back', 'back'] as const;
    const review = press(choosing(), 2, 5);
    expect(body(review).is).toBe('review-selection');
    for (const state of [checkedIn(), review, opened(listedSelection()), held(choosing())])
      for (const read of reads) expect(inHand(touch(state, read))).toEqual(inHand(state));
    expect(screenView(review, '').keys.map(({ read }) => read)).toEqual([null, null, null, null, null]);
    expect(screenView(choosing(), '').keys.map(({ read }) => read)).toEqual([
      null,
      null,
      null,
      'sheet',
      null,
    ]);
  });
});

describe('the pages of a sheet', () => {
  it('say everything of it, in order', () => {
    const pages = sheetPages(LIST, 'p1');
    expect(pages.map(({ shows }) => shows)).toEqual(['summary', 'content', 'parts', 'parts', 'money']);
    expect(pages[0]).toMatchObject({
      fen: 6 * 721_250_000,
      finish: '2027-11-30',
      lead: { zh: '市水务局' },
    });
    expect(pages[4]).toMatchObject({
      fen: 6 * 721_250_000,
      lines: [
        { source: { zh: '市级财政' }, year: 2027, fen: 3 * 721_250_000 },
        { source: { zh: '区级财政' }, year: 2028, fen: 3 * 721_250_000 },
      ],
    });
  });

  it.each(['p1', 'p2'])('lose no letter of what is done, and no part (%s)', (id) => {
    const sheet = LIST.projects.find((project) => project.id === id)?.sheet;
    const pages = sheetPages(LIST, id);
    const content = pages.flatMap((page) => (page.shows === 'content' ? page.text : []));
    expect(content.join('')).toBe(sheet?.content);
    expect(Math.max(...content.map(({ length }) => length))).toBeLessThan(200);
    const numbers = pages
      .flatMap((page) => (page.shows === 'parts' ? page.parts : []))
      .map((part) => part.number);
    expect(numbers).toEqual(sheet?.parts.map((_, i) => i + 1));
  });

  it('are none where the list has no such project', () => {
    expect(sheetPages(LIST, 'other')).toEqual([]);
  });
});
