import { expect, it } from 'vitest';
import type { Round, Sitting } from './state.ts';
import { emptySitting } from './state.ts';

/** Never called: it is the compiler that refuses each of these. */
function meddle(sitting: Sitting, round: Round) {
  // @ts-expect-error
  sitting.head.seq = 1;
  // @ts-expect-error
  round.cast += 1;
  // @ts-expect-error
  round.eligible.add('d1');
  // @ts-expect-error
  round.motion.title.zh = '';
  // @ts-expect-error
  if (round.motion.kind === 'selection') round.motion.candidates.push(round.motion.candidates[0]);
  // @ts-expect-error
  if (round.result) round.result.cast = 0;
  // @ts-expect-error
  if (round.result?.outcome.kind === 'selection') round.result.outcome.order.length = 0;
  // @ts-expect-error
  for (const ballot of round.ballots.values()) ballot.choice.kind = 'decision';
}

it('nobody changes a sitting but its fold', () => {
  expect(meddle).toBeTypeOf('function');
  expect(emptySitting().head.seq).toBe(0);
});
