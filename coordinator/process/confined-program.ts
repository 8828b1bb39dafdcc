import { buffer } from 'node:stream/consumers';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { framed } from './confined.ts';

/** What a program makes of its input. */
export interface Work {
  readonly says: unknown;
  readonly made?: readonly Uint8Array[];
}

/** How often the memory is looked at: within this time a machine gives away some tens of megabytes. */
const LOOK_MS = 10;

/**
 * The whole of a program that {@link ConfinedWork} runs: works on what stands in its input, in a thread, while this one
 * looks at how much memory it takes. Limits of V8 alone would not see what pictures and archives take.
 */
export function confinedProgram(work: (input: Uint8Array) => Promise<Work>): void {
  if (isMainThread) void watch();
  else
    void work(z.instanceof(Uint8Array).parse(workerData)).then(({ says, made = [] }) =>
      parentPort?.postMessage(framed(says, made)),
    );
}

async function watch(): Promise<void> {
  const [, program = '', megabytes] = process.argv;
  const input = await buffer(process.stdin);
  const most = Number(megabytes);
  setInterval(() => {
    if (process.memoryUsage.rss() > most * 1_000_000) process.kill(process.pid, 'SIGKILL');
  }, LOOK_MS);
  const thread = new Worker(program, {
    workerData: input,
    resourceLimits: { maxOldGenerationSizeMb: most },
  });
  let hasSaid = false;
  thread.once('message', (said: unknown) => {
    hasSaid = true;
    process.stdout.write(z.instanceof(Uint8Array).parse(said), () => process.exit(0));
  });
  // The thread ends while what it said is still on its way.
  for (const end of ['error', 'exit'])
    thread.once(end, () => {
      if (!hasSaid) process.exit(1);
    });
}
