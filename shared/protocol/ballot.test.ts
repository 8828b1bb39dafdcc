import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GRADES } from '../kinds/appraisal.ts';
import { MAX_ITEMS } from '../kinds/common.ts';
import { tallyOf } from '../kinds/counting.ts';
import { Choice, Motion, type Tally } from '../kinds/kinds.ts';
import { OPTIONS } from '../kinds/options.ts';
import { invalidChoice } from './ballot.ts';

const IDS = ['a', 'b', 'c', 'd'];
const items = IDS.map((id) => ({ id, title: id }));
const common = {
  id: 'm',
  title: '事项',
  voting: 'open',
  press: 'last',
  seconds: null,
  quorum: '2/3',
  basis: 'roll',
  threshold: '过半数',
};
const DECISION = Motion.parse({ ...common, kind: 'decision' });
const SELECTION = Motion.parse({ ...common, kind: 'selection', candidates: items, places: 2 });
const APPRAISAL = Motion.parse({ ...common, kind: 'appraisal', items, dontKnow: true });
const ITEMISED = Motion.parse({ ...common, kind: 'itemised', items });
const NO_DONT_KNOW = Motion.parse({ ...common, kind: 'appraisal', items, dontKnow: false });

const selection = (...chosen: string[]): Choice => ({ kind: 'selection', chosen });
const decision = (option: (typeof OPTIONS)[number]): Choice => ({ kind: 'decision', option });
const appraisal = (...grades: [item: string, grade: (typeof GRADES)[number]][]): Choice => ({
  kind: 'appraisal',
  grades: grades.map(([item, grade]) => ({ item, grade })),
});

const itemised = (...answers: [item: string, option: (typeof OPTIONS)[number]][]): Choice => ({
  kind: 'itemised',
  answers: answers.map(([item, option]) => ({ item, option })),
});

/** Valid choices on each kind of motion. */
const VALID: { motion: Motion; choice: fc.Arbitrary<Choice> }[] = [
  { motion: DECISION, choice: fc.constantFrom(...OPTIONS).map(decision) },
  { motion: SELECTION, choice: fc.shuffledSubarray(IDS, { maxLength: 2 }).map((ids) => selection(...ids)) },
  {
    motion: APPRAISAL,
    choice: fc
      .uniqueArray(fc.tuple(fc.constantFrom(...IDS), fc.constantFrom(...GRADES)), {
        selector: ([item]) => item,
      })
      .map((grades) => appraisal(...grades)),
  },
  {
    motion: ITEMISED,
    choice: fc
      .uniqueArray(fc.tuple(fc.constantFrom(...IDS), fc.constantFrom(...OPTIONS)), {
        selector: ([item]) => item,
      })
      .map((answers) => itemised(...answers)),
  },
];

describe('a ballot that is valid', () => {
  it.each(VALID)('is any choice that keeps to the motion ($motion.kind)', ({ motion, choice }) => {
    fc.assert(fc.property(choice, (chosen) => void expect(invalidChoice(motion, chosen)).toBeNull()));
  });

  it('may choose fewer candidates than there are places, or none, and grade some items only, or none', () => {
    for (const choice of [selection(), selection('d'), selection('d', 'a')])
      expect(invalidChoice(SELECTION, choice)).toBeNull();
    for (const choice of [appraisal(), appraisal(['c', 'dissatisfied']), appraisal(['a', 'dont-know'])])
      expect(invalidChoice(APPRAISAL, choice)).toBeNull();
    for (const choice of [itemised(), itemised(['c', 'against']), itemised(['d', 'for'], ['a', 'abstain'])])
      expect(invalidChoice(ITEMISED, choice)).toBeNull();
  });
});

describe('a ballot that is void', () => {
  it.each([
    ['more candidates than places', SELECTION, selection('a', 'b', 'c'), 'too-many-candidates'],
    ['a candidate twice', SELECTION, selection('a', 'a'), 'candidate-twice'],
    ['a candidate of another motion', SELECTION, selection('a', 'x'), 'unknown-candidate'],
    ['an item twice', APPRAISAL, appraisal(['a', 'basic'], ['a', 'basic']), 'candidate-twice'],
    ['an item with two grades', APPRAISAL, appraisal(['a', 'basic'], ['a', 'satisfied']), 'candidate-twice'],
    ['an item of another motion', APPRAISAL, appraisal(['x', 'basic']), 'unknown-candidate'],
    ['an item answered twice', ITEMISED, itemised(['a', 'for'], ['a', 'against']), 'candidate-twice'],
    ['an answer to another motion’s item', ITEMISED, itemised(['x', 'for']), 'unknown-candidate'],
    ['a grade not offered', NO_DONT_KNOW, appraisal(['a', 'basic'], ['b', 'dont-know']), 'grade-not-offered'],
  ] as const)('has %s', (_what, motion, choice, reason) => {
    expect(invalidChoice(motion, choice)).toBe(reason);
  });

  it('is of another kind than the motion', () => {
    for (const { motion } of VALID)
      for (const choice of [
        decision('for'),
        selection('a'),
        appraisal(['a', 'basic']),
        itemised(['a', 'for']),
      ])
        expect(invalidChoice(motion, choice)).toBe(
          motion.kind === choice.kind ? null : 'choice-of-another-kind',
        );
  });

  it('is every choice with one id too many, wrong or repeated: exactly those, against a naive model', () => {
    const ids = fc.array(fc.constantFrom(...IDS, 'x'), { maxLength: 4 });
    fc.assert(
      fc.property(ids, (chosen) => {
        const fits =
          chosen.length <= 2 && chosen.every((id, i) => IDS.includes(id) && chosen.indexOf(id) === i);
        expect(invalidChoice(SELECTION, selection(...chosen)) === null).toBe(fits);
      }),
    );
  });
});

describe('a choice as it arrives', () => {
  it.each(VALID)('reads as it was written ($motion.kind)', ({ choice }) => {
    fc.assert(
      fc.property(
        choice,
        (chosen) => void expect(Choice.parse(JSON.parse(JSON.stringify(chosen)))).toEqual(chosen),
      ),
    );
  });

  it.each([
    ['no object', null],
    ['no kind', { option: 'for' }],
    ['an unknown kind', { kind: 'vote', option: 'for' }],
    ['no option', { kind: 'decision' }],
    ['an unknown option', { kind: 'decision', option: 'yes' }],
    ['two options', { kind: 'decision', option: ['for', 'against'] }],
    ['an extra field', { kind: 'decision', option: 'for', weight: 2 }],
    ['an extra field in a selection', { kind: 'selection', chosen: ['a'], votes: 2 }],
    ['an extra field in a grade', { kind: 'appraisal', grades: [{ item: 'a', grade: 'basic', n: 2 }] }],
    ['an unknown grade', { kind: 'appraisal', grades: [{ item: 'a', grade: 'excellent' }] }],
    ['an unknown option for an item', { kind: 'itemised', answers: [{ item: 'a', option: 'yes' }] }],
    ['an extra field in an answer', { kind: 'itemised', answers: [{ item: 'a', option: 'for', n: 2 }] }],
    [
      'more answers than any motion has items',
      {
        kind: 'itemised',
        answers: Array.from({ length: MAX_ITEMS + 1 }, (_, i) => ({ item: `i${i}`, option: 'for' })),
      },
    ],
    ['an id that is none', { kind: 'selection', chosen: ['a/b'] }],
    ['no list', { kind: 'selection', chosen: 'a' }],
    [
      'more candidates than any motion has',
      { kind: 'selection', chosen: Array.from({ length: MAX_ITEMS + 1 }, (_, i) => `c${i}`) },
    ],
  ])('is refused with %s', (_what, choice) => {
    expect(Choice.safeParse(choice).success).toBe(false);
  });
});

describe('counting', () => {
  /** A choice as the marks it makes, each to be counted once. */
  const marks = (choice: Choice): readonly string[] => {
    if (choice.kind === 'decision') return [choice.option];
    if (choice.kind === 'selection') return choice.chosen;
    if (choice.kind === 'itemised') return choice.answers.map((a) => `${a.item} ${a.option}`);
    return choice.grades.map((g) => `${g.item} ${g.grade}`);
  };
  /** A tally as the same, every mark as often as it was counted. */
  const counted = (counts: Tally): string[] => {
    const times = (n: number, mark: string) => Array.from({ length: n }, () => mark);
    if (counts.kind === 'decision') return OPTIONS.flatMap((option) => times(counts[option], option));
    if (counts.kind === 'selection') return counts.votes.flatMap(({ id, votes }) => times(votes, id));
    if (counts.kind === 'itemised')
      return counts.items.flatMap((item) =>
        OPTIONS.flatMap((option) => times(item[option], `${item.id} ${option}`)),
      );
    return counts.items.flatMap((item) =>
      GRADES.flatMap((grade) => times(item[grade], `${item.id} ${grade}`)),
    );
  };

  it.each(VALID)('G2 once: every mark counts once, in any order ($motion.kind)', ({ motion, choice }) => {
    const twoOrders = fc
      .array(choice, { maxLength: 40 })
      .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(
      fc.property(twoOrders, ([all, inOtherOrder]) => {
        const counts = tallyOf(motion, all);
        expect(counted(counts).sort()).toEqual(all.flatMap(marks).sort());
        expect(tallyOf(motion, inOtherOrder)).toEqual(counts);
      }),
    );
  });

  it('names every candidate and item in the motion’s order, also those nobody chose', () => {
    expect(tallyOf(SELECTION, [selection('c')])).toEqual({
      kind: 'selection',
      votes: IDS.map((id) => ({ id, votes: id === 'c' ? 1 : 0 })),
    });
    expect(tallyOf(APPRAISAL, [])).toEqual({
      kind: 'appraisal',
      items: IDS.map((id) => ({ id, satisfied: 0, basic: 0, dissatisfied: 0, 'dont-know': 0 })),
    });
    expect(tallyOf(ITEMISED, [itemised(['c', 'against'])])).toEqual({
      kind: 'itemised',
      items: IDS.map((id) => ({ id, for: 0, against: id === 'c' ? 1 : 0, abstain: 0 })),
    });
    expect(tallyOf(DECISION, [])).toEqual({
      kind: 'decision',
      for: 0,
      against: 0,
      abstain: 0,
    });
  });
});
