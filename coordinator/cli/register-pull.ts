import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { replay } from '../chronicle/chronicle.ts';
import { Ledger } from '../chronicle/ledger.ts';
import { LedgerError } from '../chronicle/row.ts';
import type { Child } from '../config/children-file.ts';
import { loadRegister, type RegisterConfig } from '../config/register-file.ts';
import { DataFileError } from '../process/data-file.ts';
import { describeFault } from '../process/fault.ts';
import { orRefuse, StartError } from '../refused-start.ts';
import { ChildrenStore } from '../register/federation/children-store.ts';
import { folderPlace, placeOf, textOf } from '../register/federation/feed-places.ts';
import { pullChild } from '../register/federation/pull.ts';
import { FEED_FILES } from '../register/feed/files.ts';
import { readHead } from '../register/feed/head.ts';
import { REGISTER, REGISTER_LEDGER } from '../register/model/book.ts';
import type { Register } from '../register/model/state.ts';
import { CHILDREN_FILE } from '../register/program/open-children.ts';
import { FINE, USAGE, WRONG } from './exit-codes.ts';

export interface Pulled {
  readonly config: string;
  readonly from?: string;
}

const say = (line: string) => process.stdout.write(`${line}\n`);

/** What the ledger has witnessed, which may be that of a running register. */
function witnessedIn({ data, register: about }: RegisterConfig): Register['witnessed'] | null {
  const file = join(data, `${about.id}.ledger`);
  if (!existsSync(file)) return null;
  const ledger = Ledger.read(file, REGISTER_LEDGER);
  try {
    return replay(REGISTER, ledger.rows()).witnessed;
  } finally {
    ledger.close();
  }
}

/** Whose feed lies in a folder, by its signed end; it may lie one folder deeper, under the register's id. */
async function feedsIn(from: string, children: readonly Child[]): Promise<ReadonlyMap<Child, string>> {
  const found = new Map<Child, string>();
  for (const folder of [from, ...children.map(({ id }) => join(from, id))]) {
    if (!existsSync(join(folder, FEED_FILES.head))) continue;
    const bytes = await folderPlace(folder).read(FEED_FILES.head);
    const head = bytes && readHead((await textOf(bytes, 10_000)).trim());
    const child = children.find(({ key }) => key === head?.key);
    if (child) found.set(child, folder);
    else say(`${folder}: 不是 children 中任何一个项目库的台账 · no register under children has this feed`);
  }
  return found;
}

async function pull({ config: file, from }: Pulled): Promise<number> {
  const config = orRefuse(loadRegister(file));
  const { children } = config;
  if (children.length === 0)
    throw new StartError(
      `${file}: 请在 children 中写明下级项目库 · name the registers beneath under children`,
    );
  const witnessed = witnessedIn(config);
  if (!witnessed) throw new StartError(`${config.data}: 请先启动一次项目库 · run the register once before`);
  const never = new AbortController();
  const places =
    from === undefined
      ? children.map((child) => ({ child, place: placeOf(child, never.signal) }))
      : [...(await feedsIn(from, children))].map(([child, folder]) => ({
          child,
          place: folderPlace(folder),
        }));
  if (places.length === 0)
    throw new StartError(`${from}: 没有下级项目库的台账 · there is no feed of a register beneath`);
  const store = ChildrenStore.open(join(config.data, CHILDREN_FILE));
  try {
    let code = FINE;
    for (const { child, place } of places) {
      const { entries, fault } = await pullChild(child, place, {
        store,
        witnessed: witnessed.get(child.id) ?? null,
        now: Date.now,
        pause: async () => {},
      });
      const { position } = store.kept(child.id);
      say(
        `${child.id}: 新读 ${entries} 条，至第 ${position?.seq ?? 0} 条 · ${entries} entries read, up to entry ${position?.seq ?? 0}`,
      );
      if (!fault) continue;
      code = WRONG;
      say(`  ⚠ ${fault.text.zh} · ${fault.text.en}`);
    }
    return code;
  } finally {
    store.close();
  }
}

/** Reads on in the registers beneath, and says how far. */
export async function registerPull(options: Pulled): Promise<void> {
  try {
    process.exitCode = await pull(options);
  } catch (error) {
    const isTold =
      error instanceof StartError || error instanceof LedgerError || error instanceof DataFileError;
    const said = isTold ? error.message : describeFault(CHILDREN_FILE, error);
    if (said === null) throw error;
    process.stderr.write(`hallvote register pull: ${said}\n`);
    process.exitCode = error instanceof StartError ? USAGE : WRONG;
  }
}
