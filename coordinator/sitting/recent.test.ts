import { describe, expect, it } from 'vitest';
import type { OwnEntry } from './entries.ts';
import { MOST_RECENT, withRecent } from './recent.ts';
import type { RecentEntry } from './state.ts';

const place = { v: 5, sitting: 's', prev: '0'.repeat(64) } as const;
const by = { role: 'chair', id: 'c1', name: '王琳' } as const;

function recentAfter(count: number, make: (seq: number) => OwnEntry): readonly RecentEntry[] {
  let recent: readonly RecentEntry[] = [{ seq: 1, time: 0, says: { ...place, typ: 'cleared', seq: 1, by } }];
  for (let seq = 2; seq < 2 + count; seq += 1)
    recent = withRecent(recent, { seq, time: seq, says: make(seq) });
  return recent;
}

describe('the last own entries', () => {
  it('are so many, the latest of them', () => {
    const recent = recentAfter(3 * MOST_RECENT, (seq) => ({ ...place, typ: 'cleared', seq, by }));
    expect(recent).toHaveLength(MOST_RECENT);
    expect(recent.at(-1)?.seq).toBe(1 + 3 * MOST_RECENT);
    expect(recent.map(({ seq }) => seq)).toEqual(recent.map(({ seq }) => seq).toSorted((a, b) => a - b));
  });

  it('are not washed away by what strangers make many of', () => {
    const refused = { typ: 'refused', by: { role: 'hall' }, reason: 'malformed', terminal: null } as const;
    expect(recentAfter(1000, (seq) => ({ ...place, ...refused, seq, message: '' }))).toHaveLength(1);
  });
});
