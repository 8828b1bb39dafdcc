import type {
  SelectionMotion,
  SelectionOutcome,
  SelectionTally,
} from '../../../../shared/kinds/selection.ts';
import { STANDINGS, TERMS } from '../../../../shared/terms.ts';
import { bilingual, table } from '../html.ts';
import { both, type ReportKind, titleOf, verdict } from './report-kind.ts';

const selected = ({ order }: SelectionOutcome) => order.filter(({ standing }) => standing === 'selected');

const WORDS = {
  zh: {
    selected: (names: string) => `${STANDINGS.selected.zh}：${names}`,
    runoff: (n: number) => `末位同票，待${TERMS.runoff.zh} ${n} 个名额`,
    open: (n: number) => `空缺 ${n} 个名额`,
  },
  en: {
    selected: (names: string) => `${STANDINGS.selected.en}: ${names}`,
    runoff: (n: number) => `tied at the last place: a runoff for ${n}`,
    open: (n: number) => `${n} places left open`,
  },
} as const;

function verdictHtml({ places }: SelectionMotion, outcome: SelectionOutcome): string {
  const { runoffPlaces, openPlaces } = outcome;
  const n = selected(outcome).length;
  const zh = [`应选 ${places}，入选 ${n}`];
  const en = [`${n} of ${places} places filled`];
  if (runoffPlaces > 0) {
    zh.push(`末位同票，再次投票 ${runoffPlaces} 个名额`);
    en.push(`a runoff for ${runoffPlaces}`);
  }
  if (openPlaces > 0) {
    zh.push(`空缺 ${openPlaces}`);
    en.push(`${openPlaces} left open`);
  }
  return verdict(zh.join('；'), en.join('; '));
}

export const selection: ReportKind<SelectionMotion, SelectionTally, SelectionOutcome> = {
  html: ({ motion, outcome, result }, heads, figures) => {
    const rows = outcome.order.map(({ id, votes, rank, standing }) => [
      rank,
      titleOf(motion, id),
      votes,
      standing === 'selected' ? `✓ ${both(STANDINGS[standing])}` : both(STANDINGS[standing]),
    ]);
    const { needed } = outcome;
    const rule =
      needed === null
        ? both(TERMS.moreVotesWin)
        : `入选至少需 ${needed} 票（基数 ${result.basisCount}） at least ${needed} votes of ${result.basisCount} needed`;
    const columns = [TERMS.rank, TERMS.candidate, TERMS.votes, TERMS.outcome].map(bilingual);
    return `${table(heads, [figures])}${table(columns, rows)}<p class="note">${rule}</p>${verdictHtml(motion, outcome)}`;
  },

  lines: ({ motion, outcome }, language) => {
    const words = WORDS[language];
    const names = selected(outcome).map(({ id, votes }) => `${titleOf(motion, id, language)} ${votes}`);
    return [
      words.selected(names.join(', ') || '—'),
      ...(outcome.runoffPlaces > 0 ? [words.runoff(outcome.runoffPlaces)] : []),
      ...(outcome.openPlaces > 0 ? [words.open(outcome.openPlaces)] : []),
    ];
  },
};
