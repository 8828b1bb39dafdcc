import {
  hasOwnRule,
  type ItemisedMotion,
  type ItemisedOutcome,
  type ItemisedTally,
} from '../../../../shared/kinds/itemised.ts';
import { OPTIONS } from '../../../../shared/kinds/options.ts';
import { OPTION_TERMS, TERMS, VERDICTS } from '../../../../shared/terms.ts';
import { ownRuleWords } from '../../../contract/rule-words.ts';
import { bilingual, table } from '../html.ts';
import { both, type ReportKind, titleOf, verdict } from './report-kind.ts';

const passedOf = ({ items }: ItemisedOutcome) => {
  const n = items.filter(({ passed }) => passed).length;
  return {
    zh: `${items.length} 项中 ${n} 项${VERDICTS.passed.zh}`,
    en: `${n} of ${items.length} items ${VERDICTS.passed.en}`,
  };
};
const verdictTerm = (passed: boolean) => VERDICTS[passed ? 'passed' : 'rejected'];

export const itemised: ReportKind<ItemisedMotion, ItemisedTally, ItemisedOutcome> = {
  html: ({ motion, tally, outcome }, heads, figures) => {
    // The motion's own rule stands above the table.
    const hasOwn = motion.items.some(hasOwnRule);
    const rows = outcome.items.map(({ id, notPressed, basis, needed, passed }) => {
      const counts = tally.items.find((item) => item.id === id);
      return [
        titleOf(motion, id),
        ...(hasOwn ? [ownRuleWords(motion, id, 'zh') ?? ''] : []),
        ...OPTIONS.map((option) => counts?.[option] ?? 0),
        notPressed,
        basis,
        needed,
        `${passed ? '✓' : '✕'} ${both(verdictTerm(passed))}`,
      ];
    });
    const columns = [
      TERMS.item,
      ...(hasOwn ? [TERMS.ownRule] : []),
      ...OPTIONS.map((option) => OPTION_TERMS[option]),
      TERMS.notPressed,
      TERMS.basis,
      TERMS.needed,
      TERMS.outcome,
    ].map(bilingual);
    const { zh, en } = passedOf(outcome);
    return `${table(heads, [figures])}${table(columns, rows)}${verdict(zh, en)}`;
  },

  lines: ({ motion, tally, outcome }, language) => [
    passedOf(outcome)[language],
    ...outcome.items.map(({ id, notPressed, passed }) => {
      const counts = tally.items.find((item) => item.id === id);
      const options = OPTIONS.map((option) => `${OPTION_TERMS[option][language]} ${counts?.[option] ?? 0}`);
      const figures = [...options, `${TERMS.notPressed[language]} ${notPressed}`].join('  ');
      const own = ownRuleWords(motion, id, language);
      const ruled = own && (language === 'zh' ? `（${own}）` : ` (${own})`);
      const title = `${titleOf(motion, id, language)}${ruled ?? ''}`;
      return `  ${title}  ${figures}  → ${verdictTerm(passed)[language]}`;
    }),
  ],
};
