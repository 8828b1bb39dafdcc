import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import type { Report } from '../../../shared/protocol/guarded.ts';
import type { RegisterConfig } from '../../config/register-file.ts';
import { type MachineClock, machineTimer } from '../../process/clock.ts';
import type { Opened } from '../../process/closers.ts';
import { Children } from '../federation/children.ts';
import { ChildrenStore } from '../federation/children-store.ts';
import { placeOf } from '../federation/feed-places.ts';
import { LevelsView } from '../federation/level-members.ts';
import { byItself, type RegisterChronicle } from './register-chronicle.ts';

/** Where what was read of the registers beneath is kept, in a register's data folder. */
export const CHILDREN_FILE = 'children.db';

export interface ChildrenOptions {
  readonly config: RegisterConfig;
  readonly chronicle: RegisterChronicle;
  readonly machine: MachineClock;
  readonly dayOf: (time: number) => string;
  readonly report: Report;
}

const HOUR_MS = 3_600_000;
const RANDOM_STEPS = 2 ** 32;

/** The registers beneath, as they are known, and what all have together. Nothing is read before {@link Children.start}. */
export function openChildren(
  { config, chronicle, machine, dayOf, report }: ChildrenOptions,
  opened: Opened,
): { readonly children: Children; readonly levels: LevelsView } {
  const store = opened.keep(ChildrenStore.open(join(config.data, CHILDREN_FILE)), (each) => each.close());
  const register = () => chronicle.state;
  const children = opened.keep(
    new Children({
      children: config.children,
      pulling: config.pull,
      store,
      placeOf,
      register,
      witness: (seen) =>
        chronicle.commit((writer) =>
          writer.own(byItself({ typ: 'child-witnessed', ...seen }), chronicle.now()),
        ),
      now: machine.wall,
      ledgerNow: () => chronicle.now(),
      after: machineTimer,
      random: () => randomInt(RANDOM_STEPS - 1) / RANDOM_STEPS,
      pause: () => new Promise((resolve) => setImmediate(resolve)),
      report,
    }),
    (each) => each.stop(),
  );
  const levels = new LevelsView({
    register,
    children: () => children.all(),
    today: () => dayOf(chronicle.now()),
    now: machine.wall,
    staleMs: config.pull.staleHours * HOUR_MS,
  });
  return { children, levels };
}
