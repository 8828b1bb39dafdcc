import { WRONG } from '../cli/exit-codes.ts';
import { Programs } from '../cli/programs.ts';

/** A benchmark with programs of its own, which end with it. What goes wrong is one line; where it was told to stop, nothing has. */
export async function benchmark(measure: (programs: Programs) => Promise<void>): Promise<void> {
  const programs = new Programs();
  programs.stopWhenTold();
  try {
    await measure(programs);
  } catch (error) {
    if (!programs.isStopping) {
      process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
      process.exitCode = WRONG;
    }
  }
  await programs.stop();
}
