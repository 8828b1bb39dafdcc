import type { ChildProcess } from 'node:child_process';
import {
  type SimulatedScrutineers,
  simulateScrutineers,
} from '../../coordinator/rehearsal/simulated-scrutineers.ts';
import { Chair } from './chair.ts';
import { type HallPlan, HallUnderAttack, passwordOf } from './hall.ts';
import { HonestFleet } from './honest-fleet.ts';
import { comesTrue } from './waiting.ts';
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

export interface SceneOptions extends Partial<Pick<HallPlan, 'holder' | 'in' | 'wrap' | 'environment'>> {
  readonly seats: number;
  readonly motions: number;
  /** Where the fleet keeps outboxes and numbers; in memory without. */
  readonly data?: string;
  readonly speed: number;
  readonly seed: number;
}

/** Opens the hall and waits until every honest deputy is there and an open and a secret vote have been held. */
export async function openScene(options: SceneOptions): Promise<Scene> {
  const { speed, seed, data, motions, ...plan } = options;
  const hall = new HallUnderAttack({ ...plan, motions, rogues: 2 });
  await hall.start();
  const operator = await hall.as('operator');
  // They sit at the rogue seats from the beginning, and so may vote.
  for (const { deputy } of hall.rogues) await operator.act({ act: 'check-in', deputy, reason: '证件未带' });
  // None where the coordinator holds the key.
  const say = (line: string) => process.stderr.write(`scrutineer: ${line}\n`);
  const scrutineers = await simulateScrutineers(
    { http: hall.ready.http, ca: null, staff: hall.holders, passwordOf },
    false,
    say,
  );
  const fleet = new HonestFleet(hall, { speed, seed, ...(data === undefined ? {} : { data }) });
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
  if (!(await comesTrue(condition, ARRIVAL_MS))) throw new Error(`${what} never came`);
}

/** Ends everything that belongs to the scene; its folder stays. */
export async function closeScene({ hall, fleet, watch, scrutineers, children }: Scene): Promise<void> {
  for (const child of children) child.kill('SIGKILL');
  watch.stop();
  await scrutineers.stop();
  await fleet.stop();
  await hall.stop();
}
