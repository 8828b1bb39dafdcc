import { expect, it } from 'vitest';
import { DECISION } from '../../test/support/open-hall.ts';
import { FOR, SamplePlay } from '../../test/support/sample-ledger.ts';
import { usualWho } from '../../test/support/staff.ts';
import { decide, decideTimeout, type SittingAct } from './decide.ts';
import { timeLeft } from './state.ts';

/** A vote of a minute, open for ten seconds; `now` is on the ledger's clock. */
class TimedVote extends SamplePlay {
  constructor(seconds: number | null = 60) {
    super(3, [{ ...DECISION, seconds, press: 'first' }]);
    for (const seat of this.seats) this.checkIn(seat);
    this.act({ act: 'open', motion: 'm1', rehearsal: false });
    this.wait(10_000);
  }

  get sitting() {
    return this.state;
  }

  get round() {
    const { current } = this.state;
    if (!current) throw new Error('a vote is open');
    return current;
  }

  get now() {
    return this.state.head.time;
  }

  /** What an act would come to `later` ms after the last entry. */
  would(act: SittingAct, later = 0): string {
    const decision = decide(this.state, act, usualWho(act.act), this.now + later);
    return decision.ok ? 'ok' : decision.reason;
  }
}

const HOLD = { act: 'hold', round: 'm1/1', reason: '设备检查' } as const;
const RESUME = { act: 'resume', round: 'm1/1' } as const;
const extend = (seconds: number) => ({ act: 'extend', round: 'm1/1', seconds }) as const;
const CLOSE = { act: 'close', round: 'm1/1' } as const;

it('a held vote keeps the time it had, however long it is held and whatever the machine does', () => {
  const vote = new TimedVote();
  vote.act(HOLD);
  const left = timeLeft(vote.round, vote.now);
  expect(left).toBe(49_000);
  vote.wait(3_600_000);
  vote.reboot(7_200_000);
  expect(timeLeft(vote.round, vote.now)).toBe(left);
  expect(decideTimeout(vote.sitting, vote.now + 3_600_000)).toEqual([]);
  vote.act(RESUME);
  expect(timeLeft(vote.round, vote.now)).toBe(left);
  expect(decideTimeout(vote.sitting, vote.now + 48_999)).toEqual([]);
  expect(decideTimeout(vote.sitting, vote.now + 49_000)).not.toEqual([]);
  vote.end();
});

it('what was pressed before the hold is refused while it lasts, and the very same message enters afterwards, once', () => {
  const vote = new TimedVote();
  const [first, second] = vote.seats;
  if (!first || !second) throw new Error('there are three seats');
  const before = vote.ballot(first, FOR);
  vote.deliver(first, before);
  const late = vote.ballot(second, FOR);
  vote.act(HOLD);
  const refusals = () => vote.sitting.refusals.map(({ reason }) => reason);
  vote.deliver(second, late);
  expect(refusals()).toEqual(['on-hold']);
  // What is in already is answered as ever.
  vote.deliver(first, before);
  expect(refusals()).toEqual(['on-hold']);
  expect(vote.round.cast).toBe(1);
  vote.act(RESUME);
  for (let again = 0; again < 2; again += 1) vote.deliver(second, late);
  expect(vote.round.cast).toBe(2);
  expect(refusals()).toEqual(['on-hold']);
  vote.end();
});

it('a vote held at its last moment leaves time for the ballots that seats have kept', () => {
  const vote = new TimedVote();
  vote.wait(48_999);
  vote.act(HOLD);
  expect(timeLeft(vote.round, vote.now)).toBe(1);
  vote.act(RESUME);
  expect(timeLeft(vote.round, vote.now)).toBe(5_000);
  vote.end();
});

it('the chair cannot close a vote that has just gone on, timed or not, before kept ballots have had their moment', () => {
  for (const seconds of [60, null]) {
    const vote = new TimedVote(seconds);
    expect(vote.would(CLOSE)).toBe('ok');
    for (let times = 0; times < 2; times += 1) {
      vote.act(HOLD);
      vote.act(RESUME);
      expect(vote.would(CLOSE, 4_999)).toBe('just-resumed');
      expect(vote.would(CLOSE, 5_000)).toBe('ok');
      // Held again it begins anew; void it may be at any time.
      expect(vote.would({ act: 'void', round: 'm1/1', reason: '作废' })).toBe('ok');
    }
    vote.reboot(3_000);
    expect(vote.would(CLOSE, 1)).toBe('just-resumed');
    vote.end();
  }
});

it('an extension moves the end, also of a held vote, as often as the chair wants and only before it', () => {
  const vote = new TimedVote();
  vote.act(extend(120));
  expect(timeLeft(vote.round, vote.now)).toBe(49_000 + 120_000);
  vote.act(HOLD);
  vote.act(extend(60));
  expect(timeLeft(vote.round, vote.now)).toBe(48_000 + 180_000);
  vote.act(RESUME);
  expect(vote.round.extended).toBe(180);
  const left = timeLeft(vote.round, vote.now) ?? 0;
  expect(vote.would(extend(60), left - 1)).toBe('ok');
  for (const act of [extend(60), HOLD, RESUME]) expect(vote.would(act, left)).toBe('not-open');
  vote.end();
});

it('refuses by name what makes no sense', () => {
  const vote = new TimedVote();
  expect(vote.would(RESUME)).toBe('not-on-hold');
  vote.act(HOLD);
  expect(vote.would(HOLD)).toBe('on-hold');
  expect(vote.would(CLOSE)).toBe('on-hold');
  expect(vote.would({ act: 'void', round: 'm1/1', reason: '作废' })).toBe('ok');
  vote.act(RESUME);
  vote.wait(5_000);
  vote.act(CLOSE);
  for (const act of [HOLD, RESUME, extend(60)]) expect(vote.would(act)).toBe('not-open');
  expect(vote.would({ ...RESUME, round: 'm9/1' })).toBe('unknown-round');
  vote.end();
  const endless = new TimedVote(null);
  expect(endless.would(extend(60))).toBe('no-deadline');
  endless.act(HOLD);
  endless.act(RESUME);
  endless.wait(5_000);
  endless.act(CLOSE);
  expect(endless.round.result?.cast).toBe(0);
  endless.end();
});
