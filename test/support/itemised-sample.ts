import type { ItemisedMotion } from '../../shared/kinds/itemised.ts';
import type { Choice } from '../../shared/kinds/kinds.ts';
import type { Option } from '../../shared/kinds/options.ts';
import { type SampleLedger, SamplePlay } from './sample-ledger.ts';
import { SecretPlay } from './secret-play.ts';
import { COORDINATOR } from './secret-sample.ts';

/** Votes on the items of a list: open, by hand and secret, rehearsed and held, by the motion's rule and by the items' own. */

const HALF = { kind: 'more-than', num: 1, den: 2 } as const;
const TWO_THIRDS = { kind: 'at-least', num: 2, den: 3 } as const;

export function appointments(id: string, voting: ItemisedMotion['voting']): ItemisedMotion {
  return {
    id,
    title: { zh: '关于任命名单的表决', en: 'Appointments' },
    voting,
    press: 'last',
    seconds: null,
    quorum: { num: 1, den: 2 },
    basis: 'roll',
    kind: 'itemised',
    items: [
      { id: 'a', title: { zh: '王秀兰为副主任' }, note: { zh: '现任秘书长' } },
      { id: 'b', title: { zh: '李志强为委员' }, threshold: TWO_THIRDS },
      { id: 'c', title: { zh: '=赵“敏”,为委员' }, basis: 'cast' },
      { id: 'd', title: { zh: '孙建国为委员' }, threshold: TWO_THIRDS, basis: 'present' },
    ],
    threshold: HALF,
  };
}

/** An answer for each item in order; nothing for one that is passed over. */
export const answer = (...options: (Option | null)[]): Choice => ({
  kind: 'itemised',
  answers: options.flatMap((option, i) => (option ? [{ item: 'abcd'[i] ?? '', option }] : [])),
});

/** Of seven on the roll six are present: one does not vote, one leaves the whole ballot blank. */
export function itemisedLedger(): SampleLedger {
  const play = new SamplePlay(7, [appointments('i1', 'open'), appointments('i2', 'open')], 41);
  const [s1, s2, s3, s4, s5, s6] = play.seats;
  if (!s1 || !s2 || !s3 || !s4 || !s5 || !s6) throw new Error('there are seven seats');
  for (const seat of [s1, s2, s3, s4, s5, s6]) play.checkIn(seat);

  play.act({ act: 'open', motion: 'i1', rehearsal: true });
  play.vote(s1, answer('abstain'));
  play.act({ act: 'close', round: 'i1/t1' });
  play.act({ act: 'announce', round: 'i1/t1' });

  play.act({ act: 'open', motion: 'i1', rehearsal: false });
  play.vote(s1, answer('against', 'against', 'against', 'against'));
  play.vote(s1, answer('for', 'for', 'for', 'for'), 2);
  play.vote(s2, answer('for', 'for', 'for', 'for'));
  play.vote(s3, answer('for', 'for', null, 'abstain'));
  play.vote(s4, answer('for', 'for', null, 'against'));
  play.vote(s5, answer());
  const twice: Choice = {
    kind: 'itemised',
    answers: [
      { item: 'a', option: 'for' },
      { item: 'a', option: 'against' },
    ],
  };
  play.vote(s6, twice);
  play.vote(s6, { kind: 'itemised', answers: [{ item: 'x', option: 'for' }] });
  play.vote(s6, { kind: 'appraisal', grades: [] });
  play.act({ act: 'close', round: 'i1/1' });
  play.act({ act: 'announce', round: 'i1/1' });

  play.act({
    act: 'by-hand',
    motion: 'i2',
    tally: {
      kind: 'itemised',
      items: [
        { id: 'a', for: 4, against: 1, abstain: 0 },
        { id: 'b', for: 4, against: 0, abstain: 1 },
        { id: 'c', for: 1, against: 0, abstain: 0 },
        { id: 'd', for: 0, against: 0, abstain: 0 },
      ],
    },
    cast: 5,
    reason: '表决系统网络故障，改为举手表决',
  });
  play.act({ act: 'announce', round: 'i2/1' });
  return play.end();
}

/** A rehearsal, a vote in which one ballot is blank and one replaced, and a vote that is void. */
export function secretItemisedLedger(): SampleLedger {
  const play = new SecretPlay(4, [appointments('i3', 'secret')], 42, COORDINATOR);
  const [s1, s2, s3, s4] = play.seats;
  if (!s1 || !s2 || !s3 || !s4) throw new Error('there are four seats');
  play.act({ act: 'open', motion: 'i3', rehearsal: true });
  play.vote(s1, answer('against', null, 'for'));
  play.finish();
  play.act({ act: 'open', motion: 'i3', rehearsal: false });
  play.vote(s1, answer('for', 'for', 'for', 'for'));
  play.vote(s2, answer('against', 'against'));
  play.vote(s2, answer('for', 'for', null, 'abstain'), 2);
  play.vote(s3, answer('for', 'against'));
  play.vote(s4, answer());
  play.finish();
  return play.end();
}
