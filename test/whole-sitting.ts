import type { Choice } from '../shared/ballot.ts';
import type { Motion } from '../shared/motion.ts';
import { DECISION, eventually, type OpenHall, openHall, SELECTION, testSeat } from './open-hall.ts';
import { ballot, HandSeat } from './seat-messages.ts';

export const APPRAISAL: Motion = {
  ...DECISION,
  id: 'm3',
  kind: 'appraisal',
  title: { zh: '满意度测评' },
  basis: 'cast',
  threshold: { kind: 'more-than', num: 1, den: 2 },
  dontKnow: true,
  items: ['i1', 'i2'].map((id) => ({ id, title: { zh: `项目${id}` } })),
};

const decide = (option: 'for' | 'against' | 'abstain'): Choice => ({ kind: 'decision', option });
const choose = (...chosen: string[]): Choice => ({ kind: 'selection', chosen });

/**
 * A sitting in which everything happens once: a rehearsal, a vote voided and repeated, a tie with its runoff, an
 * appraisal, a show of hands, refusals, a deputy leaving. Six deputies, through the real broker.
 */
export async function wholeSitting(): Promise<OpenHall> {
  const byHand: Motion = { ...DECISION, id: 'm4', title: { zh: '举手表决的事项' } };
  const seats = Array.from({ length: 6 }, (_, i) => testSeat(i + 1));
  const open = await openHall({ seats, motions: [DECISION, SELECTION, APPRAISAL, byHand] });
  const hands = await Promise.all(seats.slice(0, 5).map((seat) => new HandSeat(open, seat).begin()));
  const act = async (what: Parameters<typeof open.hall.act>[0]) => {
    const done = await open.hall.act(what);
    if (!done.ok) throw new Error(`${what.act}: ${done.reason}`);
  };
  for (const hand of hands) await hand.checkIn();
  await act({ act: 'check-in', deputy: 'd6', reason: '卡片遗失' });

  let press = 0;
  const vote = async (motion: string, round: string, choices: Choice[], rehearsal = false) => {
    await act({ act: 'open', motion, rehearsal });
    for (const [i, choice] of choices.entries()) {
      const hand = hands[i];
      if (!hand) throw new Error('no such seat');
      press += 1;
      const message = ballot(open, hand.seat, { press, choice });
      hand.tell(message);
      await hand.receipt(message.id);
    }
    await act({ act: 'close', round });
  };

  await vote('m1', 'm1/t1', [decide('for'), decide('against')], true);
  await act({ act: 'announce', round: 'm1/t1' });
  await vote('m1', 'm1/1', [decide('for'), decide('for')]);
  await act({ act: 'void', round: 'm1/1', reason: '设备故障' });
  await vote('m1', 'm1/2', [decide('for'), decide('for'), decide('for'), decide('for'), decide('against')]);
  await act({ act: 'announce', round: 'm1/2' });
  hands[0]?.say('rubbish');
  hands[1]?.tell(
    ballot(open, seats[1] ?? testSeat(0), {
      round: 'm1/2',
      opening: open.chronicle.state.rounds.get('m1/2')?.opening ?? '',
      press: 99,
    }),
  );
  await eventually(() => open.chronicle.state.refusals.length === 2, 'two refusals');
  // c1 wins a place with five votes; c2 and c3 are tied for the other.
  const [both, other] = [choose('c1', 'c2'), choose('c1', 'c3')];
  await vote('m2', 'm2/1', [both, both, both, other, other]);
  await act({ act: 'void', round: 'm2/1', reason: '改为再选' });
  await vote('m2', 'm2/2', [
    choose('c1', 'c2'),
    choose('c1', 'c2'),
    choose('c1', 'c3'),
    choose('c1', 'c3'),
    choose('c2', 'c3'),
  ]);
  await act({ act: 'announce', round: 'm2/2' });
  await act({ act: 'leave', deputy: 'd6', reason: '请假' });
  await vote('m3', 'm3/1', [
    {
      kind: 'appraisal',
      grades: [
        { item: 'i1', grade: 'satisfied' },
        { item: 'i2', grade: 'dissatisfied' },
      ],
    },
    {
      kind: 'appraisal',
      grades: [
        { item: 'i1', grade: 'basic' },
        { item: 'i2', grade: 'dont-know' },
      ],
    },
    { kind: 'appraisal', grades: [] },
  ]);
  await act({ act: 'announce', round: 'm3/1' });
  await act({
    act: 'by-hand',
    motion: 'm4',
    tally: { kind: 'decision', for: 3, against: 1, abstain: 0 },
    cast: 4,
    reason: '终端断电',
  });
  await act({ act: 'announce', round: 'm4/1' });
  await act({ act: 'clear' });
  return open;
}

/** A sitting whose selection ends in a tie at the last place, and the runoff that settles it. */
export async function tiedSitting(): Promise<OpenHall> {
  const seats = Array.from({ length: 4 }, (_, i) => testSeat(i + 1));
  const open = await openHall({
    seats,
    motions: [{ ...SELECTION, basis: 'cast', threshold: { kind: 'at-least', num: 1, den: 2 } }],
  });
  const hands = await Promise.all(seats.map((seat) => new HandSeat(open, seat).begin()));
  for (const hand of hands) await hand.checkIn();
  const vote = async (motion: string, round: string, choices: Choice[]) => {
    await open.hall.act({ act: 'open', motion, rehearsal: false });
    for (const [i, choice] of choices.entries()) {
      const hand = hands[i];
      const message = hand && ballot(open, hand.seat, { press: i + 1, choice });
      if (message) hand.tell(message);
      if (message) await hand.receipt(message.id);
    }
    await open.hall.act({ act: 'close', round });
    await open.hall.act({ act: 'announce', round });
  };
  await vote('m2', 'm2/1', [choose('c1', 'c2'), choose('c1', 'c2'), choose('c1', 'c3'), choose('c1', 'c3')]);
  await open.hall.act({ act: 'follow-up', round: 'm2/1' });
  await vote('m2-r1', 'm2-r1/1', [choose('c2'), choose('c2'), choose('c3')]);
  return open;
}
