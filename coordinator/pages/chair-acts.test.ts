import { describe, expect, it } from 'vitest';
import { DECISION } from '../../test/open-hall.ts';
import type { AgendaDocument, RoundView } from '../views/documents.ts';
import { offers, startingMotion } from './chair-acts.ts';

const round = (change: Partial<RoundView>): RoundView => ({
  round: 'm1/1',
  phase: 'open',
  rehearsal: false,
  byHand: false,
  openedAt: 0,
  present: 3,
  cast: 0,
  result: null,
  reason: null,
  ...change,
});

const agenda = (rounds: RoundView[], current: string | null): AgendaDocument => ({
  motions: [
    { motion: DECISION, rounds },
    { motion: { ...DECISION, id: 'm9' }, rounds: [] },
  ],
  current,
});

describe('what the chair is offered', () => {
  it('opens a motion nobody voted on', () => {
    expect(offers(agenda([], null), DECISION)).toMatchObject({
      main: 'open',
      others: ['rehearse', 'by-hand'],
    });
  });
  it('closes or voids an open vote, and nothing else anywhere', () => {
    const open = agenda([round({})], 'm1/1');
    expect(offers(open, DECISION)).toMatchObject({ main: 'close', others: ['void'] });
    expect(offers(open, { ...DECISION, id: 'm9' })).toMatchObject({ main: null, others: [] });
  });
  it('announces a closed vote', () => {
    expect(offers(agenda([round({ phase: 'closed' })], 'm1/1'), DECISION)).toMatchObject({
      main: 'announce',
    });
  });
  it('votes again after a vote was voided', () => {
    expect(offers(agenda([round({ phase: 'voided' })], null), DECISION)).toMatchObject({ main: 'reopen' });
  });
  it('takes an announced result off the display, or voids it', () => {
    expect(offers(agenda([round({ phase: 'announced' })], 'm1/1'), DECISION)).toMatchObject({
      main: 'clear',
      others: ['void'],
    });
  });
  it('still opens the real vote after a rehearsal', () => {
    const rehearsed = agenda([round({ round: 'm1/t1', rehearsal: true, phase: 'announced' })], 'm1/t1');
    expect(offers(rehearsed, DECISION)).toMatchObject({
      main: 'open',
      others: ['rehearse', 'by-hand', 'clear'],
    });
  });
  it('starts on the motion in hand, else on the first undecided', () => {
    expect(startingMotion(agenda([round({})], 'm1/1'))).toBe('m1');
    expect(startingMotion(agenda([round({ phase: 'announced' })], null))).toBe('m9');
    expect(startingMotion({ motions: [], current: null })).toBeNull();
  });
});
