import { type Decision, no, yes } from './decided.ts';
import type { Who } from './person.ts';
import type { RegisterRefusal } from './refusals.ts';
import { mayBeOfGroup } from './rights.ts';
import type { Register } from './state.ts';
import { judgeWork, type WorkDraft, type WorkGround } from './work/judge-work.ts';
import { isGradedAlready, isSaidAlready } from './work/said-already.ts';
import type { WorkAct } from './work/work-acts.ts';
import { type Entered, partOf, type Works } from './work/works.ts';

/** What an act on a project that was chosen enters, or why not. */
export function decideWork(state: Register, act: WorkAct, who: Who | null, day: string): Decision {
  if (isThereAlready(state, act, who)) return yes();
  const other = whyNotBy(state, act, who) ?? whyNotWritten(state, act);
  if (other) return no(other);
  const draft = draftOf(state, act, who);
  if (typeof draft === 'string') return no(draft);
  const refusal = judgeWork(groundOf(state, day), draft, who ?? { by: { role: 'public' } });
  if (refusal) return no(refusal);
  return draft.typ in WITH_CHECKPOINT ? yes(draft, 'checkpoint') : yes(draft);
}

/** What must be provable later than anything that comes behind it. */
const WITH_CHECKPOINT: Partial<Record<WorkDraft['typ'], true>> = {
  'change-decided': true,
  appraised: true,
  'appraised-on-paper': true,
  published: true,
};

/** What is sent once more, since no answer was heard: it is there, and nothing is entered. */
function isThereAlready({ works }: Register, act: WorkAct, who: Who | null): boolean {
  const by = (entered: Entered | undefined) => entered?.by?.id !== undefined && entered.by.id === who?.by.id;
  switch (act.act) {
    case 'visit':
      return by(works.projects.get(act.project)?.visits.get(act.visit));
    case 'find':
      return by(works.projects.get(act.project)?.findings.get(act.finding));
    case 'look-back':
      return by(works.projects.get(act.project)?.lookBacks.get(act.lookBack));
    case 'plan':
    case 'report':
    case 'answer-finding':
    case 'explain':
      return isSaidAlready(works, act, who?.by.id);
    case 'enter-paper-appraisal':
      return isGradedAlready(works, act.paper);
    default:
      return false;
  }
}

/** What only the register's list of staff can tell: for which body the person acts. */
function whyNotBy({ works, staff }: Register, act: WorkAct, who: Who | null): RegisterRefusal | null {
  const body = staff.get(who?.by.id ?? '')?.body;
  if (body === undefined) return null;
  if (act.act === 'visit') {
    // Nobody confirms what their own department has reported.
    const work = works.projects.get(act.project);
    return work && act.figure && partOf(work, act.part)?.part.body === body ? 'own-figure' : null;
  }
  if (act.act !== 'answer-voice' || who?.by.role !== 'department') return null;
  const voice = works.voices.get(act.voice);
  const work = voice && works.projects.get(voice.project);
  return work && partOf(work, voice.part)?.part.body === body ? null : 'other-body';
}

/** A sheet that was asked for says all of the project: decided after another change, it would undo that one unseen. */
function whyNotWritten({ works }: Register, act: WorkAct): RegisterRefusal | null {
  if (act.act !== 'decide-change' || act.request === null || act.sheet === null) return null;
  const asked = works.projects.get(act.project)?.requests.get(act.request);
  return asked && isChangedSince(works, act.project, ({ seq }) => seq > asked.seq) ? 'changed-since' : null;
}

/** Whether another sheet was decided for a project in an entry that is `since`. */
export const isChangedSince = (
  { projects }: Works,
  id: string,
  since: (entered: Entered) => boolean,
): boolean => projects.get(id)?.changes.some((one) => one.kind === 'changed' && since(one)) ?? false;

/** What an entry of this register is judged against. */
export const groundOf = (
  { works, vocabulary, proposals, cycles, begun }: Register,
  day: string,
): WorkGround => ({
  ...{ works, vocabulary, proposals, day },
  register: begun?.register ?? '',
  congress: begun?.congress.zh ?? '',
  decided: (cycle) => {
    const { decided, frozen } = cycles.get(cycle) ?? {};
    return decided && frozen ? { list: frozen.hash } : null;
  },
});

/** What is asked for is what is entered. */
const said = <A extends { readonly act: string }>({ act: _, ...rest }: A) => rest;

/** The entry that `asked` would be. */
function draftOf(state: Register, asked: WorkAct, who: Who | null): WorkDraft | 'no-body' | 'unknown-member' {
  switch (asked.act) {
    case 'plan':
    case 'report':
    case 'answer-finding':
    case 'explain': {
      const body = state.staff.get(who?.by.id ?? '')?.body;
      return body === undefined ? 'no-body' : draftForBody(asked, body);
    }
    case 'appoint-group': {
      const members = asked.members.flatMap((id) => memberOf(state, id) ?? []);
      const isKnown =
        members.length === asked.members.length && new Set(asked.members).size === members.length;
      return isKnown ? { typ: 'group-appointed', ...said(asked), members } : 'unknown-member';
    }
    case 'visit':
      return { typ: 'visited', ...said(asked) };
    case 'settle-figure':
      return { typ: 'figure-settled', ...said(asked) };
    case 'find':
      return { typ: 'found', ...said(asked) };
    case 'return-finding':
      return { typ: 'finding-returned', ...said(asked) };
    case 'close-finding':
      return { typ: 'finding-closed', ...said(asked) };
    case 'inspect':
      return { typ: 'inspected', ...said(asked) };
    case 'remind':
      return { typ: 'reminded', ...said(asked) };
    case 'ask-change':
      return { typ: 'change-asked', ...said(asked) };
    case 'refuse-change':
      return { typ: 'change-refused', ...said(asked) };
    case 'decide-change':
      return { typ: 'change-decided', ...said(asked) };
    case 'enter-appraisal':
      return { typ: 'appraised', ...said(asked) };
    case 'enter-paper-appraisal':
      return { typ: 'appraised-on-paper', ...said(asked) };
    case 'order-rectification':
      return { typ: 'rectification-ordered', ...said(asked) };
    case 'accept-rectification':
      return { typ: 'rectification-accepted', ...said(asked) };
    case 'look-back':
      return { typ: 'looked-back', ...said(asked) };
    case 'publish':
      return { typ: 'published', ...said(asked) };
    case 'speak':
      return { typ: 'spoken', ...said(asked) };
    case 'clear-voice':
      return { typ: 'voice-cleared', ...said(asked) };
    case 'answer-voice':
      return { typ: 'voice-answered', ...said(asked) };
    case 'erase-voice':
      return { typ: 'voice-erased', ...said(asked) };
    case 'link':
      return { typ: 'linked', ...said(asked) };
  }
}

function draftForBody(
  asked: Extract<WorkAct, { act: 'plan' | 'report' | 'answer-finding' | 'explain' }>,
  body: string,
): WorkDraft {
  switch (asked.act) {
    case 'plan':
      return { typ: 'planned', ...said(asked), body };
    case 'report':
      return { typ: 'reported', ...said(asked), body };
    case 'answer-finding':
      return { typ: 'finding-answered', ...said(asked), body };
    case 'explain':
      return { typ: 'explained', ...said(asked), body };
  }
}

/** Who may be of a group, as its list names them. */
function memberOf({ staff }: Register, id: string) {
  const person = staff.get(id);
  return person && mayBeOfGroup(person) ? { id, name: person.name } : null;
}
