import { stringify } from 'yaml';
import type { List } from '../../../shared/projects/list.ts';
import { listFileName } from '../../../shared/projects/list-file.ts';
import type { WorkRules } from '../model/work/fields.ts';

/**
 * The vote on this list: one selection (差额票决), secret, its candidates as people read them. The list's file, which it names,
 * must lie beside the agenda: the hall compares both, and its ballots carry the list's hash.
 */
export function motionOf(list: List) {
  const { cycle, places, projects } = list;
  return {
    id: `projects-${cycle}`,
    kind: 'selection',
    title: {
      zh: `${cycle}年度民生实事项目票决`,
      en: `Vote on the livelihood projects of ${cycle}`,
    },
    voting: 'secret',
    places,
    list: listFileName(list),
    candidates: projects.map(({ id, sheet: { title, summary } }) => ({ id, title, note: summary })),
  };
}

/** Who grades, and which projects of a list by which rule. */
export interface AppraisalOrder {
  readonly by: 'congress' | 'standing-committee';
  readonly projects: readonly string[];
  readonly rules: Pick<WorkRules, 'acceptable' | 'basis'>;
}

const WHO = { congress: '', 'standing-committee': '-committee' } as const;

/** The id of the motion says who grades: the register reads it there again (`appraisersOf`). */
const appraisalId = (cycle: number, by: AppraisalOrder['by']): string => `appraisal-${cycle}${WHO[by]}`;

/** Who grades in a motion of that id; null where it is no appraisal of that cycle. */
export function appraisersOf(motion: string, cycle: number): AppraisalOrder['by'] | null {
  const all = ['congress', 'standing-committee'] as const;
  return all.find((by) => appraisalId(cycle, by) === motion) ?? null;
}

/** 满意度测评 of projects of this list, secret: each is graded for itself. */
export function appraisalOf(list: List, { by, projects, rules }: AppraisalOrder) {
  const { kind, num, den } = rules.acceptable;
  return {
    id: appraisalId(list.cycle, by),
    kind: 'appraisal',
    title: {
      zh: `${list.cycle}年度民生实事项目满意度测评`,
      en: `Appraisal of the livelihood projects of ${list.cycle}`,
    },
    voting: 'secret',
    basis: rules.basis,
    threshold: { kind, num, den },
    dontKnow: true,
    list: listFileName(list),
    items: list.projects.flatMap(({ id, sheet: { title, summary } }) =>
      projects.includes(id) ? [{ id, title, note: summary }] : [],
    ),
  };
}

export type HallMotion = ReturnType<typeof motionOf> | ReturnType<typeof appraisalOf>;

/** An agenda with nothing else on it. */
export const agendaOf = (motion: HallMotion): string => stringify({ motions: [motion] }, { lineWidth: 0 });
