import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Deputy } from '../../sitting/entries.ts';
import { samplePeople } from './people.ts';
import { sampleHall } from './sample-hall.ts';

describe('the sample hall', () => {
  it('is the same every time', () => {
    expect(sampleHall(164)).toEqual(sampleHall(164));
  });

  it('seats any number of deputies, none of them twice', () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer({ min: 3, max: 10_000 }), fc.constantFrom(3, 164, 10_000)), (n) => {
        const people = samplePeople(n);
        expect(people).toHaveLength(n);
        for (const column of ['id', 'seat', 'card'] as const)
          expect(new Set(people.map((person) => person[column])).size).toBe(n);
        for (const { card, ...person } of [people[0], people.at(-1)].flatMap((person) => person ?? []))
          expect(Deputy.safeParse({ ...person, cards: [card] }).success).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('has names of its own for a hall of 164, in several delegations that sit together', () => {
    const people = samplePeople(164);
    expect(new Set(people.map(({ name }) => name)).size).toBe(164);
    const runs = people.filter(({ delegation }, i) => delegation !== people[i - 1]?.delegation);
    expect(runs.length).toBe(new Set(people.map(({ delegation }) => delegation)).size);
    expect(runs.length).toBeGreaterThan(5);
  });
});
