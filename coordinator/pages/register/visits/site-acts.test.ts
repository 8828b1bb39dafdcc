import { expect, it } from 'vitest';
import type { Kept } from './kept.ts';
import { fitted } from './shrink.ts';
import { actOf, dayOf, daysBetween, freshId, later } from './site-acts.ts';

const draft = (what: Kept['what'], fields: Record<string, string>): Kept => ({
  ...{ id: 't-1', person: 'deputy1', made: 1, what, project: 'a', part: '1', title: '', photos: [] },
  fields,
  state: { is: 'draft' },
});

it('a visit says what was found of the very report that was looked at', () => {
  const visit = { day: '2027-06-20', report: '12', words: ' 看过了 ', found: '' };
  expect(actOf(draft('visit', { ...visit, verdict: 'confirmed' }))).toMatchObject({
    figure: { verdict: 'confirmed', report: 12 },
    words: '看过了',
  });
  expect(actOf(draft('visit', { ...visit, verdict: 'disputed', found: '1,200.5' }))).toMatchObject({
    figure: { verdict: 'disputed', report: 12, found: 1_200_500 },
  });
  // Nothing is there at all.
  expect(actOf(draft('visit', { ...visit, verdict: 'disputed', found: '0' }))).toMatchObject({
    figure: { found: 0 },
  });
  expect(actOf(draft('visit', { ...visit, verdict: 'disputed', found: '几个' }))).toBeNull();
  expect(actOf(draft('visit', { ...visit, verdict: 'disputed', found: '' }))).toBeNull();
});

it('a visit of which nothing is said is none', () => {
  const empty = draft('visit', { day: '2027-06-20', verdict: 'none', words: ' ', found: '' });
  expect(actOf(empty)).toBeNull();
  const photo = { bytes: new Uint8Array([1]), small: 'data:,', hash: null };
  expect(actOf({ ...empty, photos: [photo] })).toMatchObject({ figure: null, words: '' });
});

it('a finding has words and a due date, a look-back says whether it works', () => {
  expect(actOf(draft('find', { words: '路面开裂', due: '2027-07-20' }))).toMatchObject({
    finding: 't-1',
    voice: null,
  });
  expect(actOf(draft('find', { words: '', due: '2027-07-20' }))).toBeNull();
  const lookBack = { day: '2028-05-01', users: '居民', words: '' };
  expect(actOf(draft('look-back', { ...lookBack, works: '' }))).toBeNull();
  expect(actOf(draft('look-back', { ...lookBack, works: 'partly' }))).toMatchObject({ works: 'partly' });
});

it('days are counted over the ends of months and years', () => {
  expect([later('2027-12-15', 30), later('2028-02-28', 1)]).toEqual(['2028-01-14', '2028-02-29']);
  expect(dayOf(new Date(2027, 0, 5, 23, 59))).toBe('2027-01-05');
  expect(daysBetween('2027-12-31', '2028-01-02')).toBe(2);
});

it('an id is one that the register takes, and no other telephone makes', () => {
  const id = freshId((bytes) => bytes.fill(7));
  expect(id).toBe(`t-${'07'.repeat(12)}`);
  expect(actOf({ ...draft('find', { words: '开裂', due: '2027-07-20' }), id })).not.toBeNull();
});

it('a photograph is made small, never larger, and keeps its form', () => {
  expect(fitted({ width: 4000, height: 3000 }, 1600)).toEqual({ width: 1600, height: 1200 });
  expect(fitted({ width: 800, height: 600 }, 1600)).toEqual({ width: 800, height: 600 });
  expect(fitted({ width: 9000, height: 2 }, 1600)).toEqual({ width: 1600, height: 1 });
});
