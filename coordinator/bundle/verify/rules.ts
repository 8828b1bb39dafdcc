import { isDeepStrictEqual } from 'node:util';
import { payloadText } from '../../../shared/protocol/jws.ts';
import type { LedgerRow } from '../../../shared/protocol/ledger-hash.ts';
import { decide, decideTimeout, type SittingAct, whyNotEnrol } from '../../sitting/decide.ts';
import { mayChangeKey } from '../../sitting/decide-secret.ts';
import type { Decision, Step } from '../../sitting/decided.ts';
import type { OwnEntry } from '../../sitting/entries.ts';
import { ownEntry } from '../../sitting/own-entry.ts';
import { roundsOf, type Sitting, sealedBallots } from '../../sitting/state.ts';
import { actWords, type Fault, fault, type Problem } from './problems.ts';

/** What the rules demand of one of the coordinator's entries: itself and what must follow it, or what is wrong. */
type Demand = { readonly steps: readonly Step[] } | { readonly fault: Fault };

const FREE: Demand = { steps: [] };
const complain = (problem: Problem, detail?: Parameters<typeof fault>[1]): Demand => ({
  fault: fault(problem, detail),
});

function asDecided(decision: Decision): Demand {
  return decision.ok ? { steps: decision.steps } : complain('forbidden', actWords(decision.reason));
}

/** What the act behind `says` would enter in this state; `time` is the entry's. */
function demandOf(state: Sitting, says: OwnEntry, time: number): Demand {
  const decided = (act: SittingAct) => asDecided(decide(state, act, time));
  switch (says.typ) {
    case 'begun':
      return state.begun === null ? FREE : complain('begun-twice');
    case 'started':
    case 'rules-set':
    case 'cards-registered':
    case 'refused':
    case 'refusals-counted':
      return FREE;
    case 'checkpoint':
      return { steps: ['checkpoint'] };
    case 'roll-set':
      return state.current?.phase === 'open' ? complain('roll-in-vote') : FREE;
    case 'agenda-set':
      return agendaDemand(state, says.motions);
    case 'terminals-enrolled':
      return enrolmentDemand(state, says.terminals);
    case 'terminals-removed':
      return says.terminals.every((id) => state.terminals.has(id))
        ? FREE
        : complain('forbidden', actWords('unknown-terminal'));
    case 'card-issued':
      return decided({ act: 'issue-card', deputy: says.deputy, card: says.card });
    case 'card-marked':
      return decided({ act: 'mark-card', card: says.card, status: says.status });
    case 'checked-in-by-hand':
      return decided({ act: 'check-in', deputy: says.deputy, reason: says.reason });
    case 'left':
      return decided({ act: 'leave', deputy: says.deputy, reason: says.reason });
    case 'opened':
      return decided({ act: 'open', motion: says.motion.id, rehearsal: says.rehearsal });
    case 'closed':
      if (says.by === 'chair') return decided({ act: 'close', round: says.round });
      return timeoutDemand(state, time);
    case 'held':
      return decided({ act: 'hold', round: says.round, reason: says.reason });
    case 'resumed':
      return decided({ act: 'resume', round: says.round });
    case 'extended':
      return decided({ act: 'extend', round: says.round, seconds: says.seconds });
    case 'announced':
      return decided({ act: 'announce', round: says.round });
    case 'voided':
      return decided({ act: 'void', round: says.round, reason: says.reason });
    case 'cleared':
      return decided({ act: 'clear' });
    case 'motion-added':
      return decided({ act: 'follow-up', round: says.motion.follows ?? '' });
    case 'entered-by-hand': {
      const { motion, tally, cast, reason } = says;
      return decided({ act: 'by-hand', motion: motion.id, tally, cast, reason });
    }
    case 'secrecy-set':
      return mayChangeKey(state) ? FREE : complain('forbidden', actWords('secret-vote-unsettled'));
    case 'ceremony-restarted':
      return decided({ act: 'new-ceremony', reason: says.reason });
    case 'ceremony-step': {
      const { owner, step, text } = says;
      return decided({ act: 'ceremony-step', owner, step, text });
    }
    case 'election-key-set':
      return decided({ act: 'set-key', trustees: says.trustees });
    case 'ballot-rejected':
      return isOpenBallot(state, says.round, says.ballot) ? FREE : complain('rejected-nothing');
    case 'tallied':
      return decided({ act: 'tally', round: says.round, tally: says.tally });
    case 'share': {
      const { round, owner, share } = says;
      return decided({ act: 'share', round, owner, share });
    }
    case 'result-signed': {
      const { round, owner, signature } = says;
      return decided({ act: 'sign-result', round, owner, signature });
    }
    case 'result':
      return complain('result-alone');
  }
}

/** Whether entry `seq` is a sealed ballot of the open round that was not rejected yet. */
function isOpenBallot({ rounds }: Sitting, id: string, seq: number): boolean {
  const round = rounds.get(id);
  return round?.phase === 'open' && sealedBallots(round).some((ballot) => ballot.seq === seq);
}

function timeoutDemand(state: Sitting, time: number): Demand {
  const steps = decideTimeout(state, time);
  return steps.length > 0 ? { steps } : complain('before-time');
}

function agendaDemand(state: Sitting, motions: Extract<OwnEntry, { typ: 'agenda-set' }>['motions']): Demand {
  const changed = state.motions.find(
    (motion) =>
      roundsOf(state, motion.id).some((round) => !round.rehearsal) &&
      !motions.some((other) => isDeepStrictEqual(other, motion)),
  );
  return changed ? complain('motion-changed', changed.id) : FREE;
}

function enrolmentDemand(
  state: Sitting,
  terminals: Extract<OwnEntry, { typ: 'terminals-enrolled' }>['terminals'],
): Demand {
  for (const { terminal, seat, key } of terminals) {
    const refusal = whyNotEnrol(state, terminal, seat, key);
    if (refusal) return complain('bad-enrolment', actWords(refusal));
  }
  // The state does not know yet what this very entry enrols.
  const isDistinct = (values: readonly string[]) => new Set(values).size === values.length;
  if (!isDistinct(terminals.map(({ terminal }) => terminal)))
    return complain('bad-enrolment', actWords('terminal-enrolled'));
  if (!isDistinct(terminals.map(({ seat }) => seat)))
    return complain('bad-enrolment', actWords('seat-in-use'));
  if (!isDistinct(terminals.map(({ key }) => key))) return complain('bad-enrolment', actWords('key-in-use'));
  return FREE;
}

/**
 * Follows the coordinator's own entries: each must be what the rules make of the act behind it, with the entries
 * that belong to it right behind.
 */
export class RuleBook {
  #awaited: Step[] = [];

  /** Entries that must still come before anything else. */
  get awaited(): readonly Step[] {
    return this.#awaited;
  }

  /** What is wrong with `says` standing here; null where nothing is. */
  check(state: Sitting, says: OwnEntry, row: LedgerRow): Fault | null {
    const awaited = this.#awaited.shift();
    if (awaited !== undefined)
      return payloadText(ownEntry(state, awaited)) === payloadText(says)
        ? null
        : fault(says.typ === nameOf(awaited) ? 'not-as-decided' : 'out-of-place', nameOf(awaited));
    const demand = demandOf(state, says, row.time);
    if ('fault' in demand) return demand.fault;
    const [first, ...rest] = demand.steps;
    if (first !== undefined && payloadText(ownEntry(state, first)) !== payloadText(says))
      return fault('not-as-decided');
    this.#awaited = rest;
    return null;
  }
}

function nameOf(step: Step): string {
  return step === 'checkpoint' ? step : step.typ;
}
