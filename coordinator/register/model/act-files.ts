import type { RegisterAct } from './acts.ts';
import { filesOfAct } from './work/files.ts';
import { isWorkAct } from './work/work-acts.ts';

/** The files that an act speaks of, but for those of a proposal: they must be kept before it is entered. */
export function filesOf(act: RegisterAct): readonly string[] {
  if (isWorkAct(act)) return filesOfAct(act);
  return act.act === 'enter-paper-result' ? [act.sheet] : [];
}
