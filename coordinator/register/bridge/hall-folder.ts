import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isMap, isSeq, parseDocument } from 'yaml';
import type { List } from '../../../shared/projects/list.ts';
import { listText } from '../../../shared/projects/list.ts';
import { listFileName } from '../../../shared/projects/list-file.ts';
import { agendaOf, type HallMotion } from './agenda.ts';
import { MOST_BUNDLE_BYTES } from './bundle-desk.ts';

const AGENDA = 'agenda.yaml';

/** A bundle that lies there. */
export interface LyingBundle {
  readonly name: string;
  readonly bytes: number;
  /** ms since 1970 by the folder's own word. */
  readonly at: number;
}

/**
 * The folder in which register and hall leave things for one another: the hall's own on one machine, a share, or a stick
 * that somebody carries. Neither trusts it: the list goes by its hash, the bundle by its signatures.
 */
export class HallFolder {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Writes the list, and `motion` on it into the agenda that lies there, in the place of an earlier one; all else in the agenda stays,
   * comments included. False, and nothing is written, where what lies there is no agenda. @throws where the folder cannot be written.
   */
  handOver(list: List, motion: HallMotion): boolean {
    const file = join(this.#folder, AGENDA);
    const agenda = existsSync(file) ? withVote(readFileSync(file, 'utf8'), motion) : agendaOf(motion);
    if (agenda === null) return false;
    this.#write(listFileName(list), listText(list));
    this.#write(AGENDA, agenda);
    return true;
  }

  /** The bundles that lie there, the newest first. */
  bundles(): readonly LyingBundle[] {
    if (!existsSync(this.#folder)) return [];
    return readdirSync(this.#folder)
      .filter((name) => name.endsWith('.zip'))
      .flatMap((name) => {
        const stat = statSync(join(this.#folder, name), { throwIfNoEntry: false });
        return stat?.isFile() ? [{ name, bytes: stat.size, at: Math.floor(stat.mtimeMs) }] : [];
      })
      .toSorted((a, b) => b.at - a.at);
  }

  /** A bundle that lies there; null where none of that name does. */
  read(name: string): Uint8Array | null {
    const found = this.bundles().find((each) => each.name === name);
    if (!found || found.name !== basename(name) || found.bytes > MOST_BUNDLE_BYTES) return null;
    return readFileSync(join(this.#folder, name));
  }

  #write(name: string, text: string): void {
    const file = join(this.#folder, name);
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
  }
}

/** The agenda `text` with `motion` in it; null where it is none. */
export function withVote(text: string, motion: HallMotion): string | null {
  const agenda = parseDocument(text);
  const motions = agenda.get('motions');
  if (agenda.errors.length > 0 || !isSeq(motions)) return null;
  const at = motions.items.findIndex((each) => isMap(each) && each.get('id') === motion.id);
  if (at === -1) motions.add(agenda.createNode(motion));
  else motions.set(at, agenda.createNode(motion));
  return agenda.toString({ lineWidth: 0 });
}
