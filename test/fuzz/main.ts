import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runFuzz, tableOf } from './run.ts';

/** `npm run fuzz -- [--minutes N] [--only target,group,…] [--seed S] [--folder F]`: exit 1 where something was found. */

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    only: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    folder: { type: 'string', default: join(tmpdir(), 'hallvote-fuzz') },
  },
});
const seconds = Number(values.minutes) * 60;
const seed = Number(values.seed);
if (!(seconds > 0) || !Number.isInteger(seed)) {
  console.error('--minutes takes a number above 0, --seed a whole number');
  process.exit(2);
}
mkdirSync(values.folder, { recursive: true });
console.log(`seed ${seed}, ${values.minutes} minutes in sum; inputs and findings: ${values.folder}`);
const report = (line: string) => console.log(line);
const run = await runFuzz({ seconds, seed, only: values.only?.split(','), folder: values.folder, report });
console.log(`\n${tableOf(run)}`);
process.exit(run.findings.length > 0 ? 1 : 0);
