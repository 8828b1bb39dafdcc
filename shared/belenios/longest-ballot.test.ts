import { describe, expect, it } from 'vitest';
import { longestBallot } from './longest-ballot.ts';
import { REFERENCE, reference } from './reference.ts';

describe.each(REFERENCE)('the reference election %s', (name) => {
  const { election, ballots } = reference(name);

  it('has no ballot longer than a ballot can be, and one of the longest numbers is just as long', () => {
    const longest = longestBallot(election);
    for (const ballot of ballots) {
      expect(ballot.length).toBeLessThanOrEqual(longest);
      expect(ballot.replaceAll(/"\d+"/g, `"${'9'.repeat(76)}"`)).toHaveLength(longest);
    }
  });
});
