import type { Item, Motion } from '../../shared/motion.ts';
import type { Result, Standing } from '../../shared/result.ts';
import { percent } from '../views/rule-words.ts';
import { escapeHtml } from './html.ts';

type Cell = string | number;

function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const cell = (tag: 'th' | 'td', value: Cell, numeric: boolean) =>
    `<${tag}${numeric ? ' class="n"' : ''}>${typeof value === 'number' ? value : escapeHtml(value)}</${tag}>`;
  const numeric = (column: number) =>
    rows.every((row) => typeof row[column] === 'number' || /%$|^—$/.test(String(row[column])));
  const line = (tag: 'th' | 'td', cells: readonly Cell[]) =>
    `<tr>${cells.map((value, column) => cell(tag, value, rows.length > 0 && numeric(column))).join('')}</tr>`;
  return `<table>${line('th', head)}${rows.map((row) => line('td', row)).join('')}</table>`;
}

const STANDINGS: Record<Standing, string> = {
  selected: '✓ 入选 selected',
  tied: '末位同票 tied',
  outvoted: '未入选 not selected',
  'below-threshold': '未达通过线 below threshold',
};

const titleOf = (items: readonly Item[], id: string): string =>
  items.find((item) => item.id === id)?.title.zh ?? id;

function turnout({ roll, present, cast, notPressed }: Result): string {
  return table(
    ['应到 roll', '实到 present', '已表决 cast', '未按键 not pressed'],
    [[roll, present, cast, notPressed]],
  );
}

/** The figures of one round and what the rule makes of them. */
export function resultTable(motion: Motion, result: Result): string {
  return turnout(result) + outcomeTable(motion, result);
}

function outcomeTable(motion: Motion, { tally, outcome, basisCount }: Result): string {
  if (tally.kind === 'decision' && outcome.kind === 'decision')
    return `${table(
      ['赞成 for', '反对 against', '弃权 abstain', '基数 basis', '通过需 needed'],
      [[tally.for, tally.against, tally.abstain, basisCount, outcome.needed]],
    )}<p class="verdict">${outcome.passed ? '通过 Passed' : '未通过 Not passed'}</p>`;
  if (outcome.kind === 'selection' && motion.kind === 'selection') {
    const rows = outcome.order.map(({ id, votes, rank, standing }) => [
      rank,
      titleOf(motion.candidates, id),
      votes,
      STANDINGS[standing],
    ]);
    const selected = outcome.order.filter(({ standing }) => standing === 'selected').length;
    const open =
      outcome.runoffPlaces > 0 ? `；同票待再次投票 ${outcome.runoffPlaces} to be decided by a runoff` : '';
    const left = outcome.openPlaces > 0 ? `；空缺 ${outcome.openPlaces} places left open` : '';
    const need =
      outcome.needed === null ? '' : `；入选需 needed ${outcome.needed}（基数 basis ${basisCount}）`;
    return `${table(['名次 rank', '项目 candidate', '票数 votes', '结果 outcome'], rows)}<p class="verdict">入选 ${selected} selected（应选 places ${motion.places}）${open}${left}${need}</p>`;
  }
  if (tally.kind === 'appraisal' && outcome.kind === 'appraisal' && motion.kind === 'appraisal') {
    const rows = outcome.items.map(({ id, approval, basis, passed }) => {
      const counts = tally.items.find((item) => item.id === id);
      return [
        titleOf(motion.items, id),
        counts?.satisfied ?? 0,
        counts?.basic ?? 0,
        counts?.dissatisfied ?? 0,
        counts?.['dont-know'] ?? 0,
        percent(approval, basis),
        passed ? '通过 accepted' : '不满意·需整改 to be put right',
      ];
    });
    return table(
      ['项目 item', '满意', '基本满意', '不满意', '不了解', '满意率 approval', '结论 outcome'],
      rows,
    );
  }
  return '';
}
