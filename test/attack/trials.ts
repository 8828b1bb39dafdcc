import type { Trial } from './trial.ts';
import { clock } from './trials/clock.ts';
import { disks } from './trials/disks.ts';
import { fuzz } from './trials/fuzz.ts';
import { powerCut } from './trials/power-cut.ts';
import { refusedStarts } from './trials/refused-starts.ts';
import { registerFlood } from './trials/register-flood.ts';

/** What is tried on halls, and a register, of their own. */
export const TRIALS: readonly Trial[] = [refusedStarts, fuzz, powerCut, disks, clock, registerFlood];
