import { total } from '../../../../shared/projects/money.ts';
import type { Part } from '../../../../shared/projects/sheet.ts';
import type { PlannedMonth } from './fields.ts';
import type { Dispute, PartWork, Report, Work } from './works.ts';

/** What is known of a part's quantity. All quantities in thousandths of its unit. */
export interface Figure {
  /** What counts: of two that are disputed the smaller, so that nothing counts as done on which both do not agree. */
  readonly done: number;
  readonly reported: number;
  /** What the group has found instead, while the figure is disputed; else null. */
  readonly found: number | null;
  readonly is: 'none' | 'reported' | 'confirmed' | 'disputed' | 'settled';
  /** The last month that was reported, and the entry that says so; null where none was. */
  readonly month: string | null;
  readonly seq: number | null;
}

/** What a figure is made of: of a part as it stands, or as it would with another report. */
export interface FigureGround {
  readonly latest: Pick<Report, 'done' | 'month' | 'seq'> | null;
  readonly dispute: Pick<Dispute, 'found'> | null;
  readonly settled: Pick<NonNullable<PartWork['settled']>, 'report' | 'done'> | null;
  readonly confirmed: number | null;
}

/** What is known of a part's quantity. */
export function figureOf({ latest, dispute, settled, confirmed }: FigureGround): Figure {
  if (!latest) return { done: 0, reported: 0, found: null, is: 'none', month: null, seq: null };
  const { done: reported, month, seq } = latest;
  const known = { reported, month, seq };
  if (dispute)
    return { ...known, done: Math.min(reported, dispute.found), found: dispute.found, is: 'disputed' };
  if (settled?.report === seq) return { ...known, done: settled.done, found: null, is: 'settled' };
  return { ...known, done: reported, found: null, is: confirmed === seq ? 'confirmed' : 'reported' };
}

/** How much of a target is done, in ‰ of it, at most 1000: quantity done ÷ target, rounded down. */
export const permilleOf = (part: Pick<Part, 'target'>, done: number): number =>
  Math.min(1000, Math.floor((done * 1000) / part.target.thousandths));

/** Whether the whole target is reached, by the figure that counts. */
export const isDone = (part: Pick<Part, 'target'>, its: FigureGround): boolean =>
  figureOf(its).done >= part.target.thousandths;

/** Something with a plan. */
export interface Planned {
  readonly plan: { readonly months: readonly PlannedMonth[] } | null;
}

/** What the plan wants of the target by the end of `month`, in ‰; null where there is no plan. */
export function plannedPermille({ plan }: Planned, month: string): number | null {
  if (!plan) return null;
  return plan.months.findLast((each) => each.month <= month)?.permille ?? 0;
}

/** The money that the plan wants by the end of `month`, in fen; null where there is no plan. */
export function plannedFen({ plan }: Planned, month: string): number | null {
  if (!plan) return null;
  return plan.months.findLast((each) => each.month <= month)?.fen ?? 0;
}

export interface Progress {
  /** ‰, rounded down. */
  readonly permille: number;
  /** Whether parts are weighted by their money, or all alike, since there is none: which it was is shown. */
  readonly weights: 'money' | 'equal';
}

/** Progress of a project: its parts weighted by planned money; all alike where there is none. */
export function progressOf({ sheet, parts }: Pick<Work, 'sheet' | 'parts'>): Progress {
  const each = sheet.parts.map((part) => {
    const its = parts.get(part.id);
    return { permille: its ? permilleOf(part, figureOf(its).done) : 0, fen: total(part.funding) };
  });
  const weights = each.some(({ fen }) => fen > 0) ? 'money' : 'equal';
  return { permille: weighted(each, weights), weights };
}

/** The mean in whole ‰, rounded down. Fen times ‰ can pass what a double holds: it is counted in whole numbers of any length. */
export function weighted(
  each: readonly { readonly permille: number; readonly fen: number }[],
  weights: Progress['weights'],
): number {
  let [sum, whole] = [0n, 0n];
  for (const { permille, fen } of each) {
    const weight = weights === 'money' ? BigInt(fen) : 1n;
    sum += BigInt(permille) * weight;
    whole += weight;
  }
  return whole === 0n ? 0 : Number(sum / whole);
}
