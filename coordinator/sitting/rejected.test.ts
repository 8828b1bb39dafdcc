import { describe, expect, it } from 'vitest';
import type { Reason } from '../../shared/protocol/reasons.ts';
import { rejectedDocument } from '../contract/staff-documents.ts';
import { MOST_REJECTED, NONE_REJECTED, withCounted, withRejected } from './rejected.ts';
import { emptySitting } from './state.ts';

const refused = (seq: number, reason: Reason) =>
  ({ seq, time: seq, round: 'm1/1', terminal: 'T1', reason, ballot: null }) as const;

describe('ballots that do not count', () => {
  it('are all counted by reason, and the last of them held, the newest shown first', () => {
    let rejected = NONE_REJECTED;
    for (let seq = 1; seq <= 5_000; seq += 1)
      rejected = withRejected(rejected, refused(seq, seq % 5 === 0 ? 'too-late' : 'already-voted'));
    rejected = withCounted(rejected, [{ reason: 'too-late', count: 7 }]);
    const { reasons, last } = rejectedDocument({ ...emptySitting(), rejected });
    expect(reasons).toEqual([
      { reason: 'already-voted', count: 4_000 },
      { reason: 'too-late', count: 1_007 },
    ]);
    expect(last.map(({ seq }) => seq)).toEqual(Array.from({ length: MOST_REJECTED }, (_, n) => 5_000 - n));
  });

  it('are not washed away by what else is refused, nor by what comes again after a hold', () => {
    const others: Reason[] = ['malformed', 'not-enrolled', 'unknown-card', 'too-many', 'on-hold'];
    let rejected = withRejected(NONE_REJECTED, refused(1, 'too-late'));
    for (const [n, reason] of others.entries()) rejected = withRejected(rejected, refused(n + 2, reason));
    rejected = withCounted(
      rejected,
      others.map((reason) => ({ reason, count: 1_000_000 })),
    );
    expect(rejected.last).toEqual([refused(1, 'too-late')]);
    expect([...rejected.counts]).toEqual([['too-late', 1]]);
  });
});
