import type { Act, ActRefusal } from '../contract/acts.ts';
import type { Who } from '../contract/person.ts';
import { type Decision, no, yes } from './decided.ts';
import { isOver, LEAST_AFTER_HOLD, type Round } from './state.ts';

/** Acts on the time of an open vote. */
export type TimeAct = Extract<Act, { act: 'hold' | 'resume' | 'extend' }>;

/** Why the chair cannot close `round` at `time` (ledger ms); null where that is done. Ballots that seats kept through a hold arrive first. */
export function whyNotClose({ phase, hold, resumedAt }: Round, time: number): ActRefusal | null {
  if (phase !== 'open') return 'not-open';
  if (hold) return 'on-hold';
  return resumedAt !== null && time < resumedAt + LEAST_AFTER_HOLD ? 'just-resumed' : null;
}

/** What an act of `who` on the time of `round` enters at `time` (ledger ms). A vote whose time is up is over, whether closed yet or not. */
export function decideTime(round: Round, act: TimeAct, who: Who, time: number): Decision {
  if (isOver(round, time)) return no('not-open');
  const { id, hold, deadline } = round;
  switch (act.act) {
    case 'hold':
      return hold ? no('on-hold') : yes({ typ: 'held', ...who, round: id, reason: act.reason });
    case 'resume':
      return hold ? yes({ typ: 'resumed', ...who, round: id }) : no('not-on-hold');
    case 'extend':
      return deadline === null
        ? no('no-deadline')
        : yes({ typ: 'extended', ...who, round: id, seconds: act.seconds });
  }
}
