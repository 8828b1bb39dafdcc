import type { RegisterRefusal } from '../refusals.ts';
import type { DraftOf, WorkGround } from './judge-work.ts';
import { stageOf } from './stage.ts';

/** Why an appraisal grades nothing: only projects of the list that was decided, each once, by counts that add up. */
export function judgeAppraisal(
  { works, decided, congress }: WorkGround,
  draft: DraftOf<'appraised'> | DraftOf<'appraised-on-paper'>,
): RegisterRefusal | null {
  const of = draft.typ === 'appraised' ? draft.appraisal : draft.paper;
  const list = decided(of.cycle);
  if (!list) return 'unknown-cycle';
  if (draft.typ === 'appraised') {
    if (draft.appraisal.congress !== congress) return 'other-congress';
    if (works.bundles.has(draft.appraisal.manifest)) return 'bundle-twice';
    if (draft.appraisal.list !== list.list) return 'other-list';
  }
  const ids = of.items.map(({ project }) => project);
  if (new Set(ids).size < ids.length) return 'named-twice';
  for (const id of ids) {
    const work = works.projects.get(id);
    if (work?.cycle !== of.cycle) return 'unknown-project';
    if (stageOf(work) === 'ended') return 'project-ended';
  }
  const isCounted =
    of.present <= of.roll &&
    of.cast <= of.present &&
    of.items.every((one) => one.satisfied + one.basic + one.dissatisfied + one['dont-know'] <= of.cast);
  return isCounted ? null : 'counts-wrong';
}
