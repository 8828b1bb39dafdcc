import {
  type AppraisalMotion,
  type AppraisalOutcome,
  type AppraisalTally,
  GRADES,
} from '../../../../shared/kinds/appraisal.ts';
import { GRADE_TERMS, JUDGEMENTS, TERMS } from '../../../../shared/terms.ts';
import { percent } from '../../../contract/rule-words.ts';
import { bilingual, table } from '../html.ts';
import { both, type ReportKind, titleOf, verdict } from './report-kind.ts';

const accepted = ({ items }: AppraisalOutcome): number => items.filter(({ passed }) => passed).length;

const acceptedOf = {
  zh: (n: number, all: number) => `${all} 项中 ${n} 项${JUDGEMENTS.accepted.zh}`,
  en: (n: number, all: number) => `${n} of ${all} items ${JUDGEMENTS.accepted.en}`,
} as const;

export const appraisal: ReportKind<AppraisalMotion, AppraisalTally, AppraisalOutcome> = {
  html: ({ motion, tally, outcome }, heads, figures) => {
    const rows = outcome.items.map(({ id, approval, basis, needed, passed }) => {
      const counts = tally.items.find((item) => item.id === id);
      return [
        titleOf(motion, id),
        ...GRADES.map((grade) => counts?.[grade] ?? 0),
        basis,
        needed,
        percent(approval, basis),
        passed ? `✓ ${both(JUDGEMENTS.accepted)}` : both(JUDGEMENTS.rectify),
      ];
    });
    const columns = [
      TERMS.item,
      ...GRADES.map((grade) => GRADE_TERMS[grade]),
      TERMS.basis,
      TERMS.needed,
      TERMS.approval,
      TERMS.outcome,
    ].map(bilingual);
    const n = accepted(outcome);
    const all = outcome.items.length;
    return `${table(heads, [figures])}${table(columns, rows)}${verdict(acceptedOf.zh(n, all), acceptedOf.en(n, all))}`;
  },

  lines: ({ motion, outcome }, language) => [
    acceptedOf[language](accepted(outcome), outcome.items.length),
    ...outcome.items.map(
      ({ id, approval, basis, passed }) =>
        `  ${titleOf(motion, id, language)}  ${approval} / ${basis}  → ${JUDGEMENTS[passed ? 'accepted' : 'rectify'][language]}`,
    ),
  ],
};
