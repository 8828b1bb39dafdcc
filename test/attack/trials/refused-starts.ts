import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { z } from 'zod';
import type { Trial } from '../trial.ts';

const FOLDER = 'test/start';
const VITEST = 'node_modules/vitest/vitest.mjs';

const Report = z.object({
  numPassedTests: z.number(),
  numPendingTests: z.number(),
  testResults: z.array(
    z.object({ assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })) }),
  ),
});

/** The tests of refused starts, run as they are: every refusal is one line with a cure. */
export const refusedStarts: Trial = {
  name: 'refused-starts',
  does: 'a coordinator started on every kind of damaged folder, wrong file and wrong port: one line with a cure',
  run: async () => {
    const files = readdirSync(FOLDER).filter((name) => name.endsWith('.test.ts'));
    const args = [
      VITEST,
      'run',
      ...files.map((name) => `${FOLDER}/${name}`),
      '--project',
      'node',
      '--reporter=json',
    ];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += String(chunk);
    });
    await once(child, 'close');
    const report = Report.parse(JSON.parse(output.slice(output.indexOf('{'))));
    const cases = report.testResults.flatMap(({ assertionResults }) => assertionResults);
    const named = (status: string) =>
      cases.flatMap((each) => (each.status === status ? [each.fullName] : []));
    return {
      tried: `${report.numPassedTests} starts refused as they should be, ${named('failed').length} not`,
      notTried: named('skipped'),
      findings: named('failed'),
    };
  },
};
