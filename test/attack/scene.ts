import type { ChildProcess } from 'node:child_process';
import {
  type SimulatedScrutineers,
  simulateScrutineers,
} from '../../coordinator/cli/simulated-scrutineers.ts';
import { Chair } from './chair.ts';
import { HallUnderAttack } from './hall.ts';
import { HonestFleet } from './honest-fleet.ts';
import { LedgerWatch, Watch } from './watch.ts';

/** A hall at work: coordinator, honest seats, scrutineers and a chair who holds one vote after another. */
export interface Scene {
  readonly hall: HallUnderAttack;
  readonly fleet: HonestFleet;
  readonly chair: Chair;
  readonly watch: Watch;
  readonly ledger: LedgerWatch;
  readonly scrutineers: SimulatedScrutineers;
  /** Attackers at work. */
  readonly children: Set<ChildProcess>;
}

const ARRIVAL_MS = 120_000;

export interface SceneOptions {
  readonly seats: number;
  readonly motions: number;
  readonly speed: number;
  readonly seed: number;
}

/** Opens the hall and waits until every honest deputy is there and an open and a secret vote have been held. */
export async function openScene({ seats, motions, speed, seed }: SceneOptions): Promise<Scene> {
  const hall = new HallUnderAttack({ seats, motions, rogues: 2 });
  await hall.start();
  const staff = await hall.staff();
  const scrutineers = await simulateScrutineers({ http: hall.ready.http, staff }, false, () => {});
  const fleet = new HonestFleet(hall, { speed, seed });
  const chair = new Chair(hall, fleet);
  const watch = new Watch(hall, chair);
  const scene = {
    hall,
    fleet,
    chair,
    watch,
    ledger: new LedgerWatch(hall),
    scrutineers,
    children: new Set<ChildProcess>(),
  };
  try {
    await until('every deputy’s check-in', () => fleet.progress.checkedIn === hall.honest.length);
    chair.begin(motions);
    await until('the first votes', () => chair.votes.open > 0 && chair.votes.secret > 0);
    return scene;
  } catch (error) {
    await closeScene(scene);
    throw error;
  }
}

async function until(what: string, condition: () => boolean): Promise<void> {
  const end = performance.now() + ARRIVAL_MS;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`${what} never came`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Ends everything that belongs to the scene; its folder stays. */
export async function closeScene({ hall, fleet, watch, scrutineers, children }: Scene): Promise<void> {
  for (const child of children) child.kill('SIGKILL');
  watch.stop();
  await scrutineers.stop();
  await fleet.stop();
  await hall.stop();
}
