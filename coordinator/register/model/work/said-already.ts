import type { Graded } from './fields.ts';
import type { WorkAct } from './work-acts.ts';
import { type Entered, openRectification, type Works } from './works.ts';

type OfBody = Extract<WorkAct, { act: 'plan' | 'report' | 'answer-finding' | 'explain' }>;

/**
 * Whether `person` has said just this, and nothing has been said of it since: whoever heard no answer sends it once more,
 * and it is there.
 */
export function isSaidAlready(works: Works, act: OfBody, person: string | undefined): boolean {
  const last = lastSaid(works, act);
  return last !== null && last.entered.by?.id === person && same(last.said, saidIn(act));
}

/** What an act of a body says, without what it is said of. */
function saidIn(act: OfBody): object {
  switch (act.act) {
    case 'plan':
      return planSaid(act);
    case 'report':
      return reportSaid(act);
    case 'answer-finding':
      return answerSaid(act);
    case 'explain':
      return { kind: act.kind, ...answerSaid(act) };
  }
}

function lastSaid(works: Works, act: OfBody): { readonly entered: Entered; readonly said: object } | null {
  const work = works.projects.get(act.project);
  switch (act.act) {
    case 'plan': {
      const { plan = null, latest = null } = work?.parts.get(act.part) ?? {};
      return plan && !plan.isStale && !latest ? { entered: plan, said: planSaid(plan) } : null;
    }
    case 'report': {
      const its = work?.parts.get(act.part);
      const held = its?.reports.get(its.months.get(act.month) ?? -1);
      return held ? { entered: held, said: reportSaid(held) } : null;
    }
    case 'answer-finding': {
      const found = work?.findings.get(act.finding);
      const answer = found?.state === 'answered' ? found.answers.last() : undefined;
      return answer ? { entered: answer, said: answerSaid(answer) } : null;
    }
    case 'explain': {
      const open = work && openRectification(work);
      const explained = open?.explanations.at(-1);
      const isSince = explained && explained.at >= (open?.ordered.at(-1)?.at ?? 0);
      return isSince
        ? { entered: explained, said: { kind: explained.kind, ...answerSaid(explained) } }
        : null;
    }
  }
}

type PlanAct = Extract<OfBody, { act: 'plan' }>;
type ReportAct = Extract<OfBody, { act: 'report' }>;
type AnswerAct = Extract<OfBody, { act: 'answer-finding' }>;

const planSaid = ({ months, safeguards }: Pick<PlanAct, 'months' | 'safeguards'>) => ({
  months: months.map(({ month, permille, fen }) => ({ month, permille, fen })),
  safeguards,
});

const reportSaid = ({
  done,
  appropriated,
  paid,
  words,
  evidence,
  reason,
}: Pick<ReportAct, 'done' | 'appropriated' | 'paid' | 'words' | 'evidence' | 'reason'>) => ({
  ...{ done, appropriated, paid, words, reason },
  evidence: [...evidence],
});

const answerSaid = ({ words, evidence }: Pick<AnswerAct, 'words' | 'evidence'>) => ({
  words,
  evidence: [...evidence],
});

const same = (one: object, other: object): boolean => JSON.stringify(one) === JSON.stringify(other);

type Paper = Extract<WorkAct, { act: 'enter-paper-appraisal' }>['paper'];

/**
 * Whether just this is what each of its projects was graded last: the same signed sheet and the same counts, whoever enters
 * them. What was entered and went on waiting, since the program ended in between, is confirmed once more and is there.
 */
export const isGradedAlready = (works: Works, { by, roll, cast, items, sheet }: Paper): boolean =>
  items.every((item) => {
    const last = works.projects.get(item.project)?.appraisals.last();
    return (
      last?.how === 'paper' &&
      same(paperSaid(last.proof, last.appraisers, last), paperSaid(sheet, by, { roll, cast, counts: item }))
    );
  });

const paperSaid = (
  sheet: string,
  by: Paper['by'],
  { roll, cast, counts }: { readonly roll: number; readonly cast: number; readonly counts: Graded },
) => [
  ...[sheet, by, roll, cast, counts.project],
  ...[counts.satisfied, counts.basic, counts.dissatisfied, counts['dont-know']],
];
