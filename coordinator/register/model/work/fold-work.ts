import type { List } from '../../../../shared/projects/list.ts';
import { sha256Hex } from '../../../../shared/protocol/bytes.ts';
import { foldAppraisal, foldRectification } from './fold-appraisal.ts';
import { foldFinding } from './fold-finding.ts';
import { foldReport } from './fold-report.ts';
import type { WorkEntry } from './work-entries.ts';
import {
  chosenWork,
  type Doer,
  type Entered,
  emptyPart,
  type Plan,
  type Voice,
  type Work,
  type Works,
} from './works.ts';

/** The works with those of a list that were chosen. */
export function beginWorks(works: Works, list: List, chosen: ReadonlySet<string>, at: number): Works {
  const begun = list.projects.filter(({ id }) => chosen.has(id));
  return {
    ...works,
    projects: works.projects.withMutations((all) => {
      for (const { id, sheet } of begun) all.set(id, chosenWork(id, list.cycle, sheet, at));
    }),
  };
}

/** The works in which that project has changed. */
export function onWork(works: Works, id: string, change: (one: Work) => Work): Works {
  const one = works.projects.get(id);
  return one ? { ...works, projects: works.projects.set(id, change(one)) } : works;
}

const doerOf = ({ by }: WorkEntry): Doer | null => ('id' in by ? { id: by.id, name: by.name } : null);

/**
 * The works after an entry. It believes the entry; whether it may stand in the ledger is `judge-work.ts`'s.
 * @param time of the entry's row, ledger ms.
 */
export function foldWork(works: Works, says: WorkEntry, time: number): Works {
  const entered: Entered = { seq: says.seq, at: time, by: doerOf(says) };
  switch (says.typ) {
    case 'rules-set':
      return { ...works, rules: says.rules };
    case 'planned': {
      const { months, safeguards } = says;
      const plan: Plan = { ...entered, months, safeguards, isStale: false };
      return onWork(works, says.project, (work) => ({
        ...work,
        parts: work.parts.update(says.part, emptyPart(), (its) => ({ ...its, plan })),
      }));
    }
    case 'reported':
    case 'visited':
    case 'figure-settled':
    case 'reminded':
      return onWork(works, says.project, (work) => foldReport(work, says, entered));
    case 'group-appointed': {
      const { committee, members } = says;
      return onWork(works, says.project, (work) => ({ ...work, group: { ...entered, committee, members } }));
    }
    case 'found':
    case 'finding-answered':
    case 'finding-returned':
    case 'finding-closed':
      return onWork(works, says.project, (work) => foldFinding(work, says, entered));
    case 'inspected': {
      const { event, kind, projects, day, title, words, documents } = says;
      const inspection = { ...entered, event, kind, projects, day, title, words, documents };
      return { ...works, inspections: works.inspections.set(event, inspection) };
    }
    case 'change-asked': {
      const { request, kind, sheet, reason, documents } = says;
      const asked = { ...entered, request, kind, sheet, reason, documents, answer: null };
      return onWork(works, says.project, (work) => ({
        ...work,
        requests: work.requests.set(request, asked),
      }));
    }
    case 'change-refused':
      return onWork(works, says.project, (work) =>
        answered(work, says.request, { is: 'refused', words: says.reason, at: time }),
      );
    case 'change-decided':
      return onWork(works, says.project, (work) => changed(work, says, entered));
    case 'appraised':
    case 'appraised-on-paper':
      return foldAppraisal(works, says, entered);
    case 'rectification-ordered':
    case 'explained':
    case 'rectification-accepted':
      return onWork(works, says.project, (work) => foldRectification(work, says, entered));
    case 'looked-back': {
      const { lookBack, day, works: does, users, words, photos } = says;
      const seen = { ...entered, lookBack, day, works: does, users, words, photos };
      return onWork(works, says.project, (work) => ({
        ...work,
        lookBacks: work.lookBacks.set(lookBack, seen),
      }));
    }
    case 'published': {
      const { document, kind, cycle, period, project, title, text, pdf, replaces } = says;
      const made = { ...entered, document, kind, cycle, period, project, title, text, pdf, replaces };
      return { ...works, documents: works.documents.set(document, made) };
    }
    case 'spoken': {
      const { voice, project, part, kind, words, attachments } = says;
      const said = { voice, project, part, kind, at: time, words, attachments };
      return onVoice(works, voice, () => ({ ...said, text: null, answers: [], erased: false }));
    }
    case 'voice-cleared':
      return onVoice(works, says.voice, (one) => one && { ...one, text: says.text });
    case 'voice-answered':
      return onVoice(
        works,
        says.voice,
        (one) => one && { ...one, answers: [...one.answers, { ...entered, words: says.words }] },
      );
    case 'voice-erased':
      return onVoice(works, says.voice, (one) => one && { ...one, erased: true, text: null });
    case 'linked':
      return onWork(works, says.project, (work) => ({ ...work, shareOf: says.to }));
  }
}

function onVoice(works: Works, id: string, change: (one: Voice | undefined) => Voice | undefined): Works {
  const voice = change(works.voices.get(id));
  return voice ? { ...works, voices: works.voices.set(id, voice) } : works;
}

function answered(
  work: Work,
  request: string | null,
  answer: NonNullable<NonNullable<ReturnType<Work['requests']['get']>>['answer']>,
): Work {
  const asked = request === null ? undefined : work.requests.get(request);
  return asked ? { ...work, requests: work.requests.set(asked.request, { ...asked, answer }) } : work;
}

const STANDING = { changed: null, suspended: 'suspended', resumed: 'running', ended: 'ended' } as const;

/** What was decided holds; a part that is another than before needs another plan. */
function changed(work: Work, says: Extract<WorkEntry, { typ: 'change-decided' }>, entered: Entered): Work {
  const { kind, reason, decision, document, request } = says;
  const before = work.sheet;
  const after = says.sheet ?? before;
  const isSame = (id: string) => partText(before, id) === partText(after, id);
  const parts = work.parts.withMutations((all) => {
    for (const { id } of after.parts) {
      const its = all.get(id);
      if (!its) all.set(id, emptyPart());
      else if (its.plan && !isSame(id)) all.set(id, { ...its, plan: { ...its.plan, isStale: true } });
    }
  });
  const after_ = {
    ...work,
    sheet: after,
    parts,
    standing: STANDING[kind] ?? work.standing,
    changes: work.changes.push({ ...entered, kind, before, after, reason, decision, document }),
  };
  return answered(after_, request, { is: 'decided', words: decision, at: entered.at });
}

/** What a plan depends on of a part. */
function partText({ parts }: Work['sheet'], id: string): string | null {
  const part = parts.find((one) => one.id === id);
  return part ? sha256Hex(JSON.stringify([part.target, part.finish, part.funding, part.body])) : null;
}
