import { isDeepStrictEqual } from 'node:util';
import type { Motion } from '../../../shared/kinds/kinds.ts';
import { listDifference, listNamed } from '../../../shared/kinds/motion-list.ts';
import { readList } from '../../../shared/projects/read-list.ts';
import { payloadText } from '../../../shared/protocol/jws.ts';
import type { LedgerRow } from '../../../shared/protocol/ledger-hash.ts';
import type { Actor } from '../../contract/person.ts';
import type { ActName } from '../../contract/rights.ts';
import { areScrutineers } from '../../sitting/configure.ts';
import { decide, decideTimeout, type SittingAct, whyNotEnrol } from '../../sitting/decide.ts';
import { decideExport } from '../../sitting/decide-outside.ts';
import { decideOwn, mayChangeKey } from '../../sitting/decide-secret.ts';
import type { Decision, Step } from '../../sitting/decided.ts';
import type { OwnEntry } from '../../sitting/entries.ts';
import { ownEntry } from '../../sitting/own-entry.ts';
import { signInFault } from '../../sitting/sign-ins.ts';
import { roundsOf, type Sitting, sealedBallots } from '../../sitting/state.ts';
import { whoFault } from '../../sitting/who-may.ts';
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

/** What a row says that the hall's files bring. */
type FileEntry = Extract<
  OwnEntry,
  {
    typ:
      | 'staff-set'
      | 'rules-set'
      | 'cards-registered'
      | 'roll-set'
      | 'list-set'
      | 'agenda-set'
      | 'secrecy-set'
      | 'terminals-enrolled'
      | 'terminals-removed';
  }
>;

/** Whose act it is to have the files read again, or to enter the same by hand. */
const FILE_RIGHTS: { readonly [T in FileEntry['typ']]: ActName } = {
  'staff-set': 'staff',
  'rules-set': 'reload',
  'cards-registered': 'reload',
  'roll-set': 'change-roll',
  'list-set': 'reload',
  'agenda-set': 'reload',
  'secrecy-set': 'reload',
  'terminals-enrolled': 'enrol',
  'terminals-removed': 'remove-terminal',
};

/** What is wrong with where such an entry comes from: files are read at a start, and later by somebody who may. */
function sourceFault(state: Sitting, says: FileEntry): Problem | null {
  const { by, with: second } = says;
  if (by.role !== 'file') return whoFault(state, FILE_RIGHTS[says.typ], { by, with: second });
  if (second) return 'second-needless';
  return state.isStarting ? null : 'file-later';
}

function fileDemand(state: Sitting, says: FileEntry): Demand {
  switch (says.typ) {
    case 'staff-set':
    case 'rules-set':
    case 'cards-registered':
      return FREE;
    case 'roll-set':
      return state.current?.phase === 'open' ? complain('roll-in-vote') : FREE;
    case 'list-set':
      return readList(says.text) ? FREE : complain('not-a-list');
    case 'agenda-set':
      return agendaDemand(state, says.motions);
    case 'secrecy-set':
      if (!mayChangeKey(state)) return complain('forbidden', actWords('secret-vote-unsettled'));
      return areScrutineers(state, says.secrecy) ? FREE : complain('no-scrutineer');
    case 'terminals-enrolled':
      return enrolmentDemand(state, says.terminals);
    case 'terminals-removed':
      return says.terminals.every((id) => state.terminals.has(id))
        ? FREE
        : complain('forbidden', actWords('unknown-terminal'));
  }
}

/** What the act behind `says` would enter in this state; `time` is the entry's. */
function demandOf(state: Sitting, says: OwnEntry, time: number): Demand {
  const decided = (act: SittingAct, by: Actor) => {
    const who = { by, with: 'with' in says ? says.with : undefined };
    const wrong = whoFault(state, act.act, who);
    return wrong ? complain(wrong) : asDecided(decide(state, act, who, time));
  };
  switch (says.typ) {
    case 'begun':
      return state.begun === null ? FREE : complain('begun-twice');
    case 'started':
    case 'refused':
    case 'refusals-counted':
      return FREE;
    case 'checkpoint':
      return { steps: ['checkpoint'] };
    case 'staff-set':
    case 'rules-set':
    case 'cards-registered':
    case 'roll-set':
    case 'list-set':
    case 'agenda-set':
    case 'secrecy-set':
    case 'terminals-enrolled':
    case 'terminals-removed': {
      const wrong = sourceFault(state, says);
      return wrong ? complain(wrong) : fileDemand(state, says);
    }
    case 'signed-in':
    case 'signed-out':
    case 'sign-ins-failed':
    case 'code-given':
    case 'password-chosen':
    case 'authenticator-set':
    case 'sessions-ended': {
      const wrong = signInFault(state, says);
      return wrong ? complain(wrong) : FREE;
    }
    case 'terminals-told':
      return decided(says.order, says.by);
    case 'files-read': {
      // The administrator's reload reads the list of staff.
      const wrong = whoFault(state, says.by.role === 'administrator' ? 'staff' : 'reload', says);
      return wrong ? complain(wrong) : FREE;
    }
    case 'exported': {
      const wrong = whoFault(state, 'export', says);
      return wrong ? complain(wrong) : asDecided(decideExport(state, { by: says.by, with: says.with }));
    }
    case 'card-issued':
      return decided({ act: 'issue-card', deputy: says.deputy, card: says.card }, says.by);
    case 'card-marked':
      return decided({ act: 'mark-card', card: says.card, status: says.status }, says.by);
    case 'checked-in-by-hand':
      return decided({ act: 'check-in', deputy: says.deputy, reason: says.reason }, says.by);
    case 'left':
      return decided({ act: 'leave', deputy: says.deputy, reason: says.reason }, says.by);
    case 'opened':
      return decided({ act: 'open', motion: says.motion.id, rehearsal: says.rehearsal }, says.by);
    case 'closed':
      return says.by.role === 'clock'
        ? timeoutDemand(state, time)
        : decided({ act: 'close', round: says.round }, says.by);
    case 'held':
      return decided({ act: 'hold', round: says.round, reason: says.reason }, says.by);
    case 'resumed':
      return decided({ act: 'resume', round: says.round }, says.by);
    case 'extended':
      return decided({ act: 'extend', round: says.round, seconds: says.seconds }, says.by);
    case 'announced':
      return decided({ act: 'announce', round: says.round }, says.by);
    case 'voided':
      return decided({ act: 'void', round: says.round, reason: says.reason }, says.by);
    case 'cleared':
      return decided({ act: 'clear' }, says.by);
    case 'motion-added':
      return decided({ act: 'follow-up', round: says.motion.follows ?? '' }, says.by);
    case 'entered-by-hand': {
      const { by, motion, tally, cast, reason } = says;
      return decided({ act: 'by-hand', motion: motion.id, tally, cast, reason }, by);
    }
    case 'ceremony-restarted':
      return decided({ act: 'new-ceremony', reason: says.reason }, says.by);
    case 'ceremony-step': {
      const { by, step, text } = says;
      return decided({ act: 'ceremony-step', step, text }, by);
    }
    case 'election-key-set':
      return asDecided(decideOwn(state, { act: 'set-key', trustees: says.trustees }));
    case 'ballot-rejected':
      return isOpenBallot(state, says.round, says.ballot) ? FREE : complain('rejected-nothing');
    case 'tallied':
      return asDecided(decideOwn(state, { act: 'tally', round: says.round, tally: says.tally }));
    case 'share': {
      const { by, round, share } = says;
      return by.role === 'hall'
        ? asDecided(decideOwn(state, { act: 'own-share', round, share }))
        : decided({ act: 'share', round, share }, by);
    }
    case 'result-signed': {
      const { by, round, signature } = says;
      return decided({ act: 'sign-result', round, signature }, by);
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
  if (changed) return complain('motion-changed', changed.id);
  for (const motion of motions) {
    const found = listFault(state, motion);
    if (found) return complain(found, motion.id);
  }
  return FREE;
}

/** What is wrong with the list that a motion names; null where it names none. */
function listFault({ lists }: Sitting, motion: Motion): Problem | null {
  const hash = listNamed(motion);
  if (hash === null) return null;
  const list = readList(lists.get(hash) ?? '');
  if (!list) return 'list-missing';
  return listDifference(motion, list) ? 'list-other' : null;
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
