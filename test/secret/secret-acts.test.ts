import { expect, it } from 'vitest';
import { actsDocument } from '../../coordinator/contract/staff-documents.ts';
import { replay } from '../../coordinator/sitting/chronicle.ts';
import type { Choice } from '../../shared/kinds/kinds.ts';
import { AGAINST, FOR } from '../support/sample-ledger.ts';
import { SecretPlay } from '../support/secret-play.ts';
import { SCRUTINEERS, SECRET_MOTIONS } from '../support/secret-sample.ts';

/** What the auditor is shown of what was done in a secret vote, held by scrutineers, voided and held again. */
function shown(...choices: readonly Choice[]) {
  const play = new SecretPlay(choices.length, SECRET_MOTIONS, 21, SCRUTINEERS);
  const voteOnce = () => {
    play.act({ act: 'open', motion: 'm1', rehearsal: false });
    for (const [n, choice] of choices.entries()) {
      const seat = play.seats[n];
      if (seat) play.vote(seat, choice);
    }
  };
  voteOnce();
  play.act({ act: 'void', round: 'm1/1', reason: '计数有误' });
  voteOnce();
  play.finish();
  play.sign(3);
  return actsDocument(replay(play.end().rows));
}

it('the acts of a secret vote are shown with who did them, and are the same whatever was chosen', () => {
  const acts = shown(FOR, FOR, AGAINST);
  expect(shown(AGAINST, AGAINST, FOR)).toEqual(acts);
  const lines = acts.map(({ by, with: second, what, about, reason }) =>
    ['id' in by ? by.id : by.role, second?.id ?? '', what.zh, about.en, reason].join('|'),
  );
  expect(lines.slice(0, 9)).toEqual([
    's3||签署结果|m1/2 Appointment|',
    'chair||宣布结果|m1/2 Appointment|',
    'hall||得出结果|m1/2 Appointment|',
    's2||解密|m1/2 Appointment|',
    's3||解密|m1/2 Appointment|',
    'hall||汇总密封票|m1/2 Appointment|',
    'chair||结束表决|m1/2 Appointment|',
    'chair||开始表决|m1/2 Appointment|',
    'chair|operator|作废|m1/1 Appointment|计数有误',
  ]);
  // Newest first.
  expect(acts.map(({ seq }) => seq)).toEqual(acts.map(({ seq }) => seq).toSorted((a, b) => b - a));
});
