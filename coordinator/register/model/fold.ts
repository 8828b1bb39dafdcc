import { Set as Collection, OrderedMap } from 'immutable';
import type { Text } from '../../../shared/protocol/ids.ts';
import type { EntryOf } from '../../chronicle/chronicle.ts';
import { onProject, onProposal } from './change.ts';
import type { Outcome, RegisterEntry } from './entries.ts';
import { shownAfter } from './feed-state.ts';
import { foldList } from './fold-list.ts';
import { chosenIn } from './hall-result.ts';
import { type Cycle, type Proposal, type Register, targetOf } from './state.ts';
import { beginWorks, foldWork } from './work/fold-work.ts';
import { isWorkEntry } from './work/work-entries.ts';

/**
 * The register after `entry`, a value of its own. It believes the entry; whether it may stand in the ledger was decided
 * before it was written (`decide.ts`).
 */
export function fold(state: Register, { row, says }: EntryOf<RegisterEntry>): Register {
  const { seq, hash, time } = row;
  return {
    ...folded(state, says, time),
    head: { seq, hash, time },
    feed: shownAfter(state.feed, row, says),
  };
}

function folded(state: Register, says: RegisterEntry, time: number): Register {
  if (isWorkEntry(says)) return { ...state, works: foldWork(state.works, says, time) };
  switch (says.typ) {
    case 'begun': {
      const { register, name, congress, level, key } = says;
      return { ...state, begun: { register, name, congress, level, key } };
    }
    case 'started':
      return { ...state, clock: { boot: says.boot, mono: says.mono, time } };
    case 'checkpoint':
    case 'signed-in':
    case 'signed-out':
    case 'sign-ins-failed':
    case 'code-given':
    case 'password-chosen':
    case 'authenticator-set':
    case 'sessions-ended':
    case 'exported':
      return state;
    case 'child-witnessed': {
      const { child, key, at, hash, seq } = says;
      return { ...state, witnessed: state.witnessed.set(child, { key, at, hash, seq, time }) };
    }
    case 'staff-set':
      return { ...state, staff: new Map(says.staff.map((person) => [person.id, person])) };
    case 'vocabulary-set': {
      const byId = (named: readonly { readonly id: string; readonly name: Text }[]) =>
        new Map(named.map(({ id, name }) => [id, name]));
      const { categories, grounds, bodies, areas, sources } = says;
      return {
        ...state,
        vocabulary: {
          categories: byId(categories),
          grounds: byId(grounds),
          bodies: byId(bodies),
          areas: byId(areas),
          sources: byId(sources),
        },
      };
    }
    case 'cycle-opened': {
      const { cycle: year, from, to } = says;
      const before = state.cycles.get(year);
      const cycle: Cycle = before
        ? { ...before, from, to }
        : { year, from, to, submitted: null, frozen: null, decided: null, withdrawn: OrderedMap() };
      return { ...state, cycles: state.cycles.set(year, cycle) };
    }
    case 'received':
      return received(state, says, time);
    case 'wording-cleared': {
      const { title, text } = says;
      return onProposal(state, says.proposal, (one) => ({ ...one, wording: { title, text } }));
    }
    case 'classified': {
      const { category, area } = says;
      return onProposal(state, says.proposal, (one) => ({ ...one, category, area }));
    }
    case 'seconded': {
      const id = 'id' in says.by ? says.by.id : '';
      return onProposal(state, says.proposal, (one) => ({ ...one, seconds: one.seconds.add(id) }));
    }
    case 'opinion': {
      const person = 'id' in says.by ? says.by.id : '';
      const opinion = { ...says.opinion, person, at: time };
      const place = `${person} ${opinion.question}`;
      return onProposal(state, says.proposal, (one) => ({
        ...one,
        opinions: one.opinions.set(place, opinion),
      }));
    }
    case 'decision-drafted':
      return drafted(state, says.proposal, says.outcome);
    case 'released':
      return says.outcomes.reduce(
        (sofar, { proposal, outcome }) => answered(sofar, proposal, outcome, time),
        state,
      );
    case 'erased':
      return onProposal(state, says.proposal, (one) => ({ ...one, erased: true }));
    case 'project-drafted': {
      const { project: id, cycle, sheet } = says;
      return { ...state, projects: state.projects.set(id, { id, cycle, sheet, state: 'draft' }) };
    }
    case 'project-changed':
      return onProject(state, says.project, (one) => ({ ...one, sheet: says.sheet }));
    case 'project-dropped':
      return onProject(state, says.project, (one) => ({ ...one, state: 'dropped' }));
    case 'candidate-named':
      return onProject(state, says.project, (one) => ({ ...one, state: 'candidate' }));
    case 'candidate-withdrawn':
      return onProject(state, says.project, (one) => ({ ...one, state: 'draft' }));
    case 'list-submitted':
    case 'list-frozen':
    case 'list-withdrawn':
      return foldList(state, says, time);
    case 'voted': {
      const { cycle, result } = says;
      const after = { ...state, bundles: state.bundles.add(result.manifest) };
      return decided(after, cycle, { how: 'bundle', result, at: time }, chosenIn(result));
    }
    case 'voted-on-paper': {
      const { cycle, sheet, roll, votes, chosen } = says;
      return decided(state, cycle, { how: 'paper', sheet, roll, votes, chosen, at: time }, new Set(chosen));
    }
  }
}

function received(state: Register, says: Extract<RegisterEntry, { typ: 'received' }>, at: number): Register {
  const { proposal: id, cycle, source, channel, words, proposer, attachments, by } = says;
  const proposal: Proposal = {
    ...{ id, cycle, source, channel, at, words, proposer, attachments },
    enteredBy: 'id' in by ? by.id : null,
    wording: null,
    category: null,
    area: null,
    seconds: Collection(),
    opinions: OrderedMap(),
    draft: null,
    answer: null,
    erased: false,
  };
  return {
    ...state,
    proposals: state.proposals.set(id, proposal),
    proposalsOf: state.proposalsOf.update(cycle, Collection<string>(), (all) => all.add(id)),
  };
}

function drafted(state: Register, id: string, draft: Outcome | null): Register {
  const proposal = state.proposals.get(id);
  if (!proposal) return state;
  const waiting = state.draftedOf.get(proposal.cycle) ?? Collection<string>();
  return {
    ...pointed(state, id, proposal.draft, draft),
    proposals: state.proposals.set(id, { ...proposal, draft }),
    draftedOf: state.draftedOf.set(proposal.cycle, draft ? waiting.add(id) : waiting.delete(id)),
  };
}

function answered(state: Register, id: string, outcome: Outcome, at: number): Register {
  const proposal = state.proposals.get(id);
  if (!proposal) return state;
  const waiting = state.draftedOf.get(proposal.cycle) ?? Collection<string>();
  const named = outcome.is === 'adopted' ? state.projects.get(outcome.project) : undefined;
  return {
    ...pointed(state, id, proposal.draft, outcome),
    titles: named ? state.titles.set(named.id, named.sheet.title) : state.titles,
    proposals: state.proposals.set(id, { ...proposal, draft: null, answer: { outcome, at } }),
    draftedOf: state.draftedOf.set(proposal.cycle, waiting.delete(id)),
  };
}

/** The answer to a proposal points elsewhere than before. */
function pointed(state: Register, id: string, before: Outcome | null, after: Outcome | null): Register {
  let { answersAt } = state;
  const [from, to] = [targetOf(before), targetOf(after)];
  if (from === to) return state;
  if (from !== null) answersAt = answersAt.update(from, Collection<string>(), (all) => all.delete(id));
  if (to !== null) answersAt = answersAt.update(to, Collection<string>(), (all) => all.add(id));
  return { ...state, answersAt };
}

/** The hall has decided on the frozen list: each of its projects is chosen or is not. */
function decided(
  state: Register,
  year: number,
  how: NonNullable<Cycle['decided']>,
  chosen: ReadonlySet<string>,
): Register {
  const cycle = state.cycles.get(year);
  if (!cycle) return state;
  const voted = cycle.frozen?.list.projects ?? [];
  return {
    ...voted.reduce(
      (sofar, { id }) =>
        onProject(sofar, id, (one) => ({ ...one, state: chosen.has(id) ? 'chosen' : 'not-chosen' })),
      state,
    ),
    cycles: state.cycles.set(year, { ...cycle, decided: how }),
    works: cycle.frozen ? beginWorks(state.works, cycle.frozen.list, chosen, how.at) : state.works,
  };
}
