import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DECISION, SELECTION } from '../../test/support/open-hall.ts';
import type { Act, HandEntry } from '../contract/acts.ts';
import type { Person, Role } from '../contract/person.ts';
import { mayDo, maySecond, type RightSettings, USUAL_SETTINGS } from '../contract/rights.ts';
import {
  type AgreedAct,
  confirm,
  declined,
  differences,
  propose,
  shownTo,
  stillWaiting,
  takenBack,
  WAITING_MS,
  type Waiting,
} from './second-person.ts';

const person = (id: string, ...roles: Role[]): Person => ({ id, name: `${id}人`, roles });
const CHAIR = person('chair', 'chair');
const OPERATOR = person('operator', 'operator');
const SCRUTINEER = person('scrutineer', 'scrutineer');
const ALL_ROUND = person('all-round', 'chair', 'operator');
const AUDITOR = person('auditor', 'auditor');
const STAFF = [CHAIR, OPERATOR, SCRUTINEER, ALL_ROUND, AUDITOR];
const personOf = (id: string) => STAFF.find((each) => each.id === id) ?? null;

const VOID: Act = { act: 'void', round: 'm1/1', reason: '有误' };
const byHand = (yes: number, reason: string): Act => ({
  act: 'by-hand',
  motion: 'm1',
  tally: { kind: 'decision', for: yes, against: 1, abstain: 0 },
  cast: yes + 1,
  reason,
});
const counted = (yes: number): HandEntry => ({
  tally: { kind: 'decision', for: yes, against: 1, abstain: 0 },
  cast: yes + 1,
});
const CARD: Act = { act: 'issue-card', deputy: 'D1', card: 'AAAA' };

/** One proposal by `by`; what waits then. */
function waits(act: Act, by: Person, at = 0, settings: RightSettings = USUAL_SETTINGS): Waiting {
  const proposed = propose([], { id: 'w1', act, person: by }, at, settings);
  if (!proposed.ok) throw new Error(proposed.reason);
  return proposed.waiting;
}
const confirmed = (waiting: Waiting, by: Person, now = 1, entered: HandEntry | null = null) =>
  confirm(waiting, { id: 'w1', person: by, entered }, now, USUAL_SETTINGS, personOf);
const why = (result: { readonly ok: true } | { readonly ok: false; readonly reason: string }) =>
  result.ok ? 'ok' : result.reason;

describe('proposing', () => {
  it('is for whoever may, and for what needs a second person', () => {
    const tried = (act: Act, by: Person, settings = USUAL_SETTINGS) =>
      why(propose([], { id: 'w', act, person: by }, 0, settings));
    expect(tried(VOID, CHAIR)).toBe('ok');
    expect(tried(VOID, OPERATOR)).toBe('not-allowed');
    expect(tried({ act: 'close', round: 'm1/1' }, CHAIR)).toBe('not-needed');
    expect(tried(CARD, OPERATOR)).toBe('not-needed');
    expect(tried(CARD, OPERATOR, { ...USUAL_SETTINGS, secondForCards: true })).toBe('ok');
  });

  it('a reload that brings another roll is the chair’s to confirm, and any other nobody’s', () => {
    const proposal = { id: 'w1', act: { act: 'reload' }, person: OPERATOR } as const;
    expect(why(propose([], proposal, 0, USUAL_SETTINGS))).toBe('not-needed');
    const roll = propose([], { ...proposal, right: 'change-roll' }, 0, USUAL_SETTINGS);
    expect(why(confirmed(roll.waiting, SCRUTINEER))).toBe('not-allowed');
    expect(confirmed(roll.waiting, CHAIR)).toMatchObject({ ok: true, agreed: { act: { act: 'reload' } } });
  });

  it('the same again, as by a second click, is what waits already', () => {
    const first = waits(VOID, CHAIR);
    const again = propose(first, { id: 'w2', act: { ...VOID }, person: CHAIR }, 1, USUAL_SETTINGS);
    expect(again).toMatchObject({ ok: true, waiting: first, proposed: { id: 'w1', at: 0 } });
  });

  it('goes so far and no further for one person, and hinders no other', () => {
    let waiting: Waiting = [];
    const voided = (i: number): Act => ({ act: 'void', round: `m${i}/1`, reason: '有误' });
    const one = (i: number, by: Person) =>
      propose(waiting, { id: `${by.id}${i}`, act: voided(i), person: by }, 0, USUAL_SETTINGS);
    for (let i = 0; i < 5; i += 1) ({ waiting } = one(i, CHAIR));
    expect(waiting).toHaveLength(5);
    expect(why(one(6, CHAIR))).toBe('too-many-waiting');
    expect(why(one(6, ALL_ROUND))).toBe('ok');
  });
});

describe('confirming', () => {
  it('gives the act once, with both names, each in the role they act in', () => {
    const result = confirmed(waits(VOID, CHAIR), ALL_ROUND);
    expect(result).toEqual({
      ok: true,
      waiting: [],
      agreed: {
        act: VOID,
        by: { role: 'chair', id: 'chair', name: 'chair人' },
        with: { role: 'operator', id: 'all-round', name: 'all-round人' },
      },
    });
    expect(why(confirmed(result.waiting, SCRUTINEER))).toBe('not-waiting');
  });

  it('is another person’s, whatever roles the first has, and only of whom may', () => {
    const waiting = waits(VOID, ALL_ROUND);
    expect(why(confirmed(waiting, ALL_ROUND))).toBe('same-person');
    expect(why(confirmed(waiting, CHAIR))).toBe('not-allowed');
    expect(why(confirmed(waiting, AUDITOR))).toBe('not-allowed');
    expect(confirmed(waiting, AUDITOR).waiting).toEqual(waiting);
    expect(why(confirmed(waiting, OPERATOR))).toBe('ok');
  });

  it('is good for two minutes', () => {
    expect(why(confirmed(waits(VOID, CHAIR, 7), OPERATOR, 7 + WAITING_MS - 1))).toBe('ok');
    expect(confirmed(waits(VOID, CHAIR, 7), OPERATOR, 7 + WAITING_MS)).toMatchObject({
      reason: 'not-waiting',
      waiting: [],
    });
  });

  it('comes to nothing where the first person has lost the right meanwhile', () => {
    const without = (id: string) => (id === 'chair' ? person('chair', 'auditor') : personOf(id));
    const input = { id: 'w1', person: OPERATOR, entered: null };
    for (const now of [without, () => null])
      expect(confirm(waits(VOID, CHAIR), input, 1, USUAL_SETTINGS, now)).toMatchObject({
        reason: 'not-waiting',
        waiting: [],
      });
  });

  it('comes to nothing where it was taken back, which only the first person can', () => {
    const waiting = waits(VOID, CHAIR);
    expect(takenBack(waiting, 'w1', 'operator')).toEqual(waiting);
    expect(why(confirmed(takenBack(waiting, 'w1', 'chair'), OPERATOR))).toBe('not-waiting');
  });
});

describe('a result by hand', () => {
  const waiting = waits(byHand(5, '设备故障'), OPERATOR);

  it('is taken where both entered the same', () => {
    expect(confirmed(waiting, CHAIR, 1, counted(5))).toMatchObject({
      ok: true,
      agreed: { act: byHand(5, '设备故障'), by: { id: 'operator' }, with: { id: 'chair' } },
    });
  });

  it.each([
    ['other counts', counted(6)],
    ['nothing', null],
    ['another number of voters', { ...counted(5), cast: 7 }],
  ])('comes to nothing where the second entered %s: nobody tries until it fits', (_what, entered) => {
    expect(confirmed(waiting, CHAIR, 1, entered)).toMatchObject({ reason: 'entries-differ', waiting: [] });
  });

  it('which counts differ is told, and not by how much', () => {
    const told = (first: HandEntry, second: HandEntry) => differences(DECISION, first, second);
    expect(told(counted(5), counted(5))).toEqual([]);
    expect(told(counted(5), counted(6))).toEqual(['cast', { item: '', mark: 'for' }]);
    expect(told(counted(5), { ...counted(5), cast: 7 })).toEqual(['cast']);
    const votes = (one: number, other: number): HandEntry => ({
      tally: {
        kind: 'selection',
        votes: [
          { id: 'c1', votes: one },
          { id: 'c2', votes: other },
          { id: 'c3', votes: 0 },
        ],
      },
      cast: 9,
    });
    expect(differences(SELECTION, votes(4, 5), votes(4, 6))).toEqual([{ item: 'c2', mark: 'chosen' }]);
    // Of another kind nothing is the same.
    expect(differences(SELECTION, votes(4, 5), { ...counted(5), cast: 9 })).toHaveLength(3);
  });
});

describe('declining', () => {
  it('is for whoever might confirm, and ends it', () => {
    const waiting = waits(VOID, CHAIR);
    const tried = (by: Person, now = 1) => declined(waiting, 'w1', by, now, USUAL_SETTINGS);
    expect(why(tried(CHAIR))).toBe('same-person');
    expect(why(tried(AUDITOR))).toBe('not-allowed');
    expect(why(tried(OPERATOR, WAITING_MS))).toBe('not-waiting');
    expect(tried(OPERATOR)).toEqual({
      ok: true,
      waiting: [],
      with: { role: 'operator', id: 'operator', name: 'operator人' },
    });
  });
});

it('is shown to whoever proposed it and whoever may confirm it, until it expires', () => {
  const waiting = waits(VOID, CHAIR);
  const seen = STAFF.filter((each) => shownTo(waiting, each, 1, USUAL_SETTINGS).length > 0);
  expect(seen.map(({ id }) => id)).toEqual(['chair', 'operator', 'scrutineer', 'all-round']);
  expect(shownTo(waiting, OPERATOR, 1, USUAL_SETTINGS)).toMatchObject([
    { waiting: { act: VOID }, as: 'to-confirm' },
  ]);
  expect(shownTo(waiting, CHAIR, 1, USUAL_SETTINGS)).toMatchObject([{ as: 'proposed' }]);
  expect(shownTo(waiting, OPERATOR, WAITING_MS, USUAL_SETTINGS)).toEqual([]);
  expect(stillWaiting(waiting, WAITING_MS)).toEqual([]);
});

/** What staff may do, in any order and at any pace. */
const STEP = fc.record({
  does: fc.constantFrom('propose', 'confirm', 'confirm', 'take back'),
  who: fc.constantFrom(...STAFF),
  act: fc.constantFrom(VOID, byHand(5, 'a'), byHand(5, 'b'), byHand(6, 'a'), CARD),
  entered: fc.constantFrom(counted(5), counted(5), counted(6), null),
  pick: fc.constantFrom(0, 0, 0, 1, 2),
  after: fc.constantFrom(0, 0, 1, 1, 1000, 30_000, WAITING_MS - 1, WAITING_MS),
  settings: fc.record({ operatorForChair: fc.boolean(), secondForCards: fc.boolean() }),
});

it('whatever happens: nothing is done twice, by one person, without the right, or after two minutes', () => {
  let agreedOn = 0;
  fc.assert(
    fc.property(fc.array(STEP, { minLength: 20, maxLength: 80 }), (steps) => {
      let waiting: Waiting = [];
      let now = 0;
      const proposals = new Map<string, { readonly by: Person; readonly act: Act; readonly at: number }>();
      const over = new Set<string>();
      for (const { does, who, act, entered, pick, after, settings } of steps) {
        now += after;
        const id = [...proposals.keys()].at(-1 - pick) ?? 'none';
        if (does === 'propose') {
          const next = `w${proposals.size}`;
          const proposed = propose(waiting, { id: next, act, person: who }, now, settings);
          ({ waiting } = proposed);
          if (proposed.ok) expect(mayDo(who, act.act, settings)).toBe(true);
          if (proposed.ok && proposed.proposed.id === next) proposals.set(next, { by: who, act, at: now });
        } else if (does === 'take back') {
          if (proposals.get(id)?.by.id === who.id) over.add(id);
          waiting = takenBack(waiting, id, who.id);
        } else {
          const result = confirm(waiting, { id, person: who, entered }, now, settings, personOf);
          ({ waiting } = result);
          if (!result.ok) continue;
          agreedOn += 1;
          check(result.agreed, id, who, entered, settings);
          over.add(id);
        }
      }

      function check(
        agreed: AgreedAct,
        id: string,
        who: Person,
        entered: HandEntry | null,
        settings: RightSettings,
      ): void {
        const first = proposals.get(id);
        if (!first) throw new Error('nobody proposed it');
        expect(over.has(id)).toBe(false);
        expect(agreed).toMatchObject({ act: first.act, by: { id: first.by.id }, with: { id: who.id } });
        expect(first.by.id).not.toBe(who.id);
        expect(now - first.at).toBeLessThan(WAITING_MS);
        expect(mayDo(first.by, agreed.act.act, settings)).toBe(true);
        expect(maySecond(who, agreed.act.act, first.by.id, settings)).toBe(true);
        expect(agreed.by.role).not.toBe('auditor');
        if (agreed.act.act === 'by-hand')
          expect({ ...first.act, reason: 'a' }).toEqual({ ...byHand(0, 'a'), ...entered });
      }
    }),
    { numRuns: 500 },
  );
  // That it is tried at all.
  expect(agreedOn).toBeGreaterThan(50);
});
