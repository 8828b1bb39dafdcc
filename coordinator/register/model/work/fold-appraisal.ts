import { gradeOf } from './grades.ts';
import type { WorkEntry } from './work-entries.ts';
import {
  type Appraisal,
  type Entered,
  openRectification,
  type Rectification,
  type Work,
  type Works,
} from './works.ts';

type AppraisalEntry = Extract<WorkEntry, { typ: 'appraised' | 'appraised-on-paper' }>;

/** What both kinds say, told in one way. */
function told(says: AppraisalEntry) {
  return says.typ === 'appraised'
    ? { ...says.appraisal, how: 'bundle' as const, proof: says.appraisal.manifest }
    : { ...says.paper, how: 'paper' as const, proof: says.paper.sheet };
}

/** The works after projects were graded: by the rules as they stand at that moment. */
export function foldAppraisal(works: Works, says: AppraisalEntry, entered: Entered): Works {
  const { how, proof, items, roll, cast, by: appraisers } = told(says);
  const graded = works.projects.withMutations((all) => {
    for (const counts of items) {
      const work = all.get(counts.project);
      const grade = gradeOf(counts, { cast, roll }, works.rules);
      if (work)
        all.set(work.id, appraised(work, { ...entered, how, appraisers, counts, roll, cast, grade, proof }));
    }
  });
  const after = { ...works, projects: graded };
  if (says.typ === 'appraised-on-paper') return after;
  return {
    ...after,
    bundles: works.bundles.add(proof),
    appraisals: works.appraisals.set(says.seq, says.appraisal),
  };
}

/** 不满意 opens a rectification, whose clock runs until the project is graded again, or what was done is accepted. */
function appraised(work: Work, appraisal: Appraisal): Work {
  const after = { ...work, appraisals: work.appraisals.push(appraisal) };
  const open = openRectification(work);
  if (appraisal.grade === 'dissatisfied') return open ? after : withNew(after, 'dissatisfied', appraisal.at);
  return open
    ? withLast(after, { ...open, closed: { how: 'appraised-again', at: appraisal.at, words: '' } })
    : after;
}

type RectificationEntry = Extract<
  WorkEntry,
  { typ: 'rectification-ordered' | 'explained' | 'rectification-accepted' }
>;

/** The project after a rectification was ordered, explained or accepted. */
export function foldRectification(work: Work, says: RectificationEntry, entered: Entered): Work {
  switch (says.typ) {
    case 'rectification-ordered': {
      const begun = openRectification(work) ? work : withNew(work, 'ordered', entered.at);
      const { words, due } = says;
      return onOpen(begun, (open) => ({ ...open, ordered: [...open.ordered, { ...entered, words, due }] }));
    }
    case 'explained': {
      const { kind, words, evidence } = says;
      const explained = { ...entered, kind, words, evidence };
      return onOpen(work, (open) => ({ ...open, explanations: [...open.explanations, explained] }));
    }
    case 'rectification-accepted':
      return onOpen(work, (open) => ({
        ...open,
        closed: { how: 'accepted', at: entered.at, words: says.words },
      }));
  }
}

const withNew = (work: Work, why: Rectification['why'], since: number): Work => ({
  ...work,
  rectifications: work.rectifications.push({ why, since, ordered: [], explanations: [], closed: null }),
});

const withLast = (work: Work, last: Rectification): Work => ({
  ...work,
  rectifications: work.rectifications.set(-1, last),
});

function onOpen(work: Work, change: (open: Rectification) => Rectification): Work {
  const open = openRectification(work);
  return open ? withLast(work, change(open)) : work;
}
