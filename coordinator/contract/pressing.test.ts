import { expect, it } from 'vitest';
import type { Choice } from '../../shared/kinds/kinds.ts';
import type { Health } from '../../shared/protocol/messages.ts';
import { DECISION } from '../../test/support/open-hall.ts';
import { AGAINST, FOR, SamplePlay, type SampleSeat } from '../../test/support/sample-ledger.ts';
import { SecretPlay } from '../../test/support/secret-play.ts';
import { LiveTerminals } from '../hall/broker/live-terminals.ts';
import type { Sitting } from '../sitting/state.ts';
import { MOST_UNVOTED_SHOWN, pressingDocument, unvotedDocument } from './pressing.ts';

const OPEN = { act: 'open', motion: 'm1', rehearsal: false } as const;
const HEALTH: Health = {
  typ: 'health',
  v: 1,
  id: 'AAAAAAAAAAAAAAAAAAAAAA',
  hall: 'h',
  terminal: 'T1',
  version: '0.1.0',
  time: 0,
  panel: { is: 'ready' },
  reader: { is: 'ready' },
  firmware: null,
  machine: null,
  faults: [],
  selfTest: null,
  waiting: 0,
  roundTrip: null,
};

/** Lines to the terminals of `seats`, all well; `at` is their clock. */
class Lines {
  at = 5_000;
  readonly live = new LiveTerminals(
    () => this.at,
    () => {},
    () => {},
  );

  constructor(seats: readonly SampleSeat[]) {
    for (const { terminal } of seats) {
      this.live.connected(terminal);
      this.live.heard(terminal, HEALTH);
    }
  }

  get all() {
    return this.live.all;
  }
}

class Play extends SamplePlay {
  readonly lines: Lines;

  constructor(deputies = 6) {
    super(deputies, [{ ...DECISION, press: 'first' }]);
    this.lines = new Lines(this.seats);
  }

  get sitting(): Sitting {
    return this.state;
  }

  at(n: number): SampleSeat {
    const seat = this.seats[n - 1];
    if (!seat) throw new Error('no such seat');
    return seat;
  }
}

/** The four numbers, once they are found to add up to those who have not voted, and the lines to them. */
function missing(state: Sitting, lines: Lines): number[] {
  const counts = pressingDocument(state, lines.all);
  const told = unvotedDocument(state, lines.all);
  if (!counts || !told) throw new Error('a vote is open');
  const { notPressed, offline, fault, left, present, cast, noTerminal } = counts;
  expect(notPressed + offline + fault + left).toBe(present - cast);
  expect(told.seats.length + told.more).toBe(present - cast);
  expect(told.seats.filter(({ why }) => why === 'noTerminal')).toHaveLength(noTerminal);
  return [notPressed, offline, fault, left];
}

it('says of everybody who has not voted which of the four it is, and the four add up', () => {
  const play = new Play();
  for (const seat of play.seats) play.checkIn(seat);
  play.act(OPEN);
  expect(missing(play.sitting, play.lines)).toEqual([6, 0, 0, 0]);
  play.vote(play.at(1), FOR);
  play.lines.at = 9_000;
  play.lines.live.disconnected('T2');
  play.lines.live.heard('T3', { ...HEALTH, panel: { is: 'fault', what: 'unplugged' } });
  play.lines.live.heard('T4', { ...HEALTH, faults: ['disk-full'] });
  play.act({ act: 'leave', deputy: 'd5', reason: '请假' });
  expect(missing(play.sitting, play.lines)).toEqual([1, 1, 2, 1]);
  const told = unvotedDocument(play.sitting, play.lines.all)?.seats.map(
    ({ deputy, seat, why, since }) => [deputy, seat, why, since] as const,
  );
  expect(told).toEqual([
    ['d3', '3', 'fault', 9_000],
    ['d4', '4', 'fault', 9_000],
    ['d2', '2', 'offline', 9_000],
    ['d5', '5', 'left', play.sitting.left.get('d5')],
    ['d6', '6', 'notPressed', null],
  ]);
  // What is wrong with a terminal whose deputy has voted is no reason for anything.
  play.lines.live.disconnected('T1');
  expect(missing(play.sitting, play.lines)).toEqual([1, 1, 2, 1]);
  play.lines.at = 12_000;
  play.lines.live.connected('T2');
  play.lines.live.heard('T3', HEALTH);
  play.lines.live.heard('T4', { ...HEALTH, faults: ['disk-read-only'] });
  expect(missing(play.sitting, play.lines)).toEqual([3, 0, 1, 1]);
  // The fault is another one; votes have been missing for it since the first.
  expect(unvotedDocument(play.sitting, play.lines.all)?.seats[0]?.since).toBe(9_000);
  play.act({ act: 'close', round: 'm1/1' });
  expect(pressingDocument(play.sitting, play.lines.all)).toBeNull();
  expect(unvotedDocument(play.sitting, play.lines.all)).toBeNull();
  play.end();
});

it('a reader that fails, a hot or a badly fed machine keep nobody from pressing', () => {
  const play = new Play(3);
  for (const seat of play.seats) play.checkIn(seat);
  play.act(OPEN);
  play.lines.live.heard('T1', { ...HEALTH, reader: { is: 'fault', what: 'no answer' } });
  const machine = { model: null, celsius: 90, undervoltage: true, diskFree: 1e6, diskSize: 16e9 };
  play.lines.live.heard('T2', { ...HEALTH, machine });
  expect(missing(play.sitting, play.lines)).toEqual([3, 0, 0, 0]);
  play.end();
});

it('a deputy who is present without a terminal counts among the offline, and is named as without one', () => {
  const play = new Play(4);
  play.act({ act: 'remove-terminal', terminal: 'T4' });
  for (const deputy of ['d1', 'd2', 'd3', 'd4']) play.act({ act: 'check-in', deputy, reason: '未带卡' });
  play.act(OPEN);
  // By hand at a seat whose terminal is there: the seat serves the deputy.
  expect(missing(play.sitting, play.lines)).toEqual([3, 1, 0, 0]);
  play.vote(play.at(3), FOR);
  // The terminal is taken away from under a deputy.
  play.act({ act: 'remove-terminal', terminal: 'T2' });
  expect(missing(play.sitting, play.lines)).toEqual([1, 2, 0, 0]);
  expect(pressingDocument(play.sitting, play.lines.all)?.noTerminal).toBe(2);
  expect(unvotedDocument(play.sitting, play.lines.all)?.seats[0]).toMatchObject({
    deputy: 'd2',
    seat: '2',
    terminal: null,
    why: 'noTerminal',
  });
  play.end();
});

it('a seat that another has taken since, in free seating, is no longer the one of who left and came back', () => {
  const play = new Play(4);
  play.enter({ typ: 'rules-set', seating: 'free', quorum: { num: 2, den: 3 }, cards: ['uid'] });
  for (const n of [1, 2, 3]) play.checkIn(play.at(n));
  play.act(OPEN);
  play.act({ act: 'leave', deputy: 'd1', reason: '请假' });
  // d4 came after the vote was opened and is not asked.
  play.checkIn(play.at(1), play.at(4).card);
  expect(missing(play.sitting, play.lines)).toEqual([2, 0, 0, 1]);
  play.act({ act: 'check-in', deputy: 'd1', reason: '回来' });
  expect(missing(play.sitting, play.lines)).toEqual([2, 1, 0, 0]);
  expect(pressingDocument(play.sitting, play.lines.all)?.noTerminal).toBe(1);
  // d2 leaves and taps at the free seat T4: that is the seat the operator is sent to.
  play.act({ act: 'leave', deputy: 'd2', reason: '换座' });
  play.checkIn(play.at(4), play.at(2).card);
  play.lines.live.disconnected('T4');
  expect(missing(play.sitting, play.lines)).toEqual([1, 2, 0, 0]);
  const moved = unvotedDocument(play.sitting, play.lines.all)?.seats.find(({ deputy }) => deputy === 'd2');
  expect(moved).toMatchObject({ seat: '4', terminal: 'T4', why: 'offline' });
  play.end();
});

it('rehearsals and votes on hold are told of too, and a deputy taken off the roll counts as left', () => {
  const play = new Play(4);
  for (const seat of play.seats) play.checkIn(seat);
  play.act({ ...OPEN, rehearsal: true });
  play.vote(play.at(1), FOR);
  play.act({ act: 'hold', round: 'm1/t1', reason: '检查设备' });
  expect(pressingDocument(play.sitting, play.lines.all)?.round).toBe('m1/t1');
  expect(missing(play.sitting, play.lines)).toEqual([3, 0, 0, 0]);
  const deputies = [...play.sitting.deputies.values()].filter(({ id }) => id !== 'd2');
  play.enter({ typ: 'roll-set', deputies });
  expect(missing(play.sitting, play.lines)).toEqual([2, 0, 0, 1]);
  play.end();
});

it('of those with the same reason the seats stand in the order of the hall, whoever came first', () => {
  const play = new Play(4);
  for (const n of [3, 1, 4, 2]) play.checkIn(play.at(n));
  play.act(OPEN);
  play.lines.live.disconnected('T4');
  const told = unvotedDocument(play.sitting, play.lines.all);
  expect(told?.seats.map(({ seat }) => seat)).toEqual(['4', '1', '2', '3']);
  play.end();
});

it('of thousands only so many are named, those first that can be helped', () => {
  const play = new Play(3);
  for (const seat of play.seats) play.checkIn(seat);
  play.act(OPEN);
  play.lines.live.disconnected('T3');
  const { current } = play.sitting;
  if (!current) throw new Error('a vote is open');
  const gone = Array.from({ length: MOST_UNVOTED_SHOWN }, (_, i) => `gone-${i}`);
  const eligible = new Set([...gone, ...current.eligible]);
  const crowd = { ...play.sitting, current: { ...current, eligible, present: eligible.size } };
  expect(missing(crowd, play.lines)).toEqual([2, 1, 0, MOST_UNVOTED_SHOWN]);
  const told = unvotedDocument(crowd, play.lines.all);
  expect(told?.seats).toHaveLength(MOST_UNVOTED_SHOWN);
  expect(told?.seats[0]).toMatchObject({ deputy: 'd3', why: 'offline' });
  play.end();
});

it('G6 secret: of a secret vote it says who has cast a ballot, and the same whatever is in it', () => {
  const tell = (choice: Choice, audited: boolean) => {
    const motion = { ...DECISION, voting: 'secret' } as const;
    const play = new (class extends SecretPlay {
      get sitting(): Sitting {
        return this.state;
      }
    })(3, [motion], 5, { holder: 'coordinator' });
    const lines = new Lines(play.seats);
    const [first, second, third] = play.seats;
    if (!first || !second || !third) throw new Error('there are three seats');
    play.act(OPEN);
    play.cast(first, play.seal(first, choice));
    // A ballot opened for audit is cast by nobody.
    if (audited) play.audit(second, choice);
    lines.live.disconnected(third.terminal);
    const told = [pressingDocument(play.sitting, lines.all), unvotedDocument(play.sitting, lines.all)];
    expect(missing(play.sitting, lines)).toEqual([1, 1, 0, 0]);
    play.end();
    return JSON.stringify(told);
  };
  const plain = tell(FOR, false);
  expect(tell(AGAINST, false)).toBe(plain);
  expect(tell(FOR, true)).toBe(plain);
});
