import { describe, expect, it } from 'vitest';
import { FRESH, type Judgement, judge, type Look, TRIAL_MS } from './trial.ts';

const WELL = { hasHeard: true, isDrawn: true };
const LOOK: Look = { passed: 2_000, word: WELL, isReachable: true, page: true };

/** What is judged when it looks like this for so long. */
function judgedAfter(ms: number, look: Partial<Look>): Judgement {
  let judged: Judgement = { is: 'wait', patience: FRESH };
  for (let passed = 0; passed < ms && judged.is === 'wait'; passed += LOOK.passed)
    judged = judge(judged.patience, { ...LOOK, ...look });
  return judged;
}

describe('a version on trial', () => {
  it('is kept when it has heard its coordinator and drawn its page', () => {
    expect(judgedAfter(1, {})).toEqual({ is: 'confirmed' });
    expect(judgedAfter(1, { word: { hasHeard: true, isDrawn: false }, page: false })).toEqual({
      is: 'confirmed',
    });
  });

  it.each([
    ['says nothing', { word: null }, 'hung'],
    ['says nothing, without a network', { word: null, isReachable: false }, 'hung'],
    [
      'does not hear a coordinator that others reach',
      { word: { hasHeard: false, isDrawn: true } },
      'no-coordinator',
    ],
    ['draws no page', { word: { hasHeard: true, isDrawn: false } }, 'no-page'],
  ] as const)('is given up when it %s', (_what, look, why) => {
    expect(judgedAfter(TRIAL_MS - 4_000, look)).toMatchObject({ is: 'wait' });
    expect(judgedAfter(TRIAL_MS + 4_000, look)).toEqual({ is: 'rolled-back', why });
  });

  it('goes on for as long as the network is down for everybody', () => {
    const look = { word: { hasHeard: false, isDrawn: true }, isReachable: false };
    expect(judgedAfter(100 * TRIAL_MS, look)).toMatchObject({ is: 'wait' });
  });
});
