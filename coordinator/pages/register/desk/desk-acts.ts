import type { CycleDocument, ProposalDetail, ProposalRow } from '../../../contract/register/documents.ts';
import { type Outcome, QUESTIONS } from '../../../register/model/entries.ts';
import type { RegisterDoing } from '../parts/register-api.ts';

/** What is asked before something is done with these proposals. `detail`: the one that is open, where it is only that. */
export interface DeskAsk {
  readonly is: 'clear' | 'classify' | 'opine' | 'merge' | 'exclude' | 'not-adopt' | 'adopt';
  readonly rows: readonly ProposalRow[];
  readonly detail: ProposalDetail | null;
  readonly cycle: CycleDocument | null;
  /** Into which one somebody asked to merge. */
  readonly into: string;
}

/** An act, and of what it is said if it is refused. */
export interface Doing {
  readonly of: string;
  readonly act: RegisterDoing;
}

/** The same answer for each of them. */
export const draftFor = (rows: readonly Pick<ProposalRow, 'id'>[], outcome: Outcome | null): Doing[] =>
  rows.map(({ id }) => ({ of: id, act: { act: 'draft-decision', proposal: id, outcome } }));

/** What a project is that is drafted from proposals: their words, and all else still to be said. */
export interface NewProject {
  readonly title: string;
  readonly summary: string;
  readonly lead: string;
  readonly category: string;
  readonly content: string;
}

/** The first id of its year that is free: people read it aloud. */
export function freeProjectId(year: number, projects: readonly { readonly id: string }[]): string {
  const taken = new Set(projects.map(({ id }) => id));
  for (let n = 1; ; n += 1) {
    const id = `${year}-${String(n).padStart(2, '0')}`;
    if (!taken.has(id)) return id;
  }
}

/** Adopts them into a project that there is, which then names where it came from. */
export function adoptInto(
  rows: readonly Pick<ProposalRow, 'id'>[],
  project: CycleDocument['projects'][number],
  submitted: CycleDocument['submitted'],
): Doing[] {
  const { id, sheet, sheetHash, state } = project;
  const ids = rows.map((row) => row.id);
  const missing = ids.filter((each) => !sheet.from.includes(each));
  // A list that was handed in stays the list that was read.
  const mayChange = (state === 'draft' || state === 'candidate') && !submitted?.projects.includes(id);
  const named: Doing[] =
    mayChange && missing.length > 0
      ? [
          {
            of: id,
            act: {
              act: 'change-project',
              project: id,
              read: sheetHash,
              sheet: { ...sheet, from: [...sheet.from, ...missing] },
            },
          },
        ]
      : [];
  return [...named, ...draftFor(rows, { is: 'adopted', project: id })];
}

/** Drafts a project from them, and adopts them into it. */
export function adoptAnew(
  rows: readonly Pick<ProposalRow, 'id'>[],
  { cycle, id }: { readonly cycle: number; readonly id: string },
  { title, summary, lead, category, content }: NewProject,
): Doing[] {
  const from = rows.map((row) => row.id);
  const sheet = {
    title: { zh: title },
    summary: { zh: summary },
    ...{ category, lead, content, from },
    co: [],
    beneficiaries: '',
    parts: [],
  };
  return [
    { of: id, act: { act: 'draft-project', project: id, cycle, sheet } },
    ...draftFor(rows, { is: 'adopted', project: id }),
  ];
}

/** What a form asks for, as somebody filled it in. */
export function doingsOf({ is, rows, detail, cycle }: DeskAsk, field: (name: string) => string): Doing[] {
  const each = (act: (proposal: string) => Doing['act']): Doing[] =>
    rows.map(({ id }) => ({ of: id, act: act(id) }));
  switch (is) {
    case 'clear':
      return each((proposal) => ({
        act: 'clear-wording',
        proposal,
        title: field('title'),
        text: field('text'),
      }));
    case 'classify':
      return each((proposal) => ({
        act: 'classify',
        proposal,
        category: field('category'),
        area: field('area') || null,
      }));
    case 'opine':
      return QUESTIONS.flatMap((question) => {
        const answer = field(question);
        if (answer !== 'yes' && answer !== 'no' && answer !== 'unclear') return [];
        const opinion = { question, answer, reason: field(`${question}-reason`) } as const;
        return each((proposal) => ({ act: 'opine', proposal, opinion }));
      });
    case 'merge':
      return draftFor(rows, { is: 'merged', into: (field('number') || field('into')).toUpperCase() });
    case 'exclude':
      return draftFor(rows, { is: 'excluded', ground: field('ground'), reason: field('reason') });
    case 'not-adopt':
      return draftFor(rows, { is: 'not-adopted', reason: field('reason') });
    case 'adopt': {
      const found = cycle?.projects.find(({ id }) => id === field('project'));
      if (found) return adoptInto(rows, found, cycle?.submitted ?? null);
      const [first] = rows;
      if (!cycle || !first) return [];
      return adoptAnew(
        rows,
        { cycle: first.cycle, id: freeProjectId(first.cycle, cycle.projects) },
        {
          title: field('title'),
          summary: field('summary'),
          lead: field('lead'),
          category: field('category'),
          content: detail?.wording?.text ?? '',
        },
      );
    }
  }
}
