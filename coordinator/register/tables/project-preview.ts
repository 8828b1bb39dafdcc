import type { Sheet } from '../../../shared/projects/sheet.ts';
import { sha256Hex } from '../../../shared/protocol/bytes.ts';
import type { RegisterAct } from '../model/acts.ts';
import { decide } from '../model/decide.ts';
import type { Who } from '../model/person.ts';
import { type Register, sheetHash } from '../model/state.ts';
import type { TableProblem } from './problems.ts';
import { type Change, changesIn } from './project-changes.ts';
import { editsIn } from './project-edits.ts';
import type { ReadSheet } from './workbook.ts';

/** What importing tables of projects would do. Nothing has changed yet. */
export interface ProjectPreview {
  readonly added: readonly { readonly id: string; readonly sheet: Sheet }[];
  readonly changed: readonly Change[];
  /** Projects of which the tables say what is so already. */
  readonly same: readonly string[];
  /** To a project of which one of these speaks, nothing is done. */
  readonly refused: readonly TableProblem[];
  /** What is done when somebody confirms it. */
  readonly acts: readonly RegisterAct[];
}

/** Who imports what into which register, and when. */
export interface ImportInto {
  readonly state: Register;
  /** The cycle of what the tables bring. */
  readonly cycle: number;
  readonly who: Who;
  /** The day, as `decide` takes it. */
  readonly day: string;
}

/** Names exactly what somebody saw: when they confirm it, the preview is made again and must have the same. */
export const fingerprintOf = ({ acts, refused }: ProjectPreview): string =>
  sha256Hex(JSON.stringify([acts, refused]));

/**
 * What tables of projects, parts and money would change, each told by its columns and none of them needed. A column, a row
 * or a sheet that is missing changes nothing. Pure; the same tables again, once it is done, give nothing to do.
 */
export function previewProjects(
  sheets: readonly ReadSheet[],
  { state, cycle, who, day }: ImportInto,
): ProjectPreview {
  const refused: TableProblem[] = [];
  const added: { id: string; sheet: Sheet }[] = [];
  const changed: Change[] = [];
  const same: string[] = [];
  const acts: RegisterAct[] = [];
  for (const [id, edits] of editsIn(sheets, refused)) {
    const was = state.projects.get(id)?.sheet ?? null;
    const sheet = edits.applied(was, state);
    if (!sheet) continue;
    const changes = was ? changesIn(id, was, sheet, state.vocabulary) : [];
    if (was && changes.length === 0) {
      same.push(id);
      continue;
    }
    const act: RegisterAct = was
      ? { act: 'change-project', project: id, read: sheetHash(was), sheet }
      : { act: 'draft-project', project: id, cycle, sheet };
    const decision = decide(state, act, who, day);
    if (!decision.ok) {
      edits.refuse(decision.reason);
      continue;
    }
    acts.push(act);
    changed.push(...changes);
    if (!was) added.push({ id, sheet });
  }
  return { added, changed, same, refused, acts };
}
