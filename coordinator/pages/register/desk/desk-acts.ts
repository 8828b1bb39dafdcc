import type { CycleDocument, ProposalRow } from '../../../contract/register/documents.ts';
import type { Outcome } from '../../../register/model/entries.ts';
import type { RegisterDoing } from '../parts/register-api.ts';

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
  const { id, sheet, state } = project;
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
