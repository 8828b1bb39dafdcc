import { describe, expect, it } from 'vitest';
import type { UpdateStep } from '../../shared/update/messages.ts';
import { MOST_AT_ONCE, MOST_ROLLED_BACK, type Rollout, type SeatUpdate, SILENT_MS, turn } from './rollout.ts';

const A = 'a'.repeat(64);
const names = (n: number) => Array.from({ length: n }, (_, i) => `T${i + 1}`);
const begun = (wanted: readonly string[]): Rollout => ({
  manifest: A,
  wanted: new Set(wanted),
  told: new Map(),
  stopped: null,
});
const seat = (step: UpdateStep | null, connected = true): SeatUpdate => ({
  connected,
  update: step && { order: 1, manifest: A, step },
});
const hall = (n: number, step: (i: number) => UpdateStep | null): Map<string, SeatUpdate> =>
  new Map(names(n).map((name, i) => [name, seat(step(i))]));

describe('a release on its way to the seats', () => {
  it('goes to so many at once, and to the next when these have fetched it', () => {
    const first = turn(
      begun(names(100)),
      hall(100, () => null),
      0,
    );
    expect(first.tell).toEqual(names(100).slice(0, MOST_AT_ONCE));
    expect(
      turn(
        first.rollout,
        hall(100, () => null),
        1_000,
      ).tell,
    ).toEqual([]);
    const waiting = hall(100, (i) =>
      i < 10 ? { is: 'waiting' } : i < MOST_AT_ONCE ? { is: 'downloading', percent: 1 } : null,
    );
    expect(turn(first.rollout, waiting, 2_000).tell).toEqual(
      names(100).slice(MOST_AT_ONCE, MOST_AT_ONCE + 10),
    );
  });

  it('goes to a seat that comes later, and again to one that says nothing of it', () => {
    const away = new Map([['T1', seat(null, false)]]);
    const first = turn(begun(['T1']), away, 0);
    expect(first.tell).toEqual([]);
    const second = turn(
      first.rollout,
      hall(1, () => null),
      1_000,
    );
    expect(second.tell).toEqual(['T1']);
    expect(
      turn(
        second.rollout,
        hall(1, () => null),
        1_000 + SILENT_MS,
      ).tell,
    ).toEqual(['T1']);
    expect(
      turn(
        second.rollout,
        hall(1, () => ({ is: 'waiting' })),
        1_000 + SILENT_MS,
      ).tell,
    ).toEqual([]);
  });

  it('leaves alone who has it, and asks once more who failed before', () => {
    const seats = hall(3, (i) => (i === 0 ? { is: 'confirmed' } : { is: 'rolled-back', why: 'no-page' }));
    const first = turn(begun(names(3)), seats, 0);
    expect(first.tell).toEqual(['T2', 'T3']);
    expect(turn(first.rollout, seats, 10 * SILENT_MS).tell).toEqual([]);
  });

  it('goes no further where seats give it up and none keeps it', () => {
    const told = new Map(names(MOST_ROLLED_BACK + 2).map((name) => [name, 0]));
    const failing = hall(100, (i) => (i < MOST_ROLLED_BACK ? { is: 'rolled-back', why: 'crashed' } : null));
    const { rollout, tell } = turn({ ...begun(names(100)), told }, failing, 1_000);
    expect({ stopped: rollout.stopped, tell }).toEqual({ stopped: 'rolled-back', tell: [] });
  });

  it('goes on past single seats that give it up', () => {
    const told = new Map(names(20).map((name) => [name, 0]));
    const mostly = hall(100, (i) =>
      i < MOST_ROLLED_BACK ? { is: 'rolled-back', why: 'crashed' } : i < 20 ? { is: 'confirmed' } : null,
    );
    expect(turn({ ...begun(names(100)), told }, mostly, 1_000).tell).toHaveLength(MOST_AT_ONCE);
  });
});
