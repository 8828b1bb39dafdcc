import { GRADE_TERMS } from '../../../shared/terms.ts';
import { WORK_GRADES } from '../model/work/grades.ts';
import type { Appraisal, Work } from '../model/work/works.ts';
import type { FeedEntry } from './feed.ts';
import type { Look } from './frame.ts';
import type { PublicCycle } from './public-register.ts';
import { changeWord } from './table-words.ts';

/** What is told of a year's projects after the vote: decisions, grades, and documents as they were published. */
export function worksTold(look: Look, { year }: PublicCycle): readonly FeedEntry[] {
  const { works } = look.register;
  const ofYear = [...works.projects.values()].filter(({ cycle }) => cycle === year);
  const documents = [...works.documents.values()].filter(({ cycle }) => cycle === year);
  return [
    ...ofYear.flatMap((work) => changesTold(look, work)),
    ...appraisalsTold(look, year, ofYear),
    ...documents.map(({ document, title, at }) => ({
      what: `published ${document}`,
      at,
      title,
      path: `/notices/${encodeURIComponent(document)}`,
    })),
  ];
}

const projectPath = (id: string): string => `/projects/${encodeURIComponent(id)}`;

const changesTold = (look: Look, work: Work): readonly FeedEntry[] =>
  [...work.changes].map(({ kind, seq, at }) => {
    const title = look.name(work.sheet.title);
    const word = changeWord(look, kind);
    return {
      what: `decided ${seq}`,
      at,
      title: look.t(`${work.cycle}年度：“${title}”${word}`, `${work.cycle}: “${title}” is ${word}`),
      path: projectPath(work.id),
    };
  });

/** One vote grades many projects, and is told once. */
function appraisalsTold(look: Look, year: number, works: readonly Work[]): readonly FeedEntry[] {
  const votes = new Map<number, Appraisal[]>();
  for (const each of works.flatMap(({ appraisals }) => [...appraisals]))
    votes.set(each.seq, [...(votes.get(each.seq) ?? []), each]);
  return [...votes].map(([seq, all]) => {
    const told = WORK_GRADES.map((grade) => {
      const n = all.filter((each) => each.grade === grade).length;
      return look.t(`${GRADE_TERMS[grade].zh}${n}件`, `${n} ${GRADE_TERMS[grade].en}`);
    });
    return {
      what: `appraised ${seq}`,
      at: all[0]?.at ?? 0,
      title: look.t(
        `${year}年度：项目测评，${told.join('、')}`,
        `${year}: projects were graded: ${told.join(', ')}`,
      ),
      path: `/cycles/${year}`,
    };
  });
}
