#!/usr/bin/env node
// `npm run check`: everything that looks at the sources and runs none of them, side by side. What each says is printed
// when it has ended, in this order; ends with 1 where any has found something.
import { execFile } from 'node:child_process';
import { delimiter, join } from 'node:path';

const CHECKS = [
  ['biome', 'check', '--error-on-warnings', '.'],
  ['oxlint'],
  [process.execPath, 'test/rules/import-rules.mjs'],
  [process.execPath, 'test/rules/templates.mjs'],
  [process.execPath, 'test/rules/shellcheck.mjs'],
];

// One thread of the type checker works out every type once; four of them, on two cores, most types four times.
const env = {
  ...process.env,
  GOMAXPROCS: '1',
  PATH: [join('node_modules', '.bin'), process.env.PATH].join(delimiter),
};
const ends = CHECKS.map(
  ([program, ...args]) =>
    new Promise((resolve) => {
      execFile(program, args, { env, maxBuffer: Number.POSITIVE_INFINITY }, (error, out, err) =>
        resolve({ error, said: `${out}${err}`, name: [program, ...args].join(' ') }),
      );
    }),
);
for (const end of ends) {
  const { error, said, name } = await end;
  process.stdout.write(said);
  if (error === null) continue;
  // One that could not be started has said nothing itself.
  process.stderr.write(`${name}: ${said === '' ? error.message : 'see above'}\n`);
  process.exitCode = 1;
}
