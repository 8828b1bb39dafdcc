import type { DecisionMotion, DecisionOutcome, DecisionTally } from '../../../../shared/kinds/decision.ts';
import { OPTIONS } from '../../../../shared/kinds/options.ts';
import { OPTION_TERMS, TERMS, VERDICTS } from '../../../../shared/terms.ts';
import { bilingual, table } from '../html.ts';
import { type ReportKind, verdictOf } from './report-kind.ts';

const verdictTerm = ({ passed }: DecisionOutcome) => VERDICTS[passed ? 'passed' : 'rejected'];

export const decision: ReportKind<DecisionMotion, DecisionTally, DecisionOutcome> = {
  html: ({ tally, outcome, result }, heads, figures) =>
    `${table(
      [
        ...heads,
        ...OPTIONS.map((option) => bilingual(OPTION_TERMS[option])),
        bilingual(TERMS.basis),
        bilingual(TERMS.needed),
      ],
      [[...figures, ...OPTIONS.map((option) => tally[option]), result.basisCount, outcome.needed]],
    )}${verdictOf(verdictTerm(outcome))}`,

  lines: ({ tally, outcome, result }, language) => {
    const options = OPTIONS.map((option) => `${OPTION_TERMS[option][language]} ${tally[option]}`);
    const counts = [...options, `${TERMS.notPressed[language]} ${result.notPressed}`].join('  ');
    return [`${counts}  → ${verdictTerm(outcome)[language]}`];
  },
};
