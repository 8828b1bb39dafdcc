import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AppraisalMotion } from '../kinds/appraisal.ts';
import type { Basis } from '../kinds/common.ts';
import { tallyOf } from '../kinds/counting.ts';
import type { DecisionMotion } from '../kinds/decision.ts';
import type { ItemisedItem, ItemisedMotion } from '../kinds/itemised.ts';
import type { Choice, Tally } from '../kinds/kinds.ts';
import { OPTIONS } from '../kinds/options.ts';
import { Fraction, meetsQuorum, needed, reaches, Threshold } from '../kinds/quorum-and-majority.ts';
import type { SelectionMotion } from '../kinds/selection.ts';
import { Result, result } from './result.ts';

const HALF: Threshold = { kind: 'more-than', num: 1, den: 2 };
const TWO_THIRDS: Threshold = { kind: 'at-least', num: 2, den: 3 };

const common = {
  id: 'm',
  title: { zh: '事项' },
  voting: 'open',
  press: 'last',
  seconds: null,
  quorum: { num: 2, den: 3 },
} as const;
const decision = (threshold: Threshold, basis: Basis): DecisionMotion => ({
  ...common,
  kind: 'decision',
  threshold,
  basis,
});
const selection = (
  n: number,
  places: number,
  threshold: Threshold | null = HALF,
  basis: Basis = 'roll',
): SelectionMotion => ({
  ...common,
  kind: 'selection',
  places,
  threshold,
  basis,
  candidates: Array.from({ length: n }, (_, i) => ({ id: `c${i + 1}`, title: { zh: `项目${i + 1}` } })),
});
const appraisal = (basis: Basis, ids: string[]): AppraisalMotion => ({
  ...common,
  kind: 'appraisal',
  basis,
  dontKnow: true,
  threshold: HALF,
  items: ids.map((id) => ({ id, title: { zh: id } })),
});

function decide(
  yes: number,
  no: number,
  abstain: number,
  present: number,
  roll: number,
  motion: DecisionMotion,
) {
  const counts = { kind: 'decision', for: yes, against: no, abstain } as const;
  return result(motion, counts, { roll, present, cast: yes + no + abstain }, 'terminals');
}

function select(motion: SelectionMotion, votes: number[], roll: number) {
  const counts = { kind: 'selection', votes: votes.map((n, i) => ({ id: `c${i + 1}`, votes: n })) } as const;
  const { outcome } = result(motion, counts, { roll, present: roll, cast: roll }, 'terminals');
  if (outcome.kind !== 'selection') throw new Error('no selection');
  return {
    ...outcome,
    standings: Object.fromEntries(outcome.order.map(({ id, standing }) => [id, standing])),
  };
}

describe('decisions', () => {
  it('passes 2,639 for, 160 against, 57 abstaining, 16 not pressed of 2,872, on the whole roll', () => {
    const half = decide(2639, 160, 57, 2872, 2872, decision(HALF, 'roll'));
    expect(half).toMatchObject({
      cast: 2856,
      notPressed: 16,
      basisCount: 2872,
      outcome: { passed: true, needed: 1437 },
    });
    expect(decide(2639, 160, 57, 2872, 2872, decision(TWO_THIRDS, 'roll')).outcome).toEqual({
      kind: 'decision',
      passed: true,
      needed: 1915,
    });
  });

  it('does not pass with exactly half where more than half is needed', () => {
    expect(decide(1436, 0, 0, 2872, 2872, decision(HALF, 'roll')).outcome).toMatchObject({ passed: false });
    expect(decide(1437, 0, 0, 2872, 2872, decision(HALF, 'roll')).outcome).toMatchObject({ passed: true });
    expect(decide(2, 1, 0, 3, 3, decision(TWO_THIRDS, 'roll')).outcome).toMatchObject({ passed: true });
  });

  it('counts of the basis the motion names', () => {
    expect(decide(50, 30, 0, 90, 120, decision(HALF, 'roll')).outcome).toMatchObject({
      passed: false,
      needed: 61,
    });
    expect(decide(50, 30, 0, 90, 120, decision(HALF, 'present')).outcome).toMatchObject({
      passed: true,
      needed: 46,
    });
    expect(decide(40, 30, 0, 90, 120, decision(HALF, 'cast')).outcome).toMatchObject({
      passed: true,
      needed: 36,
    });
  });

  it('never takes not pressing for abstaining', () => {
    const { tally: counts, notPressed } = decide(10, 0, 1, 100, 120, decision(HALF, 'cast'));
    expect(counts).toEqual({ kind: 'decision', for: 10, against: 0, abstain: 1 });
    expect(notPressed).toBe(89);
  });

  it('passes nothing on nobody’s vote', () => {
    const atLeastHalf = decision({ kind: 'at-least', num: 1, den: 2 }, 'cast');
    expect(decide(0, 0, 0, 5, 5, atLeastHalf).outcome).toMatchObject({ passed: false });
  });
});

describe('selections', () => {
  it('takes the most votes where more reach the threshold than there are places', () => {
    const { standings, ...places } = select(selection(4, 2), [60, 90, 80, 55], 100);
    expect(standings).toEqual({ c1: 'outvoted', c2: 'selected', c3: 'selected', c4: 'outvoted' });
    expect(places).toMatchObject({ runoffPlaces: 0, openPlaces: 0 });
  });

  it('leaves places open where too few reach it', () => {
    const { standings, openPlaces } = select(selection(3, 2), [51, 50, 49], 100);
    expect(standings).toEqual({ c1: 'selected', c2: 'below-threshold', c3: 'below-threshold' });
    expect(openPlaces).toBe(1);
  });

  it('has those tied at the last place voted on again', () => {
    const { standings, runoffPlaces } = select(selection(4, 2), [90, 70, 70, 10], 100);
    expect(standings).toEqual({ c1: 'selected', c2: 'tied', c3: 'tied', c4: 'below-threshold' });
    expect(runoffPlaces).toBe(1);
    expect(select(selection(3, 2), [70, 70, 70], 100)).toMatchObject({
      runoffPlaces: 2,
      standings: { c1: 'tied', c2: 'tied', c3: 'tied' },
    });
  });

  it('has no tie where all the tied find a place', () => {
    expect(select(selection(3, 2), [70, 70, 10], 100)).toMatchObject({
      runoffPlaces: 0,
      standings: { c1: 'selected', c2: 'selected' },
    });
  });

  it('lets more votes win in a runoff, but not no votes', () => {
    expect(select(selection(2, 1, null), [3, 2], 100)).toMatchObject({
      needed: null,
      standings: { c1: 'selected', c2: 'outvoted' },
    });
    expect(select(selection(2, 1, null), [0, 0], 100)).toMatchObject({
      openPlaces: 1,
      runoffPlaces: 0,
      standings: { c1: 'below-threshold', c2: 'below-threshold' },
    });
    expect(select(selection(2, 1, null), [2, 2], 100)).toMatchObject({ openPlaces: 0, runoffPlaces: 1 });
  });

  it('gives equal votes the same rank', () => {
    expect(select(selection(4, 2), [70, 90, 70, 60], 100).order.map(({ id, rank }) => [id, rank])).toEqual([
      ['c2', 1],
      ['c1', 2],
      ['c3', 2],
      ['c4', 4],
    ]);
  });

  it('agrees with a naive model in exact arithmetic, whatever votes, places, threshold and roll', () => {
    const AT_LEAST_HALF: Threshold = { kind: 'at-least', num: 1, den: 2 };
    const MORE_THAN_THIRD: Threshold = { kind: 'more-than', num: 1, den: 3 };
    const rule = fc.constantFrom(null, HALF, AT_LEAST_HALF, MORE_THAN_THIRD, TWO_THIRDS);
    const votes = fc.array(fc.nat(12), { minLength: 1, maxLength: 8 });
    const seen = new Set<string>();
    fc.assert(
      fc.property(votes, fc.nat(7), rule, fc.integer({ min: 12, max: 30 }), (all, p, threshold, roll) => {
        const places = 1 + (p % all.length);
        const enough = (v: number) => {
          if (v === 0 || threshold === null) return v > 0;
          const over = BigInt(v) * BigInt(threshold.den) - BigInt(roll) * BigInt(threshold.num);
          return threshold.kind === 'more-than' ? over > 0n : over >= 0n;
        };
        const rivals = all.filter(enough);
        // Decided for each candidate alone: surely in, surely out, or neither.
        const model = (v: number) => {
          if (!enough(v)) return 'below-threshold';
          if (rivals.filter((w) => w >= v).length <= places) return 'selected';
          return rivals.filter((w) => w > v).length >= places ? 'outvoted' : 'tied';
        };
        const { standings } = select(selection(all.length, places, threshold), all, roll);
        expect(all.map((_, i) => standings[`c${i + 1}`])).toEqual(all.map(model));
        for (const standing of Object.values(standings)) seen.add(standing);
      }),
      { numRuns: 1000 },
    );
    expect([...seen].sort()).toEqual(['below-threshold', 'outvoted', 'selected', 'tied']);
  });

  it('adds up, whatever the votes: everybody has one standing, and no place is given twice', () => {
    const votes = fc.array(fc.nat(100), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(votes, fc.nat(29), fc.boolean(), (all, p, isRunoff) => {
        const places = 1 + (p % all.length);
        const { standings, runoffPlaces, openPlaces, order } = select(
          selection(all.length, places, isRunoff ? null : HALF),
          all,
          100,
        );
        const count = (standing: string) => Object.values(standings).filter((s) => s === standing).length;
        expect(count('selected') + runoffPlaces + openPlaces).toBe(places);
        expect(count('tied') === 0 || count('tied') > runoffPlaces).toBe(true);
        const least = Math.min(...order.filter((o) => o.standing === 'selected').map((o) => o.votes));
        expect(
          order.every((o) => o.standing === 'selected' || o.votes < least || count('selected') === 0),
        ).toBe(true);
      }),
    );
  });
});

describe('appraisals', () => {
  const counts: Tally = {
    kind: 'appraisal',
    items: [
      { id: 'i1', satisfied: 30, basic: 20, dissatisfied: 40, 'dont-know': 5 },
      { id: 'i2', satisfied: 0, basic: 0, dissatisfied: 0, 'dont-know': 0 },
    ],
  };
  const turnout = { roll: 120, present: 110, cast: 99 };

  it.each([
    ['cast', 95, true],
    ['present', 110, false],
    ['roll', 120, false],
  ] as const)('rates satisfied and basically satisfied of %s', (basis, expected, passed) => {
    const { outcome } = result(appraisal(basis, ['i1', 'i2']), counts, turnout, 'terminals');
    expect(outcome).toMatchObject({
      items: [
        { id: 'i1', graded: 95, approval: 50, basis: expected, passed },
        { id: 'i2', graded: 0, approval: 0, basis: basis === 'cast' ? 0 : expected, passed: false },
      ],
    });
  });
});

describe('votes item by item', () => {
  const itemised = (basis: Basis, ...items: Partial<ItemisedItem>[]): ItemisedMotion => ({
    ...common,
    kind: 'itemised',
    basis,
    threshold: HALF,
    items: items.map((own, i) => ({ id: `i${i + 1}`, title: { zh: `人选${i + 1}` }, ...own })),
  });
  const turnout = { roll: 120, present: 110, cast: 99 };
  function outcomes(motion: ItemisedMotion, ...counts: [yes: number, no: number, abstain: number][]) {
    const items = counts.map(([yes, no, abstain], i) => ({
      id: `i${i + 1}`,
      for: yes,
      against: no,
      abstain,
    }));
    const { outcome } = result(motion, { kind: 'itemised', items }, turnout, 'terminals');
    if (outcome.kind !== 'itemised') throw new Error('not itemised');
    return outcome.items;
  }

  it('decides every item by the motion’s rule where it has none of its own', () => {
    expect(outcomes(itemised('roll', {}, {}), [61, 20, 10], [60, 0, 0])).toEqual([
      { id: 'i1', answered: 91, notPressed: 19, basis: 120, needed: 61, passed: true },
      { id: 'i2', answered: 60, notPressed: 50, basis: 120, needed: 61, passed: false },
    ]);
  });

  it('takes an item’s own threshold, its own basis, or both; what it does not name is the motion’s', () => {
    const items = itemised(
      'roll',
      { threshold: TWO_THIRDS },
      { basis: 'present' },
      { threshold: TWO_THIRDS, basis: 'present' },
    );
    expect(outcomes(items, [70, 0, 0], [56, 0, 0], [74, 0, 0])).toMatchObject([
      { basis: 120, needed: 80, passed: false },
      { basis: 110, needed: 56, passed: true },
      { basis: 110, needed: 74, passed: true },
    ]);
  });

  it('counts an item of the ballots that answer it where its basis is those cast', () => {
    const items = itemised('cast', {}, { basis: 'roll' }, {});
    expect(outcomes(items, [3, 2, 0], [3, 2, 0], [0, 0, 0])).toMatchObject([
      { answered: 5, basis: 5, needed: 3, passed: true },
      { answered: 5, basis: 120, needed: 61, passed: false },
      { answered: 0, basis: 0, needed: 1, passed: false },
    ]);
  });

  it('never takes an item left out for an abstention', () => {
    const [silent, abstained] = outcomes(itemised('cast', {}, {}), [2, 1, 0], [2, 1, 96]);
    expect(silent).toMatchObject({ notPressed: 107, basis: 3, passed: true });
    expect(abstained).toMatchObject({ notPressed: 11, basis: 99, passed: false });
  });

  it('agrees with a naive count of ballots, whatever they answer and whichever rules the items have', () => {
    const rule = fc.record(
      { threshold: fc.constantFrom(HALF, TWO_THIRDS), basis: fc.constantFrom('roll', 'present', 'cast') },
      { requiredKeys: [] },
    );
    const answer = fc.constantFrom(...OPTIONS, null);
    const all = fc.integer({ min: 1, max: 5 }).chain((n) =>
      fc.record({
        basis: fc.constantFrom<Basis>('roll', 'present', 'cast'),
        rules: fc.array(rule, { minLength: n, maxLength: n }),
        ballots: fc.array(fc.array(answer, { minLength: n, maxLength: n }), { maxLength: 12 }),
        silent: fc.nat(4),
        away: fc.nat(4),
      }),
    );
    const seen = new Set<boolean>();
    fc.assert(
      fc.property(all, ({ basis, rules, ballots, silent, away }) => {
        const motion = itemised(basis, ...rules);
        const choices = ballots.map(
          (answers): Choice => ({
            kind: 'itemised',
            answers: answers.flatMap((option, i) => (option ? [{ item: `i${i + 1}`, option }] : [])),
          }),
        );
        const present = ballots.length + silent;
        const roll = present + away;
        const tally = tallyOf(motion, choices);
        const { outcome } = result(motion, tally, { roll, present, cast: ballots.length }, 'terminals');
        const model = rules.map((own, i) => {
          const answers = ballots.flatMap((ballot) => ballot[i] ?? []);
          const yes = answers.filter((option) => option === 'for').length;
          const of = { roll, present, cast: answers.length }[own.basis ?? basis];
          const passed = own.threshold === TWO_THIRDS ? 3 * yes >= 2 * of : 2 * yes > of;
          return {
            id: `i${i + 1}`,
            answered: answers.length,
            notPressed: present - answers.length,
            basis: of,
            passed: yes > 0 && passed,
          };
        });
        expect(outcome).toMatchObject({ kind: 'itemised', items: model });
        for (const { passed } of model) seen.add(passed);
      }),
      { numRuns: 500 },
    );
    expect(seen.size).toBe(2);
  });
});

describe('thresholds', () => {
  it('uses whole numbers only: agrees with exact rational arithmetic, and needed is the least that reaches', () => {
    const threshold = fc.record({
      kind: fc.constantFrom('more-than', 'at-least'),
      den: fc.integer({ min: 1, max: 1000 }),
      n: fc.nat(),
    });
    fc.assert(
      fc.property(fc.nat(20_000), fc.nat(20_000), threshold, (votes, basis, { kind, den, n }) => {
        const rule: Threshold = { kind, num: 1 + (n % den), den };
        const left = BigInt(votes) * BigInt(rule.den);
        const right = BigInt(basis) * BigInt(rule.num);
        expect(reaches(votes, basis, rule)).toBe(
          votes > 0 && (kind === 'more-than' ? left > right : left >= right),
        );
        const least = needed(basis, rule);
        expect(reaches(least, basis, rule)).toBe(true);
        expect(reaches(least - 1, basis, rule)).toBe(false);
      }),
    );
  });

  it('reads thresholds and fractions as people write them', () => {
    for (const text of ['more than 1/2', '过半数', '超过 1/2']) expect(Threshold.parse(text)).toEqual(HALF);
    for (const text of ['at least 2/3', '三分之二以上', '不少于2/3'])
      expect(Threshold.parse(text)).toEqual(TWO_THIRDS);
    for (const text of ['', '1/2', 'more than 3/2', 'at least 0/3', '超过半数吧'])
      expect(Threshold.safeParse(text).success, text).toBe(false);
    expect(Fraction.parse('2/3')).toEqual({ num: 2, den: 3 });
    expect(meetsQuorum(2, 3, { num: 2, den: 3 })).toBe(true);
    expect(meetsQuorum(199, 300, { num: 2, den: 3 })).toBe(false);
  });
});

describe('a result', () => {
  const counts: Tally = { kind: 'decision', for: 3, against: 1, abstain: 0 };
  const turnout = { roll: 9, present: 6, cast: 4 };

  it('is stored and read again as it is, with its rule, whoever counted', () => {
    for (const source of ['terminals', 'by-hand'] as const) {
      const drawn = result(decision(TWO_THIRDS, 'present'), counts, turnout, source);
      expect(Result.parse(JSON.parse(JSON.stringify(drawn)))).toEqual(drawn);
      expect(drawn).toMatchObject({ source, basis: 'present', basisCount: 6, threshold: TWO_THIRDS });
    }
  });

  it('is never drawn from a tally of another kind', () => {
    expect(() => result(selection(2, 1), counts, turnout, 'terminals')).toThrow('a decision tally');
  });
});
