import { type AppraisalOutcome, type AppraisalTally, GRADES } from '../../shared/kinds/appraisal.ts';
import type { Item } from '../../shared/kinds/common.ts';
import type { Motion } from '../../shared/kinds/kinds.ts';
import { OPTIONS } from '../../shared/kinds/options.ts';
import type { SelectionOutcome } from '../../shared/kinds/selection.ts';
import type { Result } from '../../shared/result.ts';
import {
  ATTENDANCE,
  GRADE_TERMS,
  headed,
  JUDGEMENTS,
  OPTION_TERMS,
  STANDINGS,
  TERMS,
  type Term,
  VERDICTS,
} from '../../shared/terms.ts';
import { percent } from '../views/rule-words.ts';
import { bilingual, escapeHtml, table } from './html.ts';

const titleOf = (items: readonly Item[], id: string): string =>
  items.find((item) => item.id === id)?.title.zh ?? id;

const verdict = (zh: string, en: string): string =>
  `<p class="verdict">${escapeHtml(zh)} <small>${escapeHtml(en)}</small></p>`;

const verdictOf = ({ zh, en }: Term): string => verdict(zh, headed(en));
const both = ({ zh, en }: Term): string => `${zh} ${en}`;

/** The figures of one round and what the rule makes of them. */
export function resultHtml(motion: Motion, result: Result): string {
  const { roll, present, cast, notPressed, tally, outcome } = result;
  const heads = [
    bilingual(ATTENDANCE.roll),
    bilingual(ATTENDANCE.present),
    bilingual(TERMS.cast),
    bilingual(TERMS.notPressed),
  ];
  const figures = [roll, present, cast, notPressed];
  if (tally.kind === 'decision' && outcome.kind === 'decision')
    return `${table(
      [
        ...heads,
        ...OPTIONS.map((option) => bilingual(OPTION_TERMS[option])),
        bilingual(TERMS.basis),
        bilingual(TERMS.needed),
      ],
      [[...figures, ...OPTIONS.map((option) => tally[option]), result.basisCount, outcome.needed]],
    )}${verdictOf(VERDICTS[outcome.passed ? 'passed' : 'rejected'])}`;
  const turnout = table(heads, [figures]);
  if (outcome.kind === 'selection' && motion.kind === 'selection')
    return turnout + selectionHtml(motion.candidates, motion.places, outcome, result.basisCount);
  if (tally.kind === 'appraisal' && outcome.kind === 'appraisal' && motion.kind === 'appraisal')
    return turnout + appraisalHtml(motion.items, tally, outcome);
  return turnout;
}

function selectionHtml(
  candidates: readonly Item[],
  places: number,
  { order, needed, runoffPlaces, openPlaces }: SelectionOutcome,
  basis: number,
): string {
  const rows = order.map(({ id, votes, rank, standing }) => [
    rank,
    titleOf(candidates, id),
    votes,
    standing === 'selected' ? `✓ ${both(STANDINGS[standing])}` : both(STANDINGS[standing]),
  ]);
  const selected = order.filter(({ standing }) => standing === 'selected').length;
  const zh = [`应选 ${places}，入选 ${selected}`];
  const en = [`${selected} of ${places} places filled`];
  if (runoffPlaces > 0) {
    zh.push(`末位同票，再次投票 ${runoffPlaces} 个名额`);
    en.push(`a runoff for ${runoffPlaces}`);
  }
  if (openPlaces > 0) {
    zh.push(`空缺 ${openPlaces}`);
    en.push(`${openPlaces} left open`);
  }
  const rule =
    needed === null
      ? both(TERMS.moreVotesWin)
      : `入选至少需 ${needed} 票（基数 ${basis}） at least ${needed} votes of ${basis} needed`;
  return `${table(
    [bilingual(TERMS.rank), bilingual(TERMS.candidate), bilingual(TERMS.votes), bilingual(TERMS.outcome)],
    rows,
  )}<p class="note">${rule}</p>${verdict(zh.join('；'), en.join('; '))}`;
}

function appraisalHtml(
  items: readonly Item[],
  { items: counts }: AppraisalTally,
  outcome: AppraisalOutcome,
): string {
  const rows = outcome.items.map(({ id, approval, basis, needed, passed }) => {
    const count = counts.find((item) => item.id === id);
    return [
      titleOf(items, id),
      ...GRADES.map((grade) => count?.[grade] ?? 0),
      basis,
      needed,
      percent(approval, basis),
      passed ? `✓ ${both(JUDGEMENTS.accepted)}` : both(JUDGEMENTS.rectify),
    ];
  });
  const passed = outcome.items.filter((item) => item.passed).length;
  return `${table(
    [
      bilingual(TERMS.item),
      ...GRADES.map((grade) => bilingual(GRADE_TERMS[grade])),
      bilingual(TERMS.basis),
      bilingual(TERMS.needed),
      bilingual(TERMS.approval),
      bilingual(TERMS.outcome),
    ],
    rows,
  )}${verdict(
    `${outcome.items.length} 项中 ${passed} 项${JUDGEMENTS.accepted.zh}`,
    `${passed} of ${outcome.items.length} items ${JUDGEMENTS.accepted.en}`,
  )}`;
}
