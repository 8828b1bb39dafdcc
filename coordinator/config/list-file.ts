import { basename, dirname, join } from 'node:path';
import type { List } from '../../shared/projects/list.ts';
import { MOST_HALL_LIST, readList } from '../../shared/projects/read-list.ts';
import { sha256Hex } from '../../shared/protocol/bytes.ts';
import { failed, type Loaded, loaded } from './problem.ts';
import { readText } from './text-file.ts';

/** A frozen list of projects (候选项目清单) as the register hands it over. */
export interface ListFile {
  readonly hash: string;
  readonly text: string;
  readonly list: List;
}

/** Reads the list called `name`, which lies beside the file at `path`. */
export function readListFile(path: string, name: string): Loaded<ListFile> {
  const refused = (what: string, cure: string) => failed({ file: name, line: null, what, cure });
  if (name !== basename(name) || name.startsWith('.'))
    return refused(
      `${name} is not the name of a file`,
      `put the list beside ${basename(path)} and name it alone`,
    );
  const text = readText(join(dirname(path), name), name);
  if (!text.ok) {
    const [{ what } = { what: 'cannot be read' }] = text.problems;
    return refused(`${name}: ${what}`, `put the list as the register wrote it beside ${basename(path)}`);
  }
  if (text.value.length > MOST_HALL_LIST)
    return refused(
      `${name} has more than ${MOST_HALL_LIST} characters`,
      'have the register freeze a shorter one: every seat has to hold it',
    );
  const list = readList(text.value);
  if (!list)
    return refused(
      `${name} is no list of projects in its one spelling`,
      'copy it from the register anew, byte for byte, and edit nothing in it',
    );
  return loaded({ hash: sha256Hex(text.value), text: text.value, list });
}
