import type { Language } from '../../../../shared/protocol/ids.ts';
import { label } from '../../../../shared/terms.ts';
import type { WaitingAct } from '../../../contract/register/documents.ts';
import { CHANGE_TERMS } from '../../../contract/register/work-words.ts';
import { roleLabel } from '../../../contract/role-words.ts';
import { frameWords } from './frame-words.ts';

/** What an act that waits does, in a line. */
export function deed({ act }: Pick<WaitingAct, 'act'>, language: Language): string {
  const { deeds } = frameWords[language];
  switch (act.act) {
    case 'freeze-list':
    case 'withdraw-list':
    case 'enter-paper-result':
      return deeds[act.act](act.cycle);
    case 'enter-paper-appraisal':
      return deeds[act.act](act.paper.cycle);
    case 'decide-change':
      return deeds[act.act](label(CHANGE_TERMS[act.kind], language));
    case 'settle-figure':
    case 'accept-rectification':
      return deeds[act.act]();
    default:
      return act.act;
  }
}

/** A person and the role they act in. */
export function actorName({ name, role }: WaitingAct['by'], language: Language): string {
  const as = roleLabel(role, language);
  return language === 'zh' ? `${name}（${as}）` : `${name} (${as})`;
}
