import { runFuzz, tableOf } from '../../fuzz/run.ts';
import type { Trial } from '../trial.ts';

const SECONDS = 60;

/** A minute of coverage-guided fuzzing of all that parses a stranger's bytes. */
export const fuzz: Trial = {
  name: 'fuzz',
  does: `${SECONDS} s of coverage-guided fuzzing of all that reads a stranger’s bytes`,
  run: async (seed) => {
    const found = await runFuzz({ seconds: SECONDS, seed });
    return {
      tried: `${found.rows.length} readers\n${tableOf(found)}`,
      notTried: [],
      findings: found.findings.map(({ target, what, path }) => `${target}: ${what} (${path})`),
    };
  },
};
