import type { WorkAct } from './work-acts.ts';
import type { Works } from './works.ts';

/** The files that an act speaks of, by their hashes: they must be kept before it is entered. */
export function filesOfAct(act: WorkAct): readonly string[] {
  switch (act.act) {
    case 'report':
    case 'answer-finding':
    case 'explain':
      return act.evidence;
    case 'visit':
    case 'find':
    case 'look-back':
      return act.photos;
    case 'inspect':
    case 'ask-change':
      return act.documents;
    case 'decide-change':
      return [act.document];
    case 'enter-paper-appraisal':
      return [act.paper.sheet];
    case 'accept-rectification':
      return act.document === null ? [] : [act.document];
    case 'publish':
      return [act.text, act.pdf];
    case 'speak':
      return act.attachments;
    case 'plan':
    case 'appoint-group':
    case 'settle-figure':
    case 'return-finding':
    case 'close-finding':
    case 'remind':
    case 'refuse-change':
    case 'enter-appraisal':
    case 'order-rectification':
    case 'clear-voice':
    case 'answer-voice':
    case 'erase-voice':
    case 'link':
      return [];
  }
}

/** The files of voices, which the offices see. */
export const voiceFilesOf = ({ voices }: Works): readonly string[] =>
  [...voices.values()].flatMap(({ attachments, erased }) => (erased ? [] : attachments));
