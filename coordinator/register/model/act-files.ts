import type { RegisterAct } from './acts.ts';
import type { Register } from './state.ts';
import { filesOfAct } from './work/files.ts';
import { isWorkAct } from './work/work-acts.ts';

/** The files that an act speaks of, but for those of a proposal: they must be kept before it is entered. */
export function filesOf(act: RegisterAct): readonly string[] {
  if (isWorkAct(act)) return filesOfAct(act);
  return act.act === 'enter-paper-result' ? [act.sheet] : [];
}

/**
 * Whether a file came with a proposal or with what somebody said at a site, and nothing public speaks of it: whoever knows its
 * hash and names it would publish it. What was erased may be on the disk again, and is nobody else's to publish.
 */
export function isPrivateFile({ proposals, works, feed }: Register, hash: string): boolean {
  if (feed.files.has(hash)) return false;
  const has = ({ attachments }: { readonly attachments: readonly string[] }) => attachments.includes(hash);
  return proposals.some(has) || works.voices.some(has);
}
