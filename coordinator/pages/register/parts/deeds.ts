import type { Language } from '../../../../shared/protocol/ids.ts';
import type { WaitingAct } from '../../../contract/register/documents.ts';
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
    case 'settle-figure':
      return deeds[act.act](act.project, act.part);
    default:
      return act.act;
  }
}

/** A person and the role they act in. */
export function actorName({ name, role }: WaitingAct['by'], language: Language): string {
  const as = roleLabel(role, language);
  return language === 'zh' ? `${name}（${as}）` : `${name} (${as})`;
}
