import { Map as Dictionary } from 'immutable';
import { expect, it } from 'vitest';
import { BY_HALL } from './decided.ts';
import { OWN_VERSION } from './entries.ts';
import { fold } from './fold.ts';
import { withRound } from './fold-round.ts';
import { emptySitting, type Round } from './state.ts';

const MOTION = {
  id: 'm1',
  kind: 'decision',
  title: { zh: '议案' },
  voting: 'secret',
  press: 'last',
  seconds: null,
  quorum: { num: 1, den: 2 },
  basis: 'roll',
  threshold: { kind: 'more-than', num: 1, den: 2 },
} as const;

const LINE = { prev: '', time: 0, body: '' };

it('a false ballot is taken out however often its deputy voted before', () => {
  const round: Round = {
    id: 'm1/1',
    motion: MOTION,
    rehearsal: false,
    byHand: false,
    opening: '',
    openedAt: 0,
    deadline: null,
    hold: null,
    extended: 0,
    resumedAt: null,
    roll: 1,
    eligible: new Set(['d1']),
    present: 1,
    ballots: Dictionary(),
    cast: 0,
    phase: 'open',
    sealed: null,
    result: null,
    reason: null,
  };
  let state = withRound(emptySitting(), round);
  const last = 20_000;
  for (let seq = 1; seq <= last; seq += 1)
    state = fold(state, {
      row: { ...LINE, seq, hash: String(seq), type: 'ballot' },
      says: {
        typ: 'ballot',
        v: 1,
        id: `id${seq}`,
        hall: 'h',
        sitting: 's',
        terminal: 'T1',
        deputy: 'd1',
        round: round.id,
        opening: '',
        press: seq,
        choice: { kind: 'sealed', ballot: '' },
      },
    });
  const reject = (ballot: number, at: number) => {
    state = fold(state, {
      row: { ...LINE, seq: at, hash: '', type: 'ballot-rejected' },
      says: {
        typ: 'ballot-rejected',
        ...BY_HALL,
        v: OWN_VERSION,
        seq: at,
        prev: LINE.prev,
        sitting: 's',
        round: round.id,
        ballot,
        reason: 'sealed-without-proof',
      },
    });
  };
  const counts = () => state.rounds.get(round.id)?.ballots.get('d1') ?? null;
  reject(1, last + 1);
  expect(counts()?.seq).toBe(last);
  reject(last, last + 2);
  expect(counts()?.seq).toBe(last - 1);
  reject(5, last + 3);
  const left = [];
  for (let ballot = counts(); ballot; ballot = ballot.before) left.push(ballot.seq);
  expect(left).toHaveLength(last - 3);
  expect(left.slice(-3)).toEqual([4, 3, 2]);
});
