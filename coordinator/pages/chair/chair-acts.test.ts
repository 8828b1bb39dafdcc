import { describe, expect, it } from 'vitest';
import type { Tally } from '../../../shared/kinds/kinds.ts';
import type { SelectionMotion } from '../../../shared/kinds/selection.ts';
import { result } from '../../../shared/protocol/result.ts';
import type { AgendaDocument, RoundView } from '../../contract/documents.ts';
import { decisionMotion, selectionMotion } from '../parts/testing/sample-motions.ts';
import { followerOf, offers, startingMotion } from './chair-acts.ts';

const full = { roll: 30, present: 28 };
const thin = { roll: 30, present: 19 };
const report = decisionMotion('m1');
const projects = selectionMotion('m2', 3, 2);

function round(id: string, phase: RoundView['phase'], more: Partial<RoundView> = {}): RoundView {
  return {
    round: id,
    phase,
    rehearsal: id.includes('/t'),
    byHand: false,
    openedAt: 0,
    hold: null,
    extended: 0,
    present: 28,
    cast: 28,
    result: null,
    decryption: null,
    reason: null,
    ...more,
  };
}

function agenda(rounds: Record<string, RoundView[]>, current: string | null): AgendaDocument {
  return {
    motions: [report, projects].map((motion) => ({ motion, rounds: rounds[motion.id] ?? [] })),
    current,
    secretVotes: 'ready',
  };
}

function selected(motion: SelectionMotion, ...votes: number[]): Partial<RoundView> {
  const tally: Tally = {
    kind: 'selection',
    votes: motion.candidates.map(({ id }, i) => ({ id, votes: votes[i] ?? 0 })),
  };
  return { result: result(motion, tally, { roll: 30, present: 28, cast: 28 }, 'terminals') };
}

describe('what the chair is offered', () => {
  it('opens a fresh motion, rehearses it, or takes a show of hands', () => {
    expect(offers(agenda({}, null), report, full)).toEqual({
      round: null,
      main: 'open',
      others: ['rehearse', 'by-hand'],
      blocked: null,
    });
  });

  it('without a quorum only rehearses, and says why', () => {
    expect(offers(agenda({}, null), report, thin)).toMatchObject({
      main: 'open',
      others: ['rehearse'],
      blocked: 'no-quorum',
    });
    expect(offers(agenda({}, null), report, { roll: 30, present: 20 }).blocked).toBeNull();
  });

  it('offers a secret motion only once there is a key, and no result before it is decrypted', () => {
    const secret = { ...report, voting: 'secret' as const };
    const keyless = (secretVotes: 'none' | 'no-key') =>
      offers({ ...agenda({}, null), secretVotes }, secret, full);
    expect(keyless('none').blocked).toBe('no-secrecy');
    expect(keyless('no-key').blocked).toBe('no-election-key');
    expect(keyless('no-key').others).not.toContain('rehearse');
    expect(offers(agenda({}, null), secret, full)).toMatchObject({ main: 'open', blocked: null });
    const closed = agenda({ m1: [round('m1/1', 'closed')] }, 'm1/1');
    expect(offers(closed, secret, full)).toMatchObject({ main: null, blocked: 'not-decrypted' });
  });

  it('closes an open vote and announces a closed one, or voids either', () => {
    const open = agenda({ m1: [round('m1/1', 'open')] }, 'm1/1');
    expect(offers(open, report, thin)).toMatchObject({
      main: 'close',
      others: ['hold', 'void'],
      blocked: null,
    });
    const counted = selected(projects, 3, 2, 1);
    const closed = agenda({ m1: [round('m1/1', 'closed', counted)] }, 'm1/1');
    expect(offers(closed, report, thin)).toMatchObject({ main: 'announce', others: ['void'], blocked: null });
  });

  it.each([
    ['open', 'vote-open'],
    ['closed', 'not-announced'],
  ] as const)('offers nothing on other motions while a vote is %s', (phase, blocked) => {
    const other = agenda({ m1: [round('m1/1', phase)] }, 'm1/1');
    expect(offers(other, projects, full)).toEqual({ round: null, main: null, others: [], blocked });
  });

  it('holds an open vote, extends one with a time limit, and closes one on hold only when it goes on', () => {
    const timed = { ...report, seconds: 60 };
    const state = (hold: RoundView['hold']) => {
      const rounds = [round('m1/1', 'open', { hold })];
      return { ...agenda({}, 'm1/1'), motions: [{ motion: timed, rounds }] };
    };
    expect(offers(state(null), timed, full)).toMatchObject({
      main: 'close',
      others: ['hold', 'extend', 'void'],
    });
    expect(offers(state({ reason: '检查设备' }), timed, full)).toMatchObject({
      main: 'resume',
      others: ['extend', 'void'],
      blocked: null,
    });
  });

  it('clears or voids an announced result, and votes on nothing decided', () => {
    const shown = agenda({ m1: [round('m1/1', 'announced')] }, 'm1/1');
    expect(offers(shown, report, full)).toMatchObject({ main: null, others: ['clear', 'void'] });
    const cleared = agenda({ m1: [round('m1/1', 'announced')] }, null);
    expect(offers(cleared, report, full)).toMatchObject({ main: null, others: ['void'] });
  });

  it('votes again after a void, but not because of a rehearsal', () => {
    const voided = agenda({ m1: [round('m1/1', 'voided')] }, 'm1/1');
    expect(offers(voided, report, full)).toMatchObject({
      main: 'reopen',
      others: ['rehearse', 'by-hand', 'clear'],
    });
    const rehearsed = agenda({ m1: [round('m1/t1', 'announced')] }, 'm1/t1');
    expect(offers(rehearsed, report, full).main).toBe('open');
  });

  it('offers a runoff for a tie at the last place, once', () => {
    const tied = round('m2/1', 'announced', selected(projects, 25, 20, 20));
    const before = agenda({ m2: [tied] }, 'm2/1');
    expect(offers(before, projects, full)).toMatchObject({ main: 'runoff', others: ['clear', 'void'] });
    const runoff = { ...projects, id: 'm2-r1', follows: 'm2/1' };
    const after = { ...before, motions: [...before.motions, { motion: runoff, rounds: [] }] };
    expect(offers(after, projects, full).main).toBeNull();
    expect(followerOf(after, tied)).toEqual(runoff);
  });

  it('offers to fill open places only where somebody is left to be chosen', () => {
    const open = agenda({ m2: [round('m2/1', 'announced', selected(projects, 25, 5, 3))] }, 'm2/1');
    expect(offers(open, projects, full).main).toBe('fill-places');
    const settled = agenda({ m2: [round('m2/1', 'announced', selected(projects, 25, 24, 3))] }, 'm2/1');
    expect(offers(settled, projects, full).main).toBeNull();
  });
});

describe('the motion the page opens on', () => {
  it('is the one in hand, else the first not decided', () => {
    expect(startingMotion(agenda({}, null))).toBe(report);
    expect(startingMotion(agenda({ m1: [round('m1/1', 'announced')] }, null))).toBe(projects);
    expect(startingMotion(agenda({ m1: [round('m1/1', 'announced')] }, 'm1/1'))).toBe(report);
    expect(startingMotion(agenda({ m1: [round('m1/t1', 'announced')] }, null))).toBe(report);
    expect(startingMotion({ ...agenda({}, null), motions: [] })).toBeNull();
  });
});
