import { randomInt } from 'node:crypto';
import { Command } from 'commander';
import { wholeNumber } from '../../coordinator/cli/options.ts';
import { BESIDE, run } from './run.ts';
import { TRIALS } from './trials.ts';

const NAMES = [...TRIALS, ...BESIDE].map(({ name }) => name);

interface Options {
  minutes: number;
  seats: number;
  seed?: number;
  speed: number;
  only: string[];
  list?: boolean;
}

/** `npm run attack`: a hall at work, attacked. Exit 1 where a bound is broken. */
new Command('attack')
  .description('starts a real hall with honest votes and attacks it, on this machine alone')
  .option('--minutes <n>', 'how long, trials on halls of their own not counted', Number, 10)
  .option('--seats <n>', 'honest seats and two rogues', wholeNumber(6, 3_000), 100)
  .option('--seed <n>', 'the same seed attacks in the same way', wholeNumber(0, 2 ** 31))
  .option('--speed <x>', 'so many times faster than people', Number, 2.5)
  .option('--only <attacks>', 'these alone, separated by commas', (text) => text.split(','), NAMES)
  .option('--list', 'name the attacks, and do nothing')
  .action(async ({ list, seed = randomInt(1_000_000), ...plan }: Options) => {
    if (list) {
      for (const { name, does } of [...TRIALS, ...BESIDE])
        process.stdout.write(`${name.padEnd(22)}${does}\n`);
      return;
    }
    const unknown = plan.only.filter((name) => !NAMES.includes(name));
    if (unknown.length > 0) {
      process.stderr.write(`there is no attack ${unknown.join(', ')}; --list names them\n`);
      process.exitCode = 2;
      return;
    }
    if (!(plan.minutes > 0 && plan.speed > 0)) {
      process.stderr.write('--minutes and --speed are numbers above 0\n');
      process.exitCode = 2;
      return;
    }
    process.stderr.write(`seed ${seed}, ${plan.seats} seats, ${plan.minutes} minutes\n`);
    const started = Date.now();
    const { text, broken } = await run({ ...plan, seed }, (line) =>
      process.stderr.write(`${String(Math.round((Date.now() - started) / 1000)).padStart(5)} s  ${line}\n`),
    );
    process.stdout.write(`${text}\n`);
    process.exitCode = broken.length > 0 ? 1 : 0;
  })
  .parse();
