import type { AttachmentStore } from '../attachments/attachment-store.ts';
import type { SideStore } from '../beside/side-store.ts';
import { filesOf } from '../model/act-files.ts';
import type { RegisterAct } from '../model/acts.ts';
import type { Register } from '../model/state.ts';
import { voiceFilesOf } from '../model/work/files.ts';

/** The files that entries speak of, or acts that wait, and that are still to be kept: those of what was erased are not. */
export function attachmentsIn(
  { proposals, feed, works }: Register,
  waiting: readonly { readonly act: RegisterAct }[] = [],
): ReadonlySet<string> {
  const kept = [...proposals.values()].flatMap((one) => (one.erased ? [] : one.attachments));
  const toConfirm = waiting.flatMap(({ act }) => filesOf(act));
  return new Set([...kept, ...feed.files, ...voiceFilesOf(works), ...toConfirm]);
}

/** What follows beside the chain from an act that has been entered: found by everybody, or gone. */
export function followBeside(
  register: Register,
  beside: SideStore,
  attachments: Pick<AttachmentStore, 'remove'>,
  act: RegisterAct,
): void {
  if (act.act === 'erase-voice') {
    const voice = register.works.voices.get(act.voice);
    beside.voices.erase(act.voice);
    if (voice) removeUnless(attachmentsIn(register), attachments, voice.attachments);
    return;
  }
  if (act.act !== 'clear-wording' && act.act !== 'erase') return;
  const one = register.proposals.get(act.proposal);
  if (!one) return;
  if (act.act === 'clear-wording') {
    if (one.wording) beside.clear(one.id, one.cycle, one.wording);
    return;
  }
  beside.erase(one.id);
  removeUnless(attachmentsIn(register), attachments, one.attachments);
}

/** Takes these files away, but for those that something else has too. */
function removeUnless(
  kept: ReadonlySet<string>,
  attachments: Pick<AttachmentStore, 'remove'>,
  hashes: readonly string[],
): void {
  for (const hash of hashes) if (!kept.has(hash)) attachments.remove(hash);
}
