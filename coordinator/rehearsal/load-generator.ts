import { z } from 'zod';
import { builtProgram } from '../../shared/package-root.ts';
import type { Programs } from '../cli/programs.ts';

/** The load generator is the terminals' own code and so a program of theirs. */
const BURST = builtProgram('terminal/rehearsal/burst.js');

const Figures = z.object({ seats: z.number(), lastMs: z.number(), p50Ms: z.number(), p99Ms: z.number() });

export type BurstTimes = z.infer<typeof Figures>;

export interface LoadGenerator {
  /** Resolves when it says that it is so far. */
  isSo(is: 'present' | 'poised'): Promise<void>;
  /** What it is poised for, it does now. */
  go(): void;
  /** What that took, which it says next. */
  times(is: 'done' | 'back'): Promise<BurstTimes>;
}

/** Starts a hall of simulated seats with these arguments, in a process of their own. */
export function startGenerator(programs: Programs, args: readonly string[]): LoadGenerator {
  const program = programs.start(args, { file: BURST });
  const next = async (is: string) => {
    const said: unknown = JSON.parse(await programs.line(program));
    z.object({ is: z.literal(is) }).parse(said);
    return said;
  };
  return {
    isSo: async (is) => {
      await next(is);
    },
    go: () => {
      program.child.stdin?.write('go\n');
    },
    times: async (is) => Figures.parse(await next(is)),
  };
}
