import type { AppraisalOutcome, AppraisalTally } from '../../shared/kinds/appraisal.ts';
import type { Item } from '../../shared/kinds/common.ts';
import type { Motion } from '../../shared/kinds/kinds.ts';
import type { SelectionOutcome, Standing } from '../../shared/kinds/selection.ts';
import type { Result } from '../../shared/result.ts';
import { percent } from '../views/rule-words.ts';
import { bilingual, escapeHtml, table } from './html.ts';

const STANDINGS: Record<Standing, string> = {
  selected: '✓ 入选 selected',
  tied: '末位同票 tied at the last place',
  outvoted: '未入选 outvoted',
  'below-threshold': '未达通过线 below threshold',
};

const titleOf = (items: readonly Item[], id: string): string =>
  items.find((item) => item.id === id)?.title.zh ?? id;

const verdict = (zh: string, en: string): string =>
  `<p class="verdict">${escapeHtml(zh)} <small>${escapeHtml(en)}</small></p>`;

/** The figures of one round and what the rule makes of them. */
export function resultHtml(motion: Motion, result: Result): string {
  const { roll, present, cast, notPressed, tally, outcome } = result;
  const heads = [
    bilingual('应到', 'roll'),
    bilingual('实到', 'present'),
    bilingual('已表决', 'cast'),
    bilingual('未按键', 'not pressed'),
  ];
  const figures = [roll, present, cast, notPressed];
  if (tally.kind === 'decision' && outcome.kind === 'decision')
    return `${table(
      [
        ...heads,
        bilingual('赞成', 'for'),
        bilingual('反对', 'against'),
        bilingual('弃权', 'abstain'),
        bilingual('计算基数', 'basis'),
        bilingual('通过需', 'needed'),
      ],
      [[...figures, tally.for, tally.against, tally.abstain, result.basisCount, outcome.needed]],
    )}${outcome.passed ? verdict('通过', 'Passed') : verdict('未通过', 'Not passed')}`;
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
    STANDINGS[standing],
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
      ? '得票多者入选 more votes win'
      : `入选至少需 ${needed} 票（基数 ${basis}） at least ${needed} votes of ${basis} needed`;
  return `${table(
    [
      bilingual('名次', 'rank'),
      bilingual('候选项', 'candidate'),
      bilingual('票数', 'votes'),
      bilingual('结果', 'outcome'),
    ],
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
      count?.satisfied ?? 0,
      count?.basic ?? 0,
      count?.dissatisfied ?? 0,
      count?.['dont-know'] ?? 0,
      basis,
      needed,
      percent(approval, basis),
      passed ? '✓ 满意 satisfied' : '不满意，须整改 to be put right',
    ];
  });
  const passed = outcome.items.filter((item) => item.passed).length;
  return `${table(
    [
      bilingual('项目', 'item'),
      bilingual('满意', 'satisfied'),
      bilingual('基本满意', 'basically'),
      bilingual('不满意', 'dissatisfied'),
      bilingual('不了解', 'don’t know'),
      bilingual('基数', 'basis'),
      bilingual('需', 'needed'),
      bilingual('满意率', 'approval'),
      bilingual('结论', 'outcome'),
    ],
    rows,
  )}${verdict(`${outcome.items.length} 项中 ${passed} 项达到满意`, `${passed} of ${outcome.items.length} items satisfied`)}`;
}
