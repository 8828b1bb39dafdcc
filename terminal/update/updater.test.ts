import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IDLE, type UpdaterEffect, type UpdaterEvent, type UpdaterState, update } from './updater.ts';
import { NEVER } from './versions.ts';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);

function played(...events: UpdaterEvent[]): { state: UpdaterState; effects: UpdaterEffect[] } {
  let state = IDLE;
  const effects: UpdaterEffect[] = [];
  for (const event of events) {
    const turn = update(state, event);
    state = turn.state;
    effects.push(...turn.effects);
  }
  return { state, effects };
}

const take: UpdaterEvent = { type: 'take', manifest: A };
const fetched: UpdaterEvent = { type: 'fetched', refused: null };
const installed: UpdaterEvent = { type: 'installed', refused: null };
const rest = (isAtRest: boolean): UpdaterEvent => ({ type: 'rest', isAtRest });

describe('a seat’s part in an update', () => {
  it('fetches, waits for the seat to be at rest, installs, waits again, and starts', () => {
    const { state, effects } = played(take, fetched, rest(true), rest(false), installed, rest(true));
    expect(effects).toEqual([
      { type: 'fetch', manifest: A },
      { type: 'install' },
      { type: 'start', manifest: A },
    ]);
    expect(state.step).toEqual({ is: 'installing' });
    expect(played(take, fetched).state.step).toEqual({ is: 'waiting' });
    expect(played(take, fetched, rest(true), rest(false), installed).state.step).toEqual({ is: 'waiting' });
  });

  it('does not begin again what it is told twice', () => {
    expect(played(take, take, fetched, take, rest(true), take).effects).toEqual([
      { type: 'fetch', manifest: A },
      { type: 'install' },
    ]);
  });

  it('takes another version in the place of one that it only fetches', () => {
    const { effects } = played(take, { type: 'take', manifest: B });
    expect(effects).toEqual([
      { type: 'fetch', manifest: A },
      { type: 'cancel' },
      { type: 'fetch', manifest: B },
    ]);
  });

  it.each([
    ['what was fetched', [take, { type: 'fetched', refused: 'altered' }], 'altered'],
    [
      'what was to be installed',
      [take, fetched, rest(true), { type: 'installed', refused: 'older' }],
      'older',
    ],
  ] as const)('says why it refuses %s', (_what, events, why) => {
    expect(played(...events).state.step).toEqual({ is: 'refused', why });
  });

  it('stops while it fetches or waits, and not when it installs', () => {
    expect(played(take, { type: 'stop' }).state.step).toEqual({ is: 'idle' });
    expect(played(take, fetched, { type: 'stop' }).state.step).toEqual({ is: 'idle' });
    expect(played(take, fetched, rest(true), { type: 'stop' }).state.step).toEqual({ is: 'installing' });
  });

  it('says how its version on trial stands, and what became of it', () => {
    const trial = { slot: 'a', manifest: A, starts: 1, page: true } as const;
    const tried: UpdaterEvent = { type: 'versions', versions: { ...NEVER, trial } };
    const last = (became: 'confirmed' | 'no-page'): UpdaterEvent => ({
      type: 'versions',
      versions: { ...NEVER, last: { manifest: A, became } },
    });
    expect(played(tried).state).toMatchObject({ manifest: A, step: { is: 'trial' } });
    expect(played(tried, take).effects).toEqual([]);
    expect(played(tried, last('confirmed')).state.step).toEqual({ is: 'confirmed' });
    expect(played(tried, last('no-page')).state.step).toEqual({ is: 'rolled-back', why: 'no-page' });
    // The operator may have it try once more.
    expect(played(tried, last('no-page'), take).effects).toEqual([{ type: 'fetch', manifest: A }]);
  });

  it('installs and starts nothing while the seat is not at rest, whatever happens', () => {
    const event = fc.oneof(
      fc.constantFrom<UpdaterEvent>(
        take,
        { type: 'take', manifest: B },
        { type: 'stop' },
        fetched,
        installed,
      ),
      fc.boolean().map(rest),
      fc.nat(100).map((percent): UpdaterEvent => ({ type: 'progress', percent })),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        let state = IDLE;
        for (const each of events) {
          const turn = update(state, each);
          state = turn.state;
          const acts = turn.effects.some(({ type }) => type === 'install' || type === 'start');
          expect(acts && !state.isAtRest).toBe(false);
        }
      }),
    );
  });
});
