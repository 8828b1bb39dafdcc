import type { DutiesDocument, DutyRow } from '../../contract/register/duties.ts';
import { type Duty, dutiesOf, inOrderOfDue } from '../model/work/duties.ts';
import { lightOf, lightOfPart } from '../model/work/light.ts';
import { figureOf, permilleOf, progressOf } from '../model/work/progress.ts';
import { stageOf } from '../model/work/stage.ts';
import { emptyPart, openRectification, type PartWork, type Work, type Works } from '../model/work/works.ts';

/** For whom: the body of a department; null: for all. `dayOf`: the day of a moment of ledger time. */
export interface DutiesAsked {
  readonly year: number;
  readonly body: string | null;
  readonly day: string;
  readonly dayOf: (time: number) => string;
}

const MOST_WORDS = 60;

/** What is owed, and what is carried out. */
export function dutiesDocument(works: Works, { year, body, day, dayOf }: DutiesAsked): DutiesDocument {
  const isTheirs = (id: string) => body === null || id === body;
  const all = [...works.projects.values()];
  const duties = all.flatMap((work) => dutiesOf(work, works.rules, day, dayOf));
  return {
    ...{ year, day, body },
    duties: inOrderOfDue(
      duties.filter((one) => isTheirs(one.body)),
      day,
    ).flatMap((duty) => {
      const work = works.projects.get(duty.project);
      return work ? [dutyRow(work, duty)] : [];
    }),
    works: all
      .filter(({ cycle }) => cycle === year)
      .filter(({ sheet }) => isTheirs(sheet.lead) || sheet.parts.some((part) => isTheirs(part.body)))
      .map((work) => workLine(work, works, day, isTheirs)),
  };
}

function dutyRow({ sheet, findings }: Work, { reminders, ...duty }: Duty): DutyRow {
  return {
    ...duty,
    title: sheet.title,
    partTitle: sheet.parts.find(({ id }) => id === duty.part)?.title ?? null,
    words: findings.get(duty.finding ?? '')?.words.slice(0, MOST_WORDS) ?? null,
    reminders: reminders.map(({ at, by }) => ({ at, by: by?.name ?? '' })),
  };
}

const planState = ({ plan }: PartWork) => {
  if (!plan) return 'none';
  return plan.isStale ? 'stale' : 'holds';
};

function workLine(
  work: Work,
  { rules }: Works,
  day: string,
  isTheirs: (body: string) => boolean,
): DutiesDocument['works'][number] {
  const { id, sheet, parts, standing } = work;
  return {
    ...{ id, title: sheet.title, lead: sheet.lead },
    stage: stageOf(work),
    light: lightOf(work, rules, day),
    permille: progressOf(work).permille,
    isRectifying: openRectification(work) !== null,
    parts: sheet.parts
      .filter(({ body }) => isTheirs(body))
      .map((part) => {
        const its = parts.get(part.id) ?? emptyPart();
        return {
          ...{ id: part.id, title: part.title, body: part.body },
          light: lightOfPart(part, its, standing, rules, day),
          permille: permilleOf(part, figureOf(its).done),
          plan: planState(its),
          month: its.latest?.month ?? null,
        };
      }),
  };
}
