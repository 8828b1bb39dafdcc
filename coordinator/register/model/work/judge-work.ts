import { total } from '../../../../shared/projects/money.ts';
import type { Part } from '../../../../shared/projects/sheet.ts';
import { gapsOf, type Vocabulary } from '../gaps.ts';
import type { By, RegisterActor } from '../person.ts';
import type { RegisterRefusal } from '../refusals.ts';
import { judgeAppraisal } from './judge-appraisal.ts';
import { overdueMonths } from './light.ts';
import { monthOf } from './month.ts';
import type { WorkEntry } from './work-entries.ts';
import { openRectification, type PartWork, partOf, type Work, type Works } from './works.ts';

type Place = 'v' | 'register' | 'seq' | 'prev' | 'feed' | 'by' | 'with';
/** An entry before it has a place in the ledger. */
export type WorkDraft = WorkEntry extends infer E ? (E extends WorkEntry ? Omit<E, Place> : never) : never;
export type DraftOf<T extends WorkDraft['typ']> = Extract<WorkDraft, { typ: T }>;

/** What an entry is judged against. */
export interface WorkGround {
  readonly works: Works;
  readonly vocabulary: Vocabulary;
  readonly proposals: { has(id: string): boolean };
  /** Year → the hash of the list that was decided, and when it was; of others no project is carried out. */
  readonly decided: (cycle: number) => { readonly list: string } | null;
  readonly register: string;
  readonly congress: string;
  /** The day on which it is entered, as `2026-10-08`, where the register is. */
  readonly day: string;
}

/** Who enters it, and who confirms. */
export interface Signed {
  readonly by: By;
  readonly with?: RegisterActor | undefined;
}

/**
 * Why an entry may not stand in the ledger behind these works; null where it may. The one rulebook of the second half, for
 * the register before it writes and for whoever verifies what it has written; who may do what, `rights.ts` says.
 */
export function judgeWork(ground: WorkGround, draft: WorkDraft, signed: Signed): RegisterRefusal | null {
  const { works, day } = ground;
  switch (draft.typ) {
    case 'rules-set':
      return draft.rules.yellow < draft.rules.red ? null : 'rules-backwards';
    case 'appraised':
    case 'appraised-on-paper':
      return judgeAppraisal(ground, draft);
    case 'inspected':
      if (works.inspections.has(draft.event)) return 'event-twice';
      if (draft.day > day) return 'day-to-come';
      return draft.projects.every((id) => works.projects.has(id)) ? null : 'unknown-project';
    case 'published':
      return judgePublication(works, draft);
    case 'spoken':
      if (works.voices.has(draft.voice)) return 'proposal-twice';
      return judgePart(works, draft);
    case 'voice-cleared':
    case 'voice-answered':
    case 'voice-erased': {
      const voice = works.voices.get(draft.voice);
      if (!voice) return 'unknown-voice';
      return voice.erased ? 'already-erased' : null;
    }
    default: {
      const work = works.projects.get(draft.project);
      return work ? judgeOn(work, ground, draft, signed) : 'unknown-project';
    }
  }
}

type OnProject = Exclude<
  WorkDraft,
  {
    typ:
      | 'rules-set'
      | 'appraised'
      | 'appraised-on-paper'
      | 'inspected'
      | 'published'
      | 'spoken'
      | 'voice-cleared'
      | 'voice-answered'
      | 'voice-erased';
  }
>;

function judgeOn(work: Work, ground: WorkGround, draft: OnProject, { by }: Signed): RegisterRefusal | null {
  const person = 'id' in by ? by.id : '';
  const { works, day } = ground;
  switch (draft.typ) {
    case 'planned':
      return whyNotEnded(work) ?? withPart(work, draft.part, (part, its) => judgePlan(part, its, draft));
    case 'reported':
      return (
        whyNotEnded(work) ?? withPart(work, draft.part, (part, its) => judgeReport(part, its, draft, day))
      );
    case 'group-appointed':
      return null;
    case 'visited':
      return whyNotMember(work, person) ?? judgeVisit(work, draft, person, day);
    case 'figure-settled':
      return withPart(work, draft.part, (_, { dispute }) => {
        if (!dispute) return 'not-disputed';
        return dispute.report === draft.report ? null : 'unknown-report';
      });
    case 'found':
      if (work.findings.has(draft.finding)) return 'finding-twice';
      if (draft.part !== null && !partOf(work, draft.part)) return 'unknown-part';
      if (draft.voice !== null && works.voices.get(draft.voice)?.project !== work.id) return 'unknown-voice';
      return whyNotMember(work, person) ?? (draft.due < day ? 'due-past' : null);
    case 'finding-answered': {
      const found = work.findings.get(draft.finding);
      if (!found) return 'unknown-finding';
      if (found.state === 'closed') return 'finding-closed';
      const part = found.part === null ? null : partOf(work, found.part);
      return draft.body === (part?.part.body ?? work.sheet.lead) ? null : 'other-body';
    }
    case 'finding-returned':
    case 'finding-closed': {
      const found = work.findings.get(draft.finding);
      if (!found) return 'unknown-finding';
      if (found.state === 'closed') return 'finding-closed';
      if (found.state === 'open') return 'not-answered';
      if (draft.typ === 'finding-returned' && draft.due < day) return 'due-past';
      return whyNotMember(work, person);
    }
    case 'reminded':
      return withPart(work, draft.part, (_, its) =>
        overdueMonths(its, works.rules, day).includes(draft.month) ? null : 'not-overdue',
      );
    case 'change-asked':
      if (work.requests.has(draft.request)) return 'request-twice';
      return judgeChange(work, ground, draft);
    case 'change-refused':
      return whyNotOpen(work, draft.request);
    case 'change-decided':
      return (
        (draft.request === null ? null : whyNotOpen(work, draft.request)) ?? judgeChange(work, ground, draft)
      );
    case 'rectification-ordered':
      return draft.due < day ? 'due-past' : whyNotEnded(work);
    case 'explained':
      if (!openRectification(work)) return 'nothing-to-rectify';
      return draft.body === work.sheet.lead ? null : 'other-body';
    case 'rectification-accepted': {
      const open = openRectification(work);
      if (!open) return 'nothing-to-rectify';
      return open.explanations.length === 0 ? 'not-explained' : null;
    }
    case 'looked-back':
      if (work.lookBacks.has(draft.lookBack)) return 'visit-twice';
      if (draft.day > day) return 'day-to-come';
      // 翌年回头看: what works on the day it was opened says nothing.
      if (Number(draft.day.slice(0, 4)) <= work.cycle) return 'look-back-early';
      return by.role === 'congress-office' ? null : whyNotMember(work, person);
    case 'linked':
      return draft.to?.register === ground.register ? 'link-itself' : null;
  }
}

const whyNotEnded = ({ standing }: Work): RegisterRefusal | null =>
  standing === 'ended' ? 'project-ended' : null;

const whyNotMember = ({ group }: Work, person: string): RegisterRefusal | null => {
  if (!group) return 'no-group';
  return group.members.some(({ id }) => id === person) ? null : 'not-in-group';
};

function whyNotOpen(work: Work, request: string): RegisterRefusal | null {
  const asked = work.requests.get(request);
  if (!asked) return 'unknown-request';
  return asked.answer ? 'request-answered' : null;
}

function withPart(
  work: Work,
  id: string,
  judge: (part: Part, its: PartWork) => RegisterRefusal | null,
): RegisterRefusal | null {
  const found = partOf(work, id);
  return found ? judge(found.part, found.its) : 'unknown-part';
}

const judgePart = (
  works: Works,
  { project, part }: { project: string; part: string },
): RegisterRefusal | null => {
  const work = works.projects.get(project);
  if (!work) return 'unknown-project';
  return partOf(work, part) ? null : 'unknown-part';
};

/** A plan reaches the whole target before its last day and the whole money, and falls back in neither. */
function judgePlan(
  part: Part,
  { plan, latest }: PartWork,
  draft: DraftOf<'planned'>,
): RegisterRefusal | null {
  if (draft.body !== part.body) return 'other-body';
  // Whoever has begun to report is held to the plan that there was, unless a change was decided.
  if (plan && !plan.isStale && latest) return 'plan-fixed';
  const { months } = draft;
  const isRising = months.every(({ month, permille, fen }, i) => {
    const before = months[i - 1];
    return !before || (before.month < month && before.permille <= permille && before.fen <= fen);
  });
  if (!isRising) return 'plan-falls';
  const reached = months.find(({ permille }) => permille === 1000);
  if (!reached || reached.month > monthOf(part.finish)) return 'plan-late';
  return months.at(-1)?.fen === total(part.funding) ? null : 'plan-money';
}

function judgeReport(
  part: Part,
  its: PartWork,
  draft: DraftOf<'reported'>,
  day: string,
): RegisterRefusal | null {
  if (draft.body !== part.body) return 'other-body';
  if (!its.plan || its.plan.isStale) return 'not-planned';
  if (draft.month > monthOf(day)) return 'month-to-come';
  if (draft.month < (its.plan.months[0]?.month ?? '')) return 'month-before-plan';
  if (draft.paid > draft.appropriated) return 'paid-too-much';
  if (draft.appropriated > total(part.funding)) return 'more-than-promised';
  const before = lastBefore(its, draft.month);
  const isLess =
    before !== null &&
    (draft.done < before.done || draft.paid < before.paid || draft.appropriated < before.appropriated);
  if ((isLess || its.months.has(draft.month)) && draft.reason === null) return 'needs-reason';
  const isReached = draft.done >= part.target.thousandths;
  return isReached && draft.evidence.length === 0 ? 'done-needs-evidence' : null;
}

/** The report that holds of the last month before `month`. */
function lastBefore({ months, reports }: PartWork, month: string) {
  const earlier = [...months.keys()].filter((each) => each < month).sort();
  const seq = months.get(earlier.at(-1) ?? '');
  return (seq !== undefined && reports.get(seq)) || null;
}

/** A group speaks of what somebody else has reported: nobody confirms their own figure. */
function judgeVisit(
  work: Work,
  draft: DraftOf<'visited'>,
  person: string,
  day: string,
): RegisterRefusal | null {
  if (work.visits.has(draft.visit)) return 'visit-twice';
  const found = partOf(work, draft.part);
  if (!found) return 'unknown-part';
  if (draft.day > day) return 'day-to-come';
  if (!draft.figure) return null;
  const report = found.its.reports.get(draft.figure.report);
  if (!report) return 'unknown-report';
  if (report.by?.id === person) return 'own-figure';
  return draft.figure.verdict === 'disputed' && draft.figure.found === report.done ? 'same-figure' : null;
}

const FROM: Record<'suspended' | 'resumed' | 'ended' | 'changed', readonly Work['standing'][]> = {
  changed: ['running', 'suspended'],
  suspended: ['running'],
  resumed: ['suspended'],
  ended: ['running', 'suspended'],
};

function judgeChange(
  work: Work,
  { vocabulary, proposals }: WorkGround,
  { kind, sheet }: DraftOf<'change-asked'> | DraftOf<'change-decided'>,
): RegisterRefusal | null {
  if (!FROM[kind].includes(work.standing))
    return work.standing === 'ended' ? 'project-ended' : 'other-standing';
  if ((kind === 'changed') !== (sheet !== null)) return 'change-needs-sheet';
  if (!sheet) return null;
  if (gapsOf(sheet, vocabulary, proposals).length > 0) return 'incomplete';
  const isKept = work.parts.every((its, id) => !its.latest || sheet.parts.some((part) => part.id === id));
  return isKept ? null : 'part-reported';
}

function judgePublication(works: Works, draft: DraftOf<'published'>): RegisterRefusal | null {
  if (works.documents.has(draft.document)) return 'document-twice';
  if (draft.project !== null && !works.projects.has(draft.project)) return 'unknown-project';
  const same = works.documents.filter(
    (one) =>
      one.kind === draft.kind &&
      one.period === draft.period &&
      one.project === draft.project &&
      one.cycle === draft.cycle,
  );
  const holds = same.find((one) => !same.some(({ replaces }) => replaces === one.document));
  return (holds?.document ?? null) === draft.replaces ? null : 'published-already';
}
