import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FairPool, GRACE_MS } from './fair-pool.ts';

describe('a pool shared by places', () => {
  it('is full for who has as much as anybody, and makes room for who has less', () => {
    const pool = new FairPool<string>(() => ({ all: 3, each: 3 }));
    for (const n of [1, 2, 3]) expect(pool.admit(`a${n}`, 'a', 0)).toEqual({ isIn: true, out: null });
    expect(pool.admit('a4', 'a', 0)).toEqual({ isIn: false, out: null });
    expect(pool.admit('b1', 'b', 0)).toEqual({ isIn: true, out: 'a1' });
    expect(pool.admit('b2', 'b', 0)).toEqual({ isIn: false, out: null });
    expect(pool.admit('c1', 'c', 0)).toEqual({ isIn: true, out: 'a2' });
    expect(pool.admit('d1', 'd', 0)).toEqual({ isIn: false, out: null });
  });

  it('lets the oldest of a place that has its fill go for the next, once it had its time', () => {
    const pool = new FairPool<string>(() => ({ all: 10, each: 2 }));
    pool.admit('a1', 'a', 0);
    pool.admit('a2', 'a', 1);
    expect(pool.admit('a3', 'a', GRACE_MS - 1).isIn).toBe(false);
    expect(pool.admit('a3', 'a', GRACE_MS)).toEqual({ isIn: true, out: 'a1' });
  });

  it('gives ten thousand from one place their room, each for a moment', () => {
    const pool = new FairPool<number>(() => ({ all: 12_000, each: 11_000 }));
    for (let n = 0; n < 10_000; n += 1)
      expect(pool.admit(n, 'here', n / 100)).toEqual({ isIn: true, out: null });
    for (let n = 0; n < 10_000; n += 1) pool.leave(n);
    expect(pool.size).toBe(0);
  });

  const step = fc.record({
    place: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    leaves: fc.boolean(),
    gap: fc.integer({ min: 0, max: 1500 }),
  });
  const limits = fc.record({ all: fc.integer({ min: 1, max: 12 }), each: fc.integer({ min: 1, max: 12 }) });

  it('is never fuller than it may be, takes from nobody to give to who has as much, and keeps its books', () => {
    fc.assert(
      fc.property(limits, fc.array(step, { maxLength: 120 }), (most, steps) => {
        const pool = new FairPool<number>(() => most);
        const book = new Map<number, string>();
        const of = (place: string) => [...book].filter(([, other]) => other === place).map(([n]) => n);
        let now = 0;
        steps.forEach(({ place, leaves, gap }, n) => {
          now += gap;
          const [oldest] = of(place);
          if (leaves && oldest !== undefined) {
            pool.leave(oldest);
            book.delete(oldest);
          } else if (!leaves) {
            const mine = of(place).length;
            const { isIn, out } = pool.admit(n, place, now);
            const victim = out === null ? undefined : book.get(out);
            if (victim !== undefined && victim !== place) {
              expect(of(victim).length).toBeGreaterThanOrEqual(mine + 2);
              expect(Math.max(...['a', 'b', 'c', 'd', 'e'].map((each) => of(each).length))).toBe(
                of(victim).length,
              );
              expect(of(victim)[0]).toBe(out);
            }
            if (!isIn) expect(mine >= most.each || book.size >= most.all).toBe(true);
            if (out !== null) book.delete(out);
            if (isIn) book.set(n, place);
          }
          expect([...pool.members()]).toEqual([...book.keys()]);
          expect(pool.size).toBeLessThanOrEqual(most.all);
          for (const each of ['a', 'b', 'c', 'd', 'e']) {
            expect(pool.count(each)).toBe(of(each).length);
            expect(pool.count(each)).toBeLessThanOrEqual(most.each);
          }
        });
      }),
    );
  });

  it('keeps the one connection of a quiet place whatever a hundred greedy ones do', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 99 }), { maxLength: 400 }), (greedy) => {
        const pool = new FairPool<string>(() => ({ all: 50, each: 50 }));
        pool.admit('display', 'hall', 0);
        for (const [n, place] of greedy.entries()) pool.admit(`g${n}`, `greedy ${place}`, n);
        expect(pool.has('display')).toBe(true);
      }),
    );
  });
});
