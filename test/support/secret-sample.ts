import type { Secrecy } from '../../coordinator/sitting/secrecy.ts';
import type { Choice, Motion } from '../../shared/kinds/kinds.ts';
import { ABSTAIN, AGAINST, FOR, type SampleLedger } from './sample-ledger.ts';
import { SecretPlay } from './secret-play.ts';

const common = {
  voting: 'secret',
  press: 'last',
  seconds: null,
  quorum: { num: 1, den: 2 },
  basis: 'roll',
  threshold: { kind: 'more-than', num: 1, den: 2 },
} as const;
const three = [
  { id: 'c1', title: { zh: '老旧小区改造' } },
  { id: 'c2', title: { zh: '社区食堂 <b>十家</b>' } },
  { id: 'c3', title: { zh: '乡村道路' } },
];

export const SECRET_MOTIONS: readonly Motion[] = [
  { ...common, id: 'm1', kind: 'decision', title: { zh: '=关于“人选”的,决定', en: 'Appointment' } },
  { ...common, id: 'm2', kind: 'selection', title: { zh: '票决' }, places: 2, candidates: three },
  {
    ...common,
    id: 'm3',
    kind: 'selection',
    title: { zh: '票决（首次）' },
    press: 'first',
    places: 1,
    candidates: three,
  },
  {
    ...common,
    id: 'm4',
    kind: 'appraisal',
    title: { zh: '测评' },
    dontKnow: true,
    items: [
      { id: 'p1', title: { zh: '护学岗' } },
      { id: 'p2', title: { zh: '农贸市场' } },
    ],
  },
  {
    ...common,
    id: 'm5',
    kind: 'appraisal',
    title: { zh: '无“不了解”的测评' },
    dontKnow: false,
    items: [{ id: 'p1', title: { zh: '护学岗' } }],
  },
];

export const choose = (...chosen: string[]): Choice => ({ kind: 'selection', chosen });
export const grade = (...grades: ['p1' | 'p2', 'satisfied' | 'basic' | 'dont-know'][]): Choice => ({
  kind: 'appraisal',
  grades: grades.map(([item, given]) => ({ item, grade: given })),
});

export const COORDINATOR: Secrecy = { holder: 'coordinator' };
export const SCRUTINEERS: Secrecy = {
  holder: 'scrutineers',
  threshold: 2,
  scrutineers: [
    { id: 's1', name: '陈明远' },
    { id: 's2', name: '李淑芬' },
    { id: 's3', name: '王建国' },
  ],
};

/** A sitting with all that can happen to a sealed ballot, its key held by the coordinator. */
export function secretLedger(): SampleLedger {
  const play = new SecretPlay(4, SECRET_MOTIONS, 11, COORDINATOR);
  const [s1, s2, s3, s4] = play.seats;
  if (!s1 || !s2 || !s3 || !s4) throw new Error('there are four seats');

  play.act({ act: 'open', motion: 'm1', rehearsal: true });
  play.vote(s1, AGAINST);
  play.finish();

  play.act({ act: 'open', motion: 'm1', rehearsal: false });
  // Replaced before the vote: only the new one is good for a ballot. Replaced after it: only the old one.
  const before = play.secret(s1);
  play.credential(s1);
  play.cast(s1, play.seal(s1, FOR, before));
  const used = play.secret(s1);
  play.vote(s1, FOR);
  play.credential(s1);
  play.vote(s1, AGAINST, 2);
  play.cast(s1, play.seal(s1, ABSTAIN, used), 3);
  const opened = play.audit(s2, AGAINST);
  play.cast(s2, opened);
  for (let n = 2; n <= 6; n += 1) play.audit(s2, FOR);
  play.vote(s2, FOR, 2);
  // What counted before a false ballot counts again.
  play.vote(s3, FOR);
  play.cast(s3, play.stuffed(s3, FOR), 2);
  play.reject();
  const first = play.counted()[0] ?? '';
  play.cast(s3, first, 3);
  play.cast(s4, play.stuffed(s4, FOR));
  play.reject();
  play.cast(s4, `${play.seal(s4, FOR)} `, 2);
  play.reject('sealed-malformed');
  play.finish();

  play.act({ act: 'open', motion: 'm2', rehearsal: false });
  play.vote(s1, choose('c1', 'c2'));
  play.vote(s1, choose('c3'), 2);
  play.vote(s2, choose());
  play.vote(s3, choose('c2', 'c3'));
  play.finish();

  play.act({ act: 'open', motion: 'm3', rehearsal: false });
  play.vote(s1, choose('c1'));
  play.act({ act: 'void', round: 'm3/1', reason: '主持人宣布有误' });
  play.act({ act: 'open', motion: 'm3', rehearsal: false });
  play.vote(s1, choose('c1'));
  play.vote(s1, choose('c2'), 2);
  play.vote(s2, choose('c2'));
  play.close();
  play.tally();
  play.act({ act: 'void', round: 'm3/2', reason: '断电' });
  play.act({ act: 'open', motion: 'm3', rehearsal: false });
  play.close();
  play.act({ act: 'announce', round: 'm3/3' });

  play.act({ act: 'open', motion: 'm4', rehearsal: false });
  play.vote(s1, grade(['p1', 'satisfied'], ['p2', 'dont-know']));
  play.vote(s2, grade(['p2', 'basic']));
  play.vote(s3, grade());
  play.finish();
  play.act({ act: 'open', motion: 'm5', rehearsal: false });
  play.vote(s4, grade(['p1', 'basic']));
  play.close();
  return play.end();
}

/** Two votes with a key that any two of three scrutineers hold, made anew in between; results signed. */
export function scrutineersLedger(): SampleLedger {
  const play = new SecretPlay(3, SECRET_MOTIONS, 12, SCRUTINEERS);
  const [s1, s2, s3] = play.seats;
  if (!s1 || !s2 || !s3) throw new Error('there are three seats');
  play.act({ act: 'open', motion: 'm1', rehearsal: false });
  play.vote(s1, FOR);
  play.vote(s2, FOR);
  play.vote(s3, AGAINST);
  play.finish();
  play.sign(3);
  play.sign(1);
  play.act({ act: 'open', motion: 'm2', rehearsal: false });
  play.vote(s1, choose('c1', 'c2'));
  play.vote(s3, choose('c2'));
  play.finish();
  play.act({ act: 'new-ceremony', reason: '密钥文件遗失' });
  return play.end();
}

/**
 * Two seats that collude seal ballots that cancel out: alone, in a rehearsal and in a vote, so that the sum is neutral,
 * and beside a third. A seat that opens a ballot says that it was sealed with nothing.
 */
export function cancellingLedger(secrecy: Secrecy): SampleLedger {
  const play = new SecretPlay(3, SECRET_MOTIONS, 13, secrecy);
  const [s1, s2, s3] = play.seats;
  if (!s1 || !s2 || !s3) throw new Error('there are three seats');
  play.act({ act: 'open', motion: 'm2', rehearsal: true });
  play.voteCancelling([s1, s2], [choose(), choose()]);
  play.finish();
  play.act({ act: 'open', motion: 'm2', rehearsal: false });
  play.forceAudit(s3, choose('c1'), { votes: [[1, 0, 0]], randomness: [['0', '0', '0']] });
  play.voteCancelling([s1, s2], [choose('c1', 'c3'), choose('c1')]);
  play.finish();
  play.act({ act: 'open', motion: 'm3', rehearsal: false });
  play.voteCancelling([s1, s2], [choose('c1'), choose('c1')]);
  play.vote(s3, choose('c2'));
  play.finish();
  return play.end();
}
