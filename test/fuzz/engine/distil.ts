import { existsSync } from 'node:fs';
import { register } from 'node:module';
import { join } from 'node:path';
import { filesIn, keepInput, SEEDS } from './corpus.ts';
import { eachFeature, forgetCounters, installCounters } from './coverage.ts';

/**
 * Takes what runs have found into the project: `node test/built/test/fuzz/engine/distil.js FOLDER`. Of the inputs in FOLDER the
 * shortest that together reach every branch that the project's own do not, as far as there is room.
 */

/** Bytes that one target may add. */
const ROOM = 10_000;

const [, , folder = ''] = process.argv;
if (!existsSync(join(folder, 'corpus'))) throw new Error(`${folder} holds no corpus`);
installCounters();
register('./hooks.js', import.meta.url);
const { groups } = await import('../targets/all.ts');
const { outcome } = await import('./engine.ts');

for (const load of Object.values(groups))
  for (const [name, target] of Object.entries(await load())) {
    const reached = new Set<number>();
    const isNews = async (input: Uint8Array): Promise<boolean> => {
      forgetCounters();
      await outcome(target, input);
      const before = reached.size;
      eachFeature((branch) => reached.add(branch));
      return reached.size > before;
    };
    for (const { bytes } of filesIn(join(SEEDS, name))) await isNews(bytes);
    let room = ROOM;
    const found = filesIn(join(folder, 'corpus', name)).map(({ bytes }) => bytes);
    for (const input of found.sort((a, b) => a.length - b.length)) {
      if (input.length > room || !(await isNews(input))) continue;
      room -= input.length;
      keepInput(SEEDS, name, input);
    }
    console.log(`${name}: ${reached.size} branches, ${ROOM - room} bytes more`);
  }
process.exit(0);
