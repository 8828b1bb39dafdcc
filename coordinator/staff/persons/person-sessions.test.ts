import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  alive,
  ended,
  endedBut,
  held,
  ofPerson,
  opened,
  PersonSession,
  type PersonSessions,
  released,
  sessionOf,
  used,
} from './person-sessions.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const LIMITS = { idleMs: HOUR, mostMs: 12 * HOUR };

const come = (sessions: PersonSessions, person: string, now: number, isHeld = false) => {
  const newcomer = { person, browser: 'Firefox', address: '10.0.0.1', held: isHeld };
  return opened(sessions, newcomer, now, LIMITS, randomBytes);
};

it('a session is its browser’s, by a token that is not kept', () => {
  const { sessions, token } = come([], 'zhang', 5);
  expect(sessionOf(sessions, token, 5, LIMITS)).toMatchObject({ person: 'zhang', since: 5, seen: 5 });
  expect(sessionOf(sessions, `${token}x`, 5, LIMITS)).toBeNull();
  expect(sessionOf(sessions, sessions[0]?.id, 5, LIMITS)).toBeNull();
  expect(sessionOf(sessions, undefined, 5, LIMITS)).toBeNull();
  expect(JSON.stringify(sessions)).not.toContain(token);
  expect(sessions.map((each) => PersonSession.parse(each))).toEqual(sessions);
});

it('ends when it is not used for so long, or after so long however much it is', () => {
  const { sessions, token } = come([], 'zhang', 0);
  const { id } = sessions[0] ?? { id: '' };
  expect(sessionOf(sessions, token, HOUR - 1, LIMITS)).not.toBeNull();
  expect(sessionOf(sessions, token, HOUR, LIMITS)).toBeNull();
  expect(alive(sessions, HOUR, LIMITS)).toEqual([]);
  let busy = sessions;
  for (let at = 0; at < 12 * HOUR; at += 30 * MINUTE) {
    expect(sessionOf(busy, token, at, LIMITS)).not.toBeNull();
    busy = used(busy, id, at);
  }
  expect(sessionOf(busy, token, 12 * HOUR, LIMITS)).toBeNull();
});

describe('while a vote of the person is open', () => {
  it('no time ends their sessions, and idleness counts from its close', () => {
    const { sessions, token } = come([], 'zhang', 0);
    const open = held(sessions, 'zhang', 50 * MINUTE, LIMITS);
    expect(sessionOf(open, token, 30 * HOUR, LIMITS)).not.toBeNull();
    const closed = released(open, 'zhang', 30 * HOUR, LIMITS);
    expect(sessionOf(closed, token, 31 * HOUR - 1, LIMITS)).toMatchObject({ since: 0 });
    expect(sessionOf(closed, token, 31 * HOUR, LIMITS)).toBeNull();
  });

  it('one that had ended before does not live again', () => {
    const { sessions, token } = come([], 'zhang', 0);
    expect(sessionOf(held(sessions, 'zhang', HOUR, LIMITS), token, HOUR, LIMITS)).toBeNull();
  });

  it('one that is opened meanwhile is held too, and another person’s is not', () => {
    const chair = come([], 'zhang', 0, true);
    const both = come(chair.sessions, 'li', 0);
    const open = held(both.sessions, 'zhang', 1, LIMITS);
    expect(sessionOf(open, chair.token, 5 * HOUR, LIMITS)).not.toBeNull();
    expect(sessionOf(open, both.token, 5 * HOUR, LIMITS)).toBeNull();
    const closed = released(open, 'li', 2, LIMITS);
    expect(sessionOf(closed, chair.token, 5 * HOUR, LIMITS)).not.toBeNull();
  });
});

it('a person’s sessions are listed, the last used first, and each of them ended by its name', () => {
  const first = come([], 'zhang', 0);
  const second = come(first.sessions, 'zhang', 1);
  const third = come(second.sessions, 'li', 2);
  const [one, two, other] = third.sessions.map(({ id }) => id);
  if (!one || !two || !other) throw new Error('three were opened');
  const all = used(third.sessions, one, 10);
  expect(ofPerson(all, 'zhang').map(({ id }) => id)).toEqual([one, two]);
  expect(ended(all, 'zhang', two).map(({ id }) => id)).toEqual([one, other]);
  expect(ended(all, 'zhang', other)).toHaveLength(3);
  expect(endedBut(all, 'zhang', two).map(({ id }) => id)).toEqual([two, other]);
  expect(endedBut(all, 'zhang', null).map(({ id }) => id)).toEqual([other]);
  expect(sessionOf(ended(all, 'zhang', one), first.token, 11, LIMITS)).toBeNull();
});

it('a person has twenty at most, and nobody loses one for another’s', () => {
  const li = come([], 'li', 0);
  let { sessions } = li;
  const tokens = Array.from({ length: 21 }, (_, i) => {
    const one = come(sessions, 'zhang', i + 1);
    sessions = one.sessions;
    return one.token;
  });
  expect(ofPerson(sessions, 'zhang')).toHaveLength(20);
  expect(sessionOf(sessions, tokens[0], 30, LIMITS)).toBeNull();
  expect(sessionOf(sessions, tokens[1], 30, LIMITS)).not.toBeNull();
  expect(sessionOf(sessions, li.token, 30, LIMITS)).not.toBeNull();
});

it('nothing that another person does ends a session', () => {
  const deed = fc.constantFrom('come', 'used', 'held', 'released', 'ended', 'endedBut', 'alive');
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 40 }), (deeds) => {
      const chair = come([], 'zhang', 0);
      const mine = chair.sessions[0]?.id ?? '';
      let all = chair.sessions;
      for (const each of deeds) {
        if (each === 'come') all = come(all, 'li', 1).sessions;
        else if (each === 'used') all = used(all, 'nobody', 1);
        else if (each === 'held') all = held(all, 'li', 1, LIMITS);
        else if (each === 'released') all = released(all, 'li', 1, LIMITS);
        else if (each === 'ended') all = ended(all, 'li', mine);
        else if (each === 'endedBut') all = endedBut(all, 'li', null);
        else all = alive(all, 1, LIMITS);
      }
      expect(sessionOf(all, chair.token, HOUR - 1, LIMITS)).toMatchObject({ person: 'zhang', held: false });
    }),
  );
});
