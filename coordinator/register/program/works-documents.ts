import { total } from '../../../shared/projects/money.ts';
import { finishOf, investment, type Part } from '../../../shared/projects/sheet.ts';
import type { PartDocument, WorkDocument, WorkRow, WorksDocument } from '../../contract/register/works.ts';
import type { WorkRules } from '../model/work/fields.ts';
import { lightOf, lightOfPart, overdueMonths } from '../model/work/light.ts';
import { figureOf, isDone, permilleOf, progressOf } from '../model/work/progress.ts';
import { differences } from '../model/work/shrunk.ts';
import { stageOf } from '../model/work/stage.ts';
import { emptyPart, openRectification, type Work, type Works } from '../model/work/works.ts';

/** Who asks, and on which day. */
export interface Asking {
  readonly person: string;
  readonly day: string;
}

/** Months whose report is overdue: what is done, suspended or ended owes none. */
function overdueOf({ standing, parts }: Work, part: Part, rules: WorkRules, day: string): readonly string[] {
  const its = parts.get(part.id);
  return !its || standing !== 'running' || isDone(part, its) ? [] : overdueMonths(its, rules, day);
}

/** A project as a line, on the day that is asked for. */
export function workRow(work: Work, { rules }: Pick<Works, 'rules'>, { person, day }: Asking): WorkRow {
  const { id, cycle, sheet, promised, group } = work;
  const parts = [...work.parts.values()];
  const latest = parts.flatMap(({ latest: one }) => one ?? []);
  return {
    ...{ id, cycle },
    ...{ title: sheet.title, category: sheet.category, lead: sheet.lead },
    bodies: [...new Set(sheet.parts.map(({ body }) => body))],
    stage: stageOf(work),
    light: lightOf(work, rules, day),
    progress: progressOf(work),
    parts: sheet.parts.length,
    investment: investment(sheet),
    promisedInvestment: investment(promised),
    appropriated: latest.reduce((sum, one) => sum + one.appropriated, 0),
    paid: latest.reduce((sum, one) => sum + one.paid, 0),
    finish: finishOf(sheet),
    isMine: group?.members.some((member) => member.id === person) ?? false,
    hasGroup: group !== null,
    openFindings: work.findings.count(({ state }) => state !== 'closed'),
    overdueReports: sheet.parts.reduce((sum, part) => sum + overdueOf(work, part, rules, day).length, 0),
    disputedParts: parts.filter(({ dispute }) => dispute).length,
    isRectifying: openRectification(work) !== null,
    isShrunk: differences(promised, sheet).some(({ isShrunk }) => isShrunk),
    grade: work.appraisals.last()?.grade ?? null,
  };
}

/** What was chosen in `year`, and how far it is. */
export const worksDocument = (works: Works, year: number, asking: Asking): WorksDocument => ({
  year,
  day: asking.day,
  rules: works.rules,
  works: [...works.projects.values()]
    .filter(({ cycle }) => cycle === year)
    .map((work) => workRow(work, works, asking)),
});

function partDocuments(work: Work, { rules }: Works, day: string): PartDocument[] {
  return work.sheet.parts.map((part) => {
    const its = work.parts.get(part.id) ?? emptyPart();
    const figure = figureOf(its);
    return {
      part,
      promised: work.promised.parts.find(({ id }) => id === part.id) ?? null,
      investment: total(part.funding),
      figure,
      permille: permilleOf(part, figure.done),
      light: lightOfPart(part, its, work.standing, rules, day),
      plan: its.plan,
      reports: [...its.reports.values()],
      overdue: [...overdueOf(work, part, rules, day)],
      reminders: [...its.reminders],
    };
  });
}

/** What was said at the site of a project, the newest first. */
const voicesOf = ({ voices }: Works, project: string): WorkDocument['voices'] =>
  [...voices.values()]
    .filter((one) => one.project === project && !one.erased)
    .map(({ voice, part, kind, at, text, attachments, answers }) => ({
      ...{ voice, part, kind, at, text, answers },
      files: attachments.length,
    }))
    .reverse();

/** A project whole, from the vote on. */
export function workDocument(works: Works, work: Work, asking: Asking): WorkDocument {
  const { since, promised, sheet, standing, group, shareOf } = work;
  return {
    ...workRow(work, works, asking),
    ...{ since, promised, sheet, standing, group, shareOf },
    ...{ day: asking.day, rules: works.rules },
    partsWork: partDocuments(work, works, asking.day),
    visits: [...work.visits.values()],
    findings: [...work.findings.values()].map((one) => ({
      ...one,
      answers: [...one.answers],
      returns: [...one.returns],
    })),
    voices: voicesOf(works, work.id),
    requests: [...work.requests.values()],
    changes: [...work.changes],
    appraisals: [...work.appraisals],
    rectifications: [...work.rectifications],
    lookBacks: [...work.lookBacks.values()],
    inspections: [...works.inspections.values()].filter(({ projects }) => projects.includes(work.id)),
    documents: [...works.documents.values()].filter(({ project }) => project === work.id),
  };
}
