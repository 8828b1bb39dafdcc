import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesIn, REGRESSIONS, SEEDS } from './engine/corpus.ts';
import { outcome } from './engine/engine.ts';
import { groups } from './targets/all.ts';

/** All inputs that are kept, without a fuzzer: what was found once is not found again. */

for (const [group, load] of Object.entries(groups))
  describe(group, async () => {
    for (const [name, target] of Object.entries(await load()))
      it(`${name}: holds for every input that is kept`, async () => {
        const files = [SEEDS, REGRESSIONS].flatMap((folder) => filesIn(join(folder, name)));
        expect(files.length).toBeGreaterThan(0);
        for (const { name: file, bytes } of files) expect(await outcome(target, bytes), file).toBeNull();
      });
  });
