import type { VoiceRow, VoicesDocument } from '../../contract/register/voices.ts';
import type { AttachmentStore } from '../attachments/attachment-store.ts';
import type { SideVoices } from '../beside/side-voices.ts';
import type { RegisterPerson } from '../model/person.ts';
import { mayInRegister } from '../model/rights.ts';
import type { Register } from '../model/state.ts';
import { partOf, type Voice, type Work } from '../model/work/works.ts';

/** What people said lies beside the chain, with their photographs. */
export interface VoiceSources {
  readonly sent: Pick<SideVoices, 'of'>;
  readonly attachments: Pick<AttachmentStore, 'typeOf'>;
  /** The day of a moment where the register is. */
  readonly dayOf: (time: number) => string;
}

/** More of those that were read are nobody's to read through. */
const MOST_READ = 300;

interface Place {
  readonly one: Voice;
  readonly work: Work;
  readonly title: string;
  readonly body: string;
}

function placeOf({ works }: Register, one: Voice): Place | null {
  const work = works.projects.get(one.project);
  if (!work) return null;
  const part = partOf(work, one.part)?.part ?? work.promised.parts.find(({ id }) => id === one.part);
  return { one, work, title: part?.title ?? one.part, body: part?.body ?? work.sheet.lead };
}

/**
 * What people have said at sites. The offices read everything; a group what was cleared of its projects, a department of its
 * parts, and both every “not so” once it was read.
 */
export function voicesDocument(
  register: Register,
  person: RegisterPerson,
  from: VoiceSources,
): VoicesDocument {
  const isOffice = mayInRegister(person, 'read-people');
  const isSeen = ({ one, work, body }: Place): boolean =>
    isOffice ||
    (one.text !== null &&
      !one.erased &&
      (one.kind === 'objection' || isInGroup(work, person) || body === person.body));
  const all = [...register.works.voices.values()].toReversed().flatMap((one) => placeOf(register, one) ?? []);
  const seen = all.filter(isSeen);
  const isWaiting = ({ one }: Place) => one.text === null && !one.erased;
  const waiting = seen.filter(isWaiting);
  const read = seen.filter((each) => !isWaiting(each)).slice(0, MOST_READ);
  return {
    voices: [...waiting, ...read].map((each) => rowOf(each, person, isOffice, from)),
    uncleared: waiting.length,
  };
}

const isInGroup = ({ group }: Work, { id }: RegisterPerson): boolean =>
  group?.members.some((member) => member.id === id) ?? false;

function rowOf(
  { one, work, title, body }: Place,
  person: RegisterPerson,
  isOffice: boolean,
  { sent, attachments, dayOf }: VoiceSources,
): VoiceRow {
  const { voice, kind, at, text, erased } = one;
  const isMine = isInGroup(work, person);
  const found = [...work.findings.values()].find((each) => each.voice === voice);
  const files = isOffice && !erased ? one.attachments : [];
  return {
    ...{ voice, kind, text, body, day: dayOf(at) },
    ...{ project: work.id, projectTitle: work.sheet.title, part: one.part, partTitle: title },
    sent: isOffice && !erased ? (sent.of(voice)?.text ?? null) : null,
    isErased: erased,
    files: files.flatMap((hash) => {
      const type = attachments.typeOf(hash);
      return type === 'jpg' || type === 'pdf' ? [{ hash, type }] : [];
    }),
    answers: one.answers.map(({ words, by }) => ({ words, by: by?.name ?? null })),
    finding: found ? { finding: found.finding, due: found.due, state: found.state } : null,
    isMine,
    isMineToAnswer: mayInRegister(person, 'answer-voice') && (isOffice || isMine || body === person.body),
  };
}
