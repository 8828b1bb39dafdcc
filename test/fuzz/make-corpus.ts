import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { electionsFile } from './elections.ts';
import { filesIn, SEEDS } from './engine/corpus.ts';
import { groups } from './targets/all.ts';

/** Writes what every target begins with (`seeds`) to its folder of the corpus. Run from `test/built/test/fuzz`. */

const elections = electionsFile();
if (elections) {
  mkdirSync(dirname(elections.path), { recursive: true });
  writeFileSync(elections.path, elections.text);
}
for (const load of Object.values(groups))
  for (const [name, target] of Object.entries(await load())) {
    mkdirSync(join(SEEDS, name), { recursive: true });
    const stale = filesIn(join(SEEDS, name)).filter((file) => file.name.startsWith('seed-'));
    for (const file of stale) rmSync(join(SEEDS, name, file.name));
    for (const [seed, content] of Object.entries(target.seeds()))
      writeFileSync(join(SEEDS, name, `seed-${seed}`), content);
  }
