import { describe, expect, it } from 'vitest';
import type { Motion } from '../../../shared/kinds/kinds.ts';
import { fieldsOf, handCount } from './by-hand-tally.ts';
import { motionWords } from './motion-words.ts';
import {
  appraisalMotion,
  decisionMotion,
  itemisedMotion,
  selectionMotion,
} from './testing/sample-motions.ts';

const { checks } = motionWords.en;
const PRESENT = 20;

function count(motion: Motion, counts: Record<string, number>) {
  return handCount(motion, (name) => counts[name] ?? null, PRESENT, checks, 'en');
}

describe('a show of hands being entered', () => {
  it('waits until every count is there', () => {
    for (const motion of [
      decisionMotion('m'),
      selectionMotion('m', 3, 2),
      appraisalMotion('m', 2, true),
      itemisedMotion('m', 2),
    ]) {
      const all = Object.fromEntries(fieldsOf(motion).map((name) => [name, 0]));
      expect(count(motion, all).ok).toBe(true);
      for (const name of fieldsOf(motion)) {
        const { [name]: _, ...rest } = all;
        expect(count(motion, rest)).toEqual({ ok: false, problem: checks.empty });
      }
    }
  });

  it('takes a decision’s voters from its sum, and no more than are present', () => {
    expect(count(decisionMotion('m'), { for: 15, against: 3, abstain: 2 })).toEqual({
      ok: true,
      cast: 20,
      tally: { kind: 'decision', for: 15, against: 3, abstain: 2 },
    });
    expect(count(decisionMotion('m'), { for: 16, against: 3, abstain: 2 })).toEqual({
      ok: false,
      problem: checks['too-many-cast'](21, 20),
    });
  });

  it('gives no candidate more votes than voters, and no voter more than the places', () => {
    const motion = selectionMotion('m', 3, 2);
    expect(count(motion, { cast: 10, p1: 10, p2: 10, p3: 0 })).toMatchObject({ ok: true, cast: 10 });
    expect(count(motion, { cast: 10, p1: 11, p2: 0, p3: 0 })).toEqual({
      ok: false,
      problem: checks['too-many-votes']('Project 1', 11, 10),
    });
    expect(count(motion, { cast: 10, p1: 10, p2: 10, p3: 1 })).toEqual({
      ok: false,
      problem: checks['too-many-chosen'](21, 20),
    });
  });

  it('counts hands for, against and abstaining item by item, none of them more than there are voters', () => {
    const motion = itemisedMotion('m', 2);
    const counts = {
      ...{ 'p1/for': 6, 'p1/against': 3, 'p1/abstain': 1 },
      ...{ 'p2/for': 2, 'p2/against': 0, 'p2/abstain': 0 },
    };
    expect(fieldsOf(motion)).toEqual(['cast', ...Object.keys(counts)]);
    expect(count(motion, { cast: 10, ...counts })).toEqual({
      ok: true,
      cast: 10,
      tally: {
        kind: 'itemised',
        items: [
          { id: 'p1', for: 6, against: 3, abstain: 1 },
          { id: 'p2', for: 2, against: 0, abstain: 0 },
        ],
      },
    });
    expect(count(motion, { cast: 9, ...counts })).toEqual({
      ok: false,
      problem: checks['too-many-votes']('Project 1', 10, 9),
    });
    expect(count(motion, { cast: 21, ...counts })).toEqual({
      ok: false,
      problem: checks['too-many-cast'](21, 20),
    });
  });

  it('grades an item at most once a voter, and asks for 不了解 only where it may be pressed', () => {
    const motion = appraisalMotion('m', 1, false);
    expect(fieldsOf(motion)).not.toContain('p1/dont-know');
    const grades = { 'p1/satisfied': 6, 'p1/basic': 3, 'p1/dissatisfied': 1 };
    expect(count(motion, { cast: 10, ...grades })).toEqual({
      ok: true,
      cast: 10,
      tally: {
        kind: 'appraisal',
        items: [{ id: 'p1', satisfied: 6, basic: 3, dissatisfied: 1, 'dont-know': 0 }],
      },
    });
    expect(count(motion, { cast: 9, ...grades })).toEqual({
      ok: false,
      problem: checks['too-many-votes']('Project 1', 10, 9),
    });
  });
});
