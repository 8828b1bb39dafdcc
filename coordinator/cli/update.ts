import { Command } from 'commander';
import { loadHall } from '../config/hall-file.ts';
import { describeProblem } from '../config/problem.ts';
import { UPDATE_WORDS } from '../contract/update-words.ts';
import { describeFault } from '../process/fault.ts';
import { addPackage, readReleaseKey, releaseKeyFile, storeIn } from '../update/store.ts';
import { CONFIG } from './cards-common.ts';
import { USAGE, WRONG } from './exit-codes.ts';

function fail(message: string, code: number = USAGE): never {
  process.stderr.write(`hallvote update: ${message}\n`);
  process.exit(code);
}

async function add(file: string, { config }: { config: string }): Promise<void> {
  const hall = loadHall(config);
  if (!hall.ok) fail(hall.problems.map(describeProblem).join('\n'));
  const keyFile = releaseKeyFile(config);
  const key = readReleaseKey(keyFile);
  if (key === null)
    fail(
      `${keyFile}: 没有发布公钥，无法核对更新包 · holds no release key, so no package can be believed → write the line there that hallvote release key printed`,
    );
  const added = await addPackage(storeIn(hall.value.data), file, key).catch((error: unknown) =>
    fail(describeFault(file, error) ?? String(error)),
  );
  if (!added.ok) {
    const { zh, en } = UPDATE_WORDS.refused[added.reason];
    fail(`${file}: ${zh} · ${en}`, WRONG);
  }
  const { manifest, hash } = added.value;
  process.stdout.write(`${manifest.version}  order ${manifest.order}  ${manifest.files.length} files  ${hash.slice(0, 16)}
已提供给席位：在会务页“更新”中发出 · on offer: order it on the operator’s page, under Updates\n`);
}

/** `hallvote update`: packages for the seats. */
export function updateCommand(): Command {
  const update = new Command('update');
  update
    .command('add <file>')
    .description('核对更新包并提供给席位 · checks a package and offers it to the seats')
    .requiredOption(...CONFIG)
    .action(add);
  return update;
}
