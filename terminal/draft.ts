import type { Lamp } from '../hardware/capabilities.ts';
import type { AppraisalMotion, Grade } from '../shared/kinds/appraisal.ts';
import type { DecisionMotion } from '../shared/kinds/decision.ts';
import type { Choice, Motion } from '../shared/kinds/kinds.ts';
import type { Option } from '../shared/kinds/options.ts';
import type { SelectionMotion } from '../shared/kinds/selection.ts';

/**
 * A ballot in a deputy's hands: what has been chosen and which page is shown. It holds the motion it was
 * begun on, so that nothing that arrives later can rebuild it.
 */
export type Draft = DecisionDraft | SelectionDraft | AppraisalDraft;

export interface DecisionDraft {
  readonly kind: 'decision';
  readonly motion: DecisionMotion;
  readonly option: Option | null;
}

/** One item at a time, then a page that sums up; `since` is when that page came up. */
export type Page = { readonly is: 'item' } | { readonly is: 'review'; readonly since: number };

export interface SelectionDraft {
  readonly kind: 'selection';
  readonly motion: SelectionMotion;
  readonly page: Page;
  readonly at: number;
  readonly chosen: readonly string[];
  /** One more than the places was just asked for. */
  readonly full: boolean;
}

export interface AppraisalDraft {
  readonly kind: 'appraisal';
  readonly motion: AppraisalMotion;
  readonly page: Page;
  readonly at: number;
  readonly grades: ReadonlyMap<string, Grade>;
}

/** What a key does when it is pressed now. */
export type Meaning =
  | { readonly act: 'choose'; readonly option: Option }
  | { readonly act: 'pick'; readonly pick: boolean }
  | { readonly act: 'grade'; readonly grade: Grade }
  | { readonly act: 'confirm' | 'next' | 'previous' | 'finish' | 'submit' | 'back' | 'again' }
  /** Of a sealed ballot. */
  | { readonly act: 'cast' | 'discard' | 'audit' | 'open' };

/** The meaning of keys 1 to 5; null for a dead key. */
export type Legend = readonly [
  Meaning | null,
  Meaning | null,
  Meaning | null,
  Meaning | null,
  Meaning | null,
];

export const DEAD: Legend = [null, null, null, null, null];

/** The review page's submit key wakes up only after this: the same key, pressed in a row, led there. */
export const REVIEW_PAUSE_MS = 500;

/** What a press comes to: a changed draft, or the choice that was cast. */
export type Pressed =
  | { readonly is: 'draft'; readonly draft: Draft }
  | { readonly is: 'cast'; readonly choice: Choice };

const ITEM: Page = { is: 'item' };

/** An empty ballot on `motion`. */
export function newDraft(motion: Motion): Draft {
  switch (motion.kind) {
    case 'decision':
      return { kind: 'decision', motion, option: null };
    case 'selection':
      return { kind: 'selection', motion, page: ITEM, at: 0, chosen: [], full: false };
    case 'appraisal':
      return { kind: 'appraisal', motion, page: ITEM, at: 0, grades: new Map() };
  }
}

/** Whether the deputy has chosen anything, or is about to submit. */
export function isTouched(draft: Draft): boolean {
  switch (draft.kind) {
    case 'decision':
      return draft.option !== null;
    case 'selection':
      return draft.chosen.length > 0 || draft.page.is === 'review';
    case 'appraisal':
      return draft.grades.size > 0 || draft.page.is === 'review';
  }
}

/** What each key does on `draft` at `now`: for, against and abstain always keep their places. */
export function draftLegend(draft: Draft, now: number): Legend {
  switch (draft.kind) {
    case 'decision': {
      const chosen = draft.option !== null;
      return [
        chosen ? { act: 'back' } : null,
        { act: 'choose', option: 'for' },
        { act: 'choose', option: 'against' },
        { act: 'choose', option: 'abstain' },
        chosen ? { act: 'confirm' } : null,
      ];
    }
    case 'selection':
      if (draft.page.is === 'review') return reviewLegend(draft.page.since, now);
      return [
        draft.at > 0 ? { act: 'previous' } : null,
        { act: 'pick', pick: true },
        { act: 'pick', pick: false },
        { act: 'next' },
        { act: 'finish' },
      ];
    case 'appraisal':
      if (draft.page.is === 'review') return reviewLegend(draft.page.since, now);
      return [
        draft.at > 0 ? { act: 'previous' } : null,
        { act: 'grade', grade: 'satisfied' },
        { act: 'grade', grade: 'dissatisfied' },
        { act: 'grade', grade: 'basic' },
        draft.motion.dontKnow ? { act: 'grade', grade: 'dont-know' } : { act: 'next' },
      ];
  }
}

function reviewLegend(since: number, now: number): Legend {
  return [{ act: 'back' }, null, null, null, now - since < REVIEW_PAUSE_MS ? null : { act: 'submit' }];
}

/** Whether the key with `meaning` shows what is chosen already. */
export function lampOf(draft: Draft | null, meaning: Meaning | null): Lamp {
  if (meaning === null) return 'off';
  return draft !== null && isChosen(draft, meaning) ? 'chosen' : 'valid';
}

function isChosen(draft: Draft, meaning: Meaning): boolean {
  switch (draft.kind) {
    case 'decision':
      return meaning.act === 'choose' && meaning.option === draft.option;
    case 'selection': {
      const candidate = draft.motion.candidates[draft.at];
      return meaning.act === 'pick' && meaning.pick && !!candidate && draft.chosen.includes(candidate.id);
    }
    case 'appraisal': {
      const item = draft.motion.items[draft.at];
      return meaning.act === 'grade' && !!item && draft.grades.get(item.id) === meaning.grade;
    }
  }
}

/** The draft after a press that means `meaning`, or the choice it casts. A press that makes no sense is ignored. */
export function pressed(draft: Draft, meaning: Meaning, at: number): Pressed {
  switch (draft.kind) {
    case 'decision':
      return pressedDecision(draft, meaning);
    case 'selection':
      return pressedSelection(draft, meaning, at);
    case 'appraisal':
      return pressedAppraisal(draft, meaning, at);
  }
}

const keep = (draft: Draft): Pressed => ({ is: 'draft', draft });

function pressedDecision(draft: DecisionDraft, meaning: Meaning): Pressed {
  if (meaning.act === 'choose') return keep({ ...draft, option: meaning.option });
  if (meaning.act === 'back') return keep({ ...draft, option: null });
  if (meaning.act !== 'confirm' || draft.option === null) return keep(draft);
  return { is: 'cast', choice: { kind: 'decision', option: draft.option } };
}

/** The page after the one at `at`: the next item, or after the last the review. */
function onward(at: number, items: number, now: number): { at: number; page: Page } {
  return at + 1 < items ? { at: at + 1, page: ITEM } : { at, page: { is: 'review', since: now } };
}

function pressedSelection(draft: SelectionDraft, meaning: Meaning, now: number): Pressed {
  const { candidates, places } = draft.motion;
  const candidate = candidates[draft.at]?.id ?? '';
  const others = draft.chosen.filter((id) => id !== candidate);
  const next = { ...draft, full: false, ...onward(draft.at, candidates.length, now) };
  switch (meaning.act) {
    case 'pick':
      if (!meaning.pick) return keep({ ...next, chosen: others });
      if (others.length >= places) return keep({ ...draft, full: true });
      return keep({ ...next, chosen: [...others, candidate] });
    case 'next':
      return keep(next);
    case 'previous':
      return keep({ ...draft, full: false, at: Math.max(0, draft.at - 1) });
    case 'finish':
      return keep({ ...draft, full: false, page: { is: 'review', since: now } });
    case 'back':
      return keep({ ...draft, full: false, page: ITEM });
    case 'submit': {
      // In the motion's order: the order of the presses is nobody's business.
      const chosen = candidates.map((c) => c.id).filter((id) => draft.chosen.includes(id));
      return { is: 'cast', choice: { kind: 'selection', chosen } };
    }
    default:
      return keep(draft);
  }
}

function pressedAppraisal(draft: AppraisalDraft, meaning: Meaning, now: number): Pressed {
  const { items } = draft.motion;
  const item = items[draft.at]?.id ?? '';
  const next = { ...draft, ...onward(draft.at, items.length, now) };
  switch (meaning.act) {
    case 'grade':
      return keep({ ...next, grades: new Map([...draft.grades, [item, meaning.grade]]) });
    case 'next':
      return keep(next);
    case 'previous':
      return keep({ ...draft, at: Math.max(0, draft.at - 1) });
    case 'back':
      return keep({ ...draft, page: ITEM });
    case 'submit': {
      const grades = items.flatMap(({ id }) => {
        const grade = draft.grades.get(id);
        return grade ? [{ item: id, grade }] : [];
      });
      return { is: 'cast', choice: { kind: 'appraisal', grades } };
    }
    default:
      return keep(draft);
  }
}
