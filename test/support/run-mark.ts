import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Before the first test: marks what this run will start, and has all of it ended after the last, or when the run is killed. */
export default async function setup(): Promise<() => Promise<void>> {
  const mark = randomUUID();
  const reaper = spawn(
    process.execPath,
    [fileURLToPath(new URL('reaper.mjs', import.meta.url)), `HALLVOTE_TEST_RUN=${mark}`],
    // In a session of its own: Ctrl-C at the run is not for it.
    { stdio: ['pipe', 'ignore', 'inherit'], detached: true },
  );
  await once(reaper, 'spawn');
  process.env.HALLVOTE_TEST_RUN = mark;
  return async () => {
    const ended = once(reaper, 'exit');
    reaper.stdin.end();
    await ended;
  };
}
