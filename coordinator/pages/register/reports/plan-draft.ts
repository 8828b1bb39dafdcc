import { exactWan, fenOfWan, total } from '../../../../shared/projects/money.ts';
import { type Part, quantityText, thousandthsOf } from '../../../../shared/projects/sheet.ts';
import type { PlannedMonth } from '../../../register/model/work/fields.ts';
import { type PlanFault, planFaults } from '../../../register/model/work/judge-report.ts';
import { firstToPlan, monthOf, monthsBetween } from '../../../register/model/work/month.ts';
import { permilleOf } from '../../../register/model/work/progress.ts';

/** A month of a plan while it is typed: the share as per cent and as a quantity, whichever was typed last. */
export interface PlanLine {
  readonly month: string;
  readonly percent: string;
  readonly quantity: string;
  readonly wan: string;
}

/** A plan while it is typed. */
export interface PlanDraft {
  readonly lines: readonly PlanLine[];
  readonly safeguards: string;
}

/** What cannot stand so, in which month and beside which field. */
export interface PlanProblem {
  readonly at: number;
  readonly field: 'percent' | 'wan';
  readonly reason: PlanFault['reason'] | 'percent-unread' | 'wan-unread';
}

type Planned = Pick<Part, 'target' | 'finish' | 'funding'>;

const EMPTY = { percent: '', quantity: '', wan: '' };

/** The quantity that a share of the target is, as people write it. */
export const quantityOfShare = ({ target }: Pick<Part, 'target'>, permille: number): string =>
  quantityText(Math.ceil((target.thousandths * permille) / 1000));

const percentOf = (permille: number): string => String(permille / 10);

/** A share in ‰ of what is typed in %, with at most one place; null where it is none. */
export function permilleOfPercent(typed: string): number | null {
  const found = /^(\d{1,3})(?:\.(\d))?$/.exec(typed.trim().replace(/%$/, ''));
  const permille = found ? Number(`${found[1]}${found[2] ?? '0'}`) : 1001;
  return permille <= 1000 ? permille : null;
}

const lineOf = (part: Planned, { month, permille, fen }: PlannedMonth): PlanLine => ({
  month,
  percent: percentOf(permille),
  quantity: quantityOfShare(part, permille),
  wan: exactWan(fen),
});

/** A plan as it is begun: what holds so far, else every month from `day` on to the last one, with nothing in it. */
export function planDraft(
  part: Planned,
  plan: { readonly months: readonly PlannedMonth[]; readonly safeguards: string } | null,
  { cycle, day }: { readonly cycle: number; readonly day: string },
): PlanDraft {
  const known = new Map((plan?.months ?? []).map((one) => [one.month, lineOf(part, one)]));
  const first = plan?.months[0]?.month ?? firstToPlan(cycle, part, day);
  return {
    lines: monthsBetween(first, monthOf(part.finish)).map((month) => known.get(month) ?? { month, ...EMPTY }),
    safeguards: plan?.safeguards ?? '',
  };
}

/** The same beginning with another month; what was typed of the others stays. */
export function beginningWith(draft: PlanDraft, first: string): PlanDraft {
  const known = new Map(draft.lines.map((line) => [line.month, line]));
  const last = draft.lines.at(-1)?.month ?? first;
  return {
    ...draft,
    lines: monthsBetween(first, last).map((month) => known.get(month) ?? { month, ...EMPTY }),
  };
}

/** A line whose share was typed in %. */
export function withPercent(line: PlanLine, part: Planned, percent: string): PlanLine {
  const permille = permilleOfPercent(percent);
  return { ...line, percent, quantity: permille === null ? '' : quantityOfShare(part, permille) };
}

/** A line whose share was typed as a quantity; rounded down, as what is done of a target is. */
export function withQuantity(line: PlanLine, part: Planned, quantity: string): PlanLine {
  const done = /^0(\.0*)?$/.test(quantity.trim()) ? 0 : thousandthsOf(quantity);
  return {
    ...line,
    quantity,
    percent: done === null || done > part.target.thousandths ? '' : percentOf(permilleOf(part, done)),
  };
}

/** Money is spread in steps of a hundred yuan, so that no line ends in fen that nobody planned. */
const STEP_FEN = 10_000;

/** The same steps every month, to the whole target and the whole money. */
export function spreadEvenly(draft: PlanDraft, part: Planned): PlanDraft {
  const n = draft.lines.length;
  const fen = total(part.funding);
  return {
    ...draft,
    lines: draft.lines.map(({ month }, i) => {
      const isLast = i === n - 1;
      const share = Math.round((1000 * (i + 1)) / n);
      const money = isLast ? fen : Math.floor((fen * (i + 1)) / n / STEP_FEN) * STEP_FEN;
      return lineOf(part, { month, permille: share, fen: money });
    }),
  };
}

/** The plan that was typed; null where something in it cannot be read. */
export function monthsOf({ lines }: PlanDraft): PlannedMonth[] | null {
  const months = lines.flatMap(({ month, percent, wan }) => {
    const permille = permilleOfPercent(percent);
    const fen = fenOfWan(wan);
    return permille === null || fen === null ? [] : [{ month, permille, fen }];
  });
  return months.length === lines.length ? months : null;
}

/** Everything that the register would refuse in it. @param isTried empty fields are told only of what somebody wants to send. */
export function planProblems(draft: PlanDraft, part: Planned, isTried: boolean): readonly PlanProblem[] {
  const isUnread = (typed: string, value: number | null) =>
    value === null && (isTried || typed.trim() !== '');
  const unread = draft.lines.flatMap(({ percent, wan }, at): PlanProblem[] => [
    ...(isUnread(percent, permilleOfPercent(percent))
      ? [{ at, field: 'percent', reason: 'percent-unread' } as const]
      : []),
    ...(isUnread(wan, fenOfWan(wan)) ? [{ at, field: 'wan', reason: 'wan-unread' } as const] : []),
  ]);
  const months = monthsOf(draft);
  if (!months) return unread;
  return planFaults(part, months).map(({ reason, at }) => {
    const before = months[at - 1];
    const isMoney = reason === 'plan-money' || (reason === 'plan-falls' && isLess(months[at], before));
    return { at, reason, field: isMoney ? 'wan' : 'percent' };
  });
}

/** Whether it is the money alone that falls. */
const isLess = (one: PlannedMonth | undefined, before: PlannedMonth | undefined): boolean =>
  one !== undefined && before !== undefined && one.fen < before.fen && one.permille >= before.permille;
