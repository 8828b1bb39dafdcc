import { Set as Collection, Map as Dictionary, OrderedMap, List as Sequence } from 'immutable';
import type { Part, Sheet } from '../../../../shared/projects/sheet.ts';
import {
  type CHANGES,
  type DocumentKind,
  type Graded,
  type HallAppraisal,
  type PlannedMonth,
  USUAL_RULES,
  type WorkRules,
} from './fields.ts';
import type { Grade } from './grades.ts';
import type { Member } from './work-entries.ts';

/** Who did something, as it stands in its entry; null: somebody without an account. */
export interface Doer {
  readonly id: string;
  readonly name: string;
}

/** Where a thing stands in the ledger: every figure leads to the entry it came from. */
export interface Entered {
  readonly seq: number;
  readonly at: number;
  readonly by: Doer | null;
}

export interface Plan extends Entered {
  readonly months: readonly PlannedMonth[];
  readonly safeguards: string;
  /** The part has changed since: another plan is due. */
  readonly isStale: boolean;
}

export interface Report extends Entered {
  readonly month: string;
  readonly done: number;
  readonly appropriated: number;
  readonly paid: number;
  readonly words: string;
  readonly evidence: readonly string[];
  readonly reason: string | null;
  readonly body: string;
}

export interface Visit extends Entered {
  readonly visit: string;
  readonly part: string;
  readonly day: string;
  readonly figure:
    | { readonly verdict: 'confirmed'; readonly report: number }
    | { readonly verdict: 'disputed'; readonly report: number; readonly found: number }
    | null;
  readonly words: string;
  readonly photos: readonly string[];
}

/** A figure with both values: disputed until the group confirms another, or it is settled. */
export interface Dispute {
  readonly report: number;
  readonly month: string;
  readonly reported: number;
  readonly found: number;
  readonly visit: string;
}

/** 项, as it is carried out. */
export interface PartWork {
  readonly plan: Plan | null;
  /** Every report there was, by the number of its entry, corrected ones too. */
  readonly reports: OrderedMap<number, Report>;
  /** Month → the report that holds. */
  readonly months: Dictionary<string, number>;
  readonly latest: Report | null;
  readonly dispute: Dispute | null;
  /** The last report that the group has confirmed. */
  readonly confirmed: number | null;
  /** The figure that was settled for a report, where group and department did not agree. */
  readonly settled:
    | (Entered & { readonly report: number; readonly done: number; readonly words: string })
    | null;
  readonly reminders: Sequence<Entered & { readonly month: string }>;
}

export interface Finding extends Entered {
  readonly finding: string;
  readonly part: string | null;
  readonly words: string;
  readonly due: string;
  readonly photos: readonly string[];
  readonly voice: string | null;
  readonly answers: Sequence<Entered & { readonly words: string; readonly evidence: readonly string[] }>;
  readonly returns: Sequence<Entered & { readonly words: string; readonly due: string }>;
  /** `answered`: the group has not looked at it yet. */
  readonly state: 'open' | 'answered' | 'closed';
  readonly closed: (Entered & { readonly words: string }) | null;
}

type ChangeKind = (typeof CHANGES)[number];
export interface ChangeRequest extends Entered {
  readonly request: string;
  readonly kind: ChangeKind;
  readonly sheet: Sheet | null;
  readonly reason: string;
  readonly documents: readonly string[];
  /** Null while nobody has decided. */
  readonly answer: { readonly is: 'decided' | 'refused'; readonly words: string; readonly at: number } | null;
}

export interface Change extends Entered {
  readonly kind: ChangeKind;
  readonly before: Sheet;
  readonly after: Sheet;
  readonly reason: string;
  readonly decision: string;
  readonly document: string;
}

export interface Appraisal extends Entered {
  readonly how: 'bundle' | 'paper';
  readonly appraisers: 'congress' | 'standing-committee';
  readonly counts: Graded;
  readonly roll: number;
  readonly cast: number;
  readonly grade: Grade;
  /** The bundle's manifest, or the signed sheet. */
  readonly proof: string;
}

export interface Rectification {
  readonly why: 'dissatisfied' | 'ordered';
  readonly since: number;
  readonly ordered: readonly (Entered & { readonly words: string; readonly due: string })[];
  readonly explanations: readonly (Entered & {
    readonly kind: 'explanation' | 'rectification';
    readonly words: string;
    readonly evidence: readonly string[];
  })[];
  readonly closed: {
    readonly how: 'appraised-again' | 'accepted';
    readonly at: number;
    readonly words: string;
  } | null;
}

export interface LookBack extends Entered {
  readonly lookBack: string;
  readonly day: string;
  readonly works: 'yes' | 'partly' | 'no';
  readonly users: string;
  readonly words: string;
  readonly photos: readonly string[];
}

/** 件, from the vote on. */
export interface Work {
  readonly id: string;
  readonly cycle: number;
  /** When it was chosen. */
  readonly since: number;
  /** What was promised at the vote; never changes. */
  readonly promised: Sheet;
  /** What holds now, after the changes that were decided. */
  readonly sheet: Sheet;
  readonly standing: 'running' | 'suspended' | 'ended';
  readonly parts: OrderedMap<string, PartWork>;
  readonly group: (Entered & { readonly committee: string; readonly members: readonly Member[] }) | null;
  readonly visits: OrderedMap<string, Visit>;
  readonly findings: OrderedMap<string, Finding>;
  readonly requests: OrderedMap<string, ChangeRequest>;
  readonly changes: Sequence<Change>;
  readonly appraisals: Sequence<Appraisal>;
  readonly rectifications: Sequence<Rectification>;
  readonly lookBacks: OrderedMap<string, LookBack>;
  /** The project of another register of which this is a share. */
  readonly shareOf: { readonly register: string; readonly project: string } | null;
}

export interface Inspection extends Entered {
  readonly event: string;
  readonly kind: 'inquiry' | 'inspection' | 'hearing';
  readonly projects: readonly string[];
  readonly day: string;
  readonly title: string;
  readonly words: string;
  readonly documents: readonly string[];
}

export interface PublishedDocument extends Entered {
  readonly document: string;
  readonly kind: DocumentKind;
  readonly cycle: number;
  readonly period: string;
  readonly project: string | null;
  readonly title: string;
  readonly text: string;
  readonly pdf: string;
  readonly replaces: string | null;
}

export interface Voice {
  readonly voice: string;
  readonly project: string;
  readonly part: string;
  readonly kind: 'comment' | 'objection';
  readonly at: number;
  /** A salted hash; what it stands for is beside the chain. */
  readonly words: string;
  readonly attachments: readonly string[];
  /** Null until somebody has read that it holds no personal data. */
  readonly text: string | null;
  readonly answers: readonly (Entered & { readonly words: string })[];
  readonly erased: boolean;
}

/** The second half of a register: a fold over its public entries, the same for the register, a parent, and a verifier. */
export interface Works {
  readonly rules: WorkRules;
  readonly projects: OrderedMap<string, Work>;
  readonly inspections: OrderedMap<string, Inspection>;
  readonly documents: OrderedMap<string, PublishedDocument>;
  readonly voices: OrderedMap<string, Voice>;
  /** Manifests of bundles that graded something: none counts twice. */
  readonly bundles: Collection<string>;
  /** Every hall's appraisal that was entered, by the number of its entry. */
  readonly appraisals: OrderedMap<number, HallAppraisal>;
}

export const emptyWorks = (): Works => ({
  rules: USUAL_RULES,
  projects: OrderedMap(),
  inspections: OrderedMap(),
  documents: OrderedMap(),
  voices: OrderedMap(),
  bundles: Collection(),
  appraisals: OrderedMap(),
});

export const emptyPart = (): PartWork => ({
  plan: null,
  reports: OrderedMap(),
  months: Dictionary(),
  latest: null,
  dispute: null,
  confirmed: null,
  settled: null,
  reminders: Sequence(),
});

/** A project at the moment in which it was chosen. */
export const chosenWork = (id: string, cycle: number, sheet: Sheet, since: number): Work => ({
  ...{ id, cycle, since, sheet },
  promised: sheet,
  standing: 'running',
  parts: OrderedMap(sheet.parts.map((part) => [part.id, emptyPart()])),
  group: null,
  visits: OrderedMap(),
  findings: OrderedMap(),
  requests: OrderedMap(),
  changes: Sequence(),
  appraisals: Sequence(),
  rectifications: Sequence(),
  lookBacks: OrderedMap(),
  shareOf: null,
});

/** A part of a project's sheet with its work; null where it has none such. */
export function partOf(work: Work, id: string): { readonly part: Part; readonly its: PartWork } | null {
  const part = work.sheet.parts.find((one) => one.id === id);
  const its = work.parts.get(id);
  return part && its ? { part, its } : null;
}

/** The rectification that is open; null where none is. */
export const openRectification = ({ rectifications }: Work): Rectification | null => {
  const last = rectifications.last();
  return last && !last.closed ? last : null;
};
