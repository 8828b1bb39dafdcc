import { finishOf, investment } from '../../../shared/projects/sheet.ts';
import type {
  CycleDocument,
  CycleStage,
  ProjectDocument,
  ProposalDetail,
  ProposalRow,
} from '../../contract/register/documents.ts';
import type { Beside } from '../beside/side-store.ts';
import { GAP_TEXTS, type Gap, gapsOf } from '../model/gaps.ts';
import {
  type Cycle,
  type Project,
  type Proposal,
  proposalState,
  type Register,
  sheetHash,
  submittedHash,
} from '../model/state.ts';

/** What of a proposal whoever asks may see. */
export interface Sight {
  /** What goes on in the offices: all that came in, and the opinions on it. Else only what has been cleared. */
  readonly office: boolean;
  readonly drafts: boolean;
  readonly people: boolean;
}

/** How far a cycle is, on the day `day`. */
export function stageOf({ year, from, to, submitted, frozen, decided }: Cycle, day: string): CycleStage {
  const stage = decided
    ? 'decided'
    : frozen
      ? 'frozen'
      : submitted
        ? 'submitted'
        : day < from
          ? 'before'
          : day <= to
            ? 'collecting'
            : 'screening';
  return { year, from, to, stage };
}

/** A proposal as a line. @param sent its words as sent, for who may see them. */
export function proposalRow(one: Proposal, sent: Beside | null, sight: Sight): ProposalRow {
  const { id, cycle, at, source, channel, category, area, wording, opinions, seconds, attachments } = one;
  return {
    ...{ id, cycle, at, source, channel, category, area },
    title: wording?.title ?? (sight.people ? (sent?.wording.title ?? null) : null),
    isCleared: wording !== null,
    stage: proposalState(one),
    seconds: seconds.size,
    opinions: sight.office ? opinions.size : 0,
    attachments: attachments.length,
    draft: sight.drafts ? one.draft : null,
    answer: one.answer?.outcome ?? null,
  };
}

/** A proposal whole. @param similar what else asks for the like; `files` its attachments. */
export function proposalDetail(
  { staff, answersAt, proposals }: Register,
  one: Proposal,
  beside: Beside | null,
  { similar, files }: Pick<ProposalDetail, 'similar' | 'files'>,
  sight: Sight,
): ProposalDetail {
  const mayWords = sight.people;
  const pointing = answersAt.get(one.id)?.toArray().sort() ?? [];
  return {
    ...proposalRow(one, beside, sight),
    sent: mayWords && beside ? beside.wording : null,
    wording: one.wording,
    proposer: mayWords && beside ? beside.proposer : null,
    isErased: one.erased,
    enteredBy: one.enteredBy === null ? null : (staff.get(one.enteredBy)?.name ?? one.enteredBy),
    files: mayWords ? files : [],
    secondedBy: one.seconds.toArray().map((id) => staff.get(id)?.name ?? id),
    opinionsGiven: (sight.office ? [...one.opinions.values()] : []).map(
      ({ question, answer, reason, person, at }) => ({
        ...{ question, answer, reason, at },
        person: staff.get(person)?.name ?? person,
        body: staff.get(person)?.body ?? null,
      }),
    ),
    mergedHere: pointing.filter((id) => sight.drafts || proposals.get(id)?.answer),
    similar,
  };
}

/** What is missing, with the sentence for whoever has to put it right. */
export const shownGap = ({ what, part }: Gap) => ({
  what,
  ...(part !== undefined && { part }),
  text: GAP_TEXTS[what],
});

function projectDocument(
  register: Register,
  { id, cycle, state, sheet }: Project,
  { drafts }: Pick<Sight, 'drafts'>,
): ProjectDocument {
  const pointing = register.answersAt.get(id);
  const shown = drafts ? pointing : pointing?.filter((one) => register.proposals.get(one)?.answer);
  return {
    ...{ id, cycle, state, sheet },
    sheetHash: sheetHash(sheet),
    investment: investment(sheet),
    finish: finishOf(sheet),
    gaps: gapsOf(sheet, register.vocabulary, register.proposals).map(shownGap),
    answers: shown?.size ?? 0,
  };
}

/** A cycle with its projects, as the offices see it. */
export function cycleDocument(
  register: Register,
  cycle: Cycle,
  day: string,
  sight: Pick<Sight, 'drafts'>,
): CycleDocument {
  const { year, submitted, frozen, decided } = cycle;
  const hash = submittedHash(register, cycle);
  const projects = [...register.projects.values()].filter((one) => one.cycle === year);
  return {
    ...stageOf(cycle, day),
    projects: projects.map((one) => projectDocument(register, one, sight)),
    submitted: submitted && hash !== null ? { ...submitted, hash } : null,
    frozen: frozen && {
      hash: frozen.hash,
      places: frozen.list.places,
      projects: frozen.list.projects.map(({ id }) => id),
      at: frozen.at,
    },
    decided,
  };
}
