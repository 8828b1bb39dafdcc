import { builtProgram } from '../../../shared/package-root.ts';
import { ConfinedWork } from '../../process/confined.ts';
import { MOST_TABLE_BYTES, ReadFile } from './workbook.ts';

/** Reads tables that somebody has sent, each in a process of its own. */
export class TableReader {
  readonly #work: Pick<ConfinedWork, 'do'>;

  /** @param work runs `read-program.ts`. */
  constructor(
    work: Pick<ConfinedWork, 'do'> = new ConfinedWork(builtProgram('coordinator/register/read-program.js'), {
      seconds: 20,
      megabytes: 900,
      waiting: 5,
    }),
  ) {
    this.#work = work;
  }

  /** What stands in a file, as text. Never rejects. */
  async read(bytes: Uint8Array): Promise<ReadFile> {
    if (bytes.length > MOST_TABLE_BYTES) return { ok: false, reason: 'too-large' };
    const done = await this.#work.do(bytes);
    if (!done.ok) return { ok: false, reason: done.reason === 'busy' ? 'busy' : 'too-much' };
    const read = ReadFile.safeParse(done.says);
    return read.success ? read.data : { ok: false, reason: 'damaged' };
  }
}
