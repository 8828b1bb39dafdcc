import type { Language } from '../../../shared/protocol/ids.ts';
import { PROPOSAL_CHANNELS, PROPOSAL_SOURCES, PROPOSAL_STATES } from '../../../shared/terms.ts';
import type { Outcome } from '../model/entries.ts';
import { outcomeOf, type Proposal, proposalState, type Register, targetOf } from '../model/state.ts';
import type { Cells } from './columns.ts';
import { nameOf } from './names.ts';
import { ENTRY_COLUMNS, PROPOSAL_COLUMNS } from './proposal-columns.ts';
import type { Table } from './write-table.ts';

/**
 * Proposals for everybody: wording that was cleared and answers that were released, and nothing of which somebody outside
 * could tell what is drafted.
 */
export function publicProposals(
  state: Register,
  proposals: readonly Proposal[],
  language: Language,
): Table<typeof PROPOSAL_COLUMNS> {
  return table(state, proposals, language, (one) => ({
    wording: one.wording,
    outcome: one.answer?.outcome ?? null,
  }));
}

/** The same for the offices, with what is drafted, and where nothing was cleared the words as sent. Names stay beside. */
export function officeProposals(
  state: Register,
  proposals: readonly Proposal[],
  wordsOf: (proposal: string) => { readonly title: string; readonly text: string } | null,
  language: Language,
): Table<typeof PROPOSAL_COLUMNS> {
  return table(state, proposals, language, (one) => ({
    wording: one.wording ?? wordsOf(one.id),
    outcome: outcomeOf(one),
  }));
}

interface Shown {
  readonly wording: { readonly title: string; readonly text: string } | null;
  readonly outcome: Outcome | null;
}

function table(
  { vocabulary }: Pick<Register, 'vocabulary'>,
  proposals: readonly Proposal[],
  language: Language,
  show: (one: Proposal) => Shown,
): Table<typeof PROPOSAL_COLUMNS> {
  const rows = proposals.map((one): Cells<typeof PROPOSAL_COLUMNS> => {
    const { wording, outcome } = show(one);
    return {
      proposal: one.id,
      cycle: String(one.cycle),
      source: PROPOSAL_SOURCES[one.source][language],
      channel: PROPOSAL_CHANNELS[one.channel][language],
      state: PROPOSAL_STATES[proposalState(one)][language],
      title: wording?.title ?? '',
      text: wording?.text ?? '',
      category: one.category === null ? '' : nameOf(one.category, vocabulary.categories),
      area: one.area === null ? '' : nameOf(one.area, vocabulary.areas),
      seconds: String(one.seconds.size),
      answer: outcome ? PROPOSAL_STATES[outcome.is][language] : '',
      points: targetOf(outcome) ?? '',
      ground: outcome?.is === 'excluded' ? nameOf(outcome.ground, vocabulary.grounds) : '',
      reason: outcome && 'reason' in outcome ? outcome.reason : '',
    };
  });
  return { name: language === 'zh' ? '征集建议' : 'Proposals', columns: PROPOSAL_COLUMNS, rows };
}

/** An empty table for what came on paper or by telephone, a row for each of these numbers. */
export function entryTemplate(ids: readonly string[], language: Language): Table<typeof ENTRY_COLUMNS> {
  const empty = {
    channel: '',
    title: '',
    text: '',
    place: '',
    name: '',
    telephone: '',
    address: '',
    scan: '',
  };
  return {
    name: language === 'zh' ? '录入建议' : 'Entry',
    columns: ENTRY_COLUMNS,
    rows: ids.map((proposal) => ({ proposal, ...empty })),
  };
}
