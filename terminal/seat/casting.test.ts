import { describe, expect, test } from 'vitest';
import { Ballot } from '../../shared/protocol/messages.ts';
import { decision, selection } from '../testing/fixtures.ts';
import { answered, messageId, moved, openedSecret, played, press, sealedAs } from '../testing/gallery.ts';
import { REVIEW_PAUSE_MS } from './legend.ts';
import { lampsOf, legendOf, step } from './seat.ts';
import type { SeatEffect, SeatState } from './seat-state.ts';

const CODE = 'a'.repeat(43);

function effectsOf(state: SeatState, key: 1 | 2 | 3 | 4 | 5): readonly SeatEffect[] {
  return step(state, { type: 'key', key, id: messageId(), at: state.now + REVIEW_PAUSE_MS }).effects;
}

/** For, confirmed, sealed. */
const sealed = () => sealedAs(press(openedSecret(decision('last')), 2, 5), CODE);

describe('a secret vote at the seat', () => {
  test('hands the choice out for sealing and keeps nothing of it', () => {
    const chosen = press(openedSecret(decision()), 2);
    const effects = effectsOf(chosen, 5);
    expect(effects).toContainEqual(
      expect.objectContaining({ type: 'seal', choice: { kind: 'decision', option: 'for' } }),
    );
    expect(effects.some(({ type }) => type === 'send')).toBe(false);
    const sealing = press(chosen, 5);
    expect(sealing.vote).toMatchObject({ draft: null, cast: { step: 'sealing' } });
    expect(JSON.stringify(sealing)).not.toContain('"for"');
    expect(legendOf(sealing).every((key) => key === null)).toBe(true);
  });

  test('shows nothing of the choice once it is sealed, whatever it was', () => {
    const of = (...keys: (1 | 2 | 3 | 4 | 5)[]) => sealedAs(press(openedSecret(decision()), ...keys), CODE);
    const [yes, no, abstain] = [of(2, 5), of(3, 5), of(4, 5)];
    expect(lampsOf(yes)).toEqual(lampsOf(no));
    expect(yes).toEqual(no);
    expect(no).toEqual(abstain);
  });

  test('casts the sealed ballot alone, and not by the press that led there', () => {
    const held = sealed();
    const early = step(held, { type: 'key', key: 5, id: messageId(), at: held.now + REVIEW_PAUSE_MS - 1 });
    expect(early.effects).toEqual([]);
    const [effect] = effectsOf(held, 5);
    if (effect?.type !== 'send') throw new Error('nothing was sent');
    const { choice } = Ballot.parse({ ...effect.message, opening: '0'.repeat(64) });
    expect(choice).toEqual({ kind: 'sealed', ballot: JSON.stringify({ sealed: CODE }) });
    const counted = answered(press(held, 5));
    expect(counted.vote).toMatchObject({ counted: true, cast: { step: 'counted', code: CODE } });
  });

  test('opens a ballot for audit only when asked twice, and never casts it', () => {
    const asked = press(sealed(), 3);
    expect(legendOf(press(asked, 1))[4]).toEqual({ act: 'cast' });
    const [effect] = effectsOf(asked, 5);
    expect(effect).toMatchObject({
      type: 'open',
      message: { typ: 'audit', ballot: JSON.stringify({ sealed: CODE }) },
    });
    const opened = press(asked, 5);
    expect(opened.vote?.cast).toEqual({ step: 'opened', code: CODE });
    // A fresh ballot follows.
    expect(press(opened, 2, 5).vote?.cast.step).toBe('sealing');
  });

  test('starts over with an empty ballot', () => {
    const fresh = press(sealed(), 1);
    expect(fresh.vote).toMatchObject({ draft: { option: null }, cast: { step: 'none' } });
  });

  test('says that nothing was cast when the vote closes over a sealed ballot', () => {
    const closed = moved(sealed(), 'closed');
    expect(closed.notice?.type).toBe('unconfirmed');
    expect(closed.vote?.cast.step).toBe('none');
  });

  test('lets a ballot go that comes back sealed after its vote', () => {
    const sealing = press(openedSecret(selection()), 2, 5);
    const late = played(moved(press(sealing, 5), 'closed'), {
      type: 'sealed',
      round: 'm2/1',
      ballot: '{}',
      code: CODE,
    });
    expect(late.vote?.cast.step).not.toBe('sealed');
  });
});
