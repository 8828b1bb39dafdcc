import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import { HANG_MS } from '../support/hang.ts';
import type { Attack } from './attack.ts';
import { seedOf } from './dice.ts';
import { latency, mostMemory, type Phase, type Row } from './figures.ts';
import { HALL, SITTING } from './hall.ts';
import type { Scene } from './scene.ts';
import { pause } from './waiting.ts';

const PROGRAM = `${process.cwd()}/test/built/test/attack/attacker.js`;
/** The attacker shares two cores with the hall: it is to attack, and not merely to take them. */
const NICE = 10;
/** A coordinator's memory grows by itself for so long after a start. */
const YOUNG_MS = 120_000;
const MOST_SETTLE_MS = 30_000;
const ADDRESSES = 60;

const Counts = z.object({
  connections: z.number(),
  packets: z.number(),
  bytes: z.number(),
  seen: z.record(z.string(), z.number()),
});
export type Counts = z.infer<typeof Counts>;

/** Runs an attack in a process of its own, and gives what it counted. */
async function attackFor(scene: Scene, attack: string, seed: number, milliseconds: number): Promise<Counts> {
  const { hall } = scene;
  const context = {
    attack,
    seed,
    milliseconds,
    http: hall.port.http,
    mqtt: hall.port.mqtt,
    hall: HALL,
    sitting: SITTING,
    key: hall.ready.key,
    addresses: ADDRESSES,
    rogues: hall.rogues,
    others: hall.honest.slice(0, 20),
  };
  const args = ['-n', String(NICE), process.execPath, PROGRAM, JSON.stringify(context)];
  const child: ChildProcess = spawn('nice', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  scene.children.add(child);
  let output = '';
  child.stdout?.on('data', (chunk) => {
    output += String(chunk);
  });
  const late = setTimeout(() => child.kill('SIGKILL'), milliseconds + HANG_MS);
  const [code] = await once(child, 'close');
  clearTimeout(late);
  scene.children.delete(child);
  if (code !== 0) throw new Error(`the attacker ended with ${code} in ${attack}`);
  return Counts.parse(JSON.parse(output));
}

/** What an attack does from within the harness itself, in place of an attacker's process. */
export type Deed = (
  scene: Scene,
  seed: number,
  milliseconds: number,
) => Promise<{ counts: Counts; findings: string[] }>;

export interface Beside {
  readonly name: string;
  readonly does: string;
  readonly endsTheProcess: boolean;
  readonly deed: Deed;
}

export function outside({ name, does }: Attack): Beside {
  const deed: Deed = async (scene, seed, milliseconds) => ({
    counts: await attackFor(scene, name, seed, milliseconds),
    findings: [],
  });
  return { name, does, endsTheProcess: false, deed };
}

/** What a program wrote before it ended, log lines left out, in one line. */
function faultIn(last: string): string {
  const lines = last.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('{'));
  return lines.slice(0, 7).join(' ⏎ ').slice(0, 500);
}

/** A quiet while, an attack, and the time the hall takes to be as it was before; measured. */
export async function measured(
  scene: Scene,
  { name, endsTheProcess, deed }: Beside,
  seed: number,
  quietMs: number,
  attackMs: number,
): Promise<() => Row> {
  const { hall, watch, ledger, fleet } = scene;
  ledger.written();
  watch.phase('now');
  const deaths = hall.deaths.length;
  const quietFrom = Date.now();
  await pause(quietMs);
  const isYoung = hall.age < YOUNG_MS;
  const quietTo = Date.now();
  const quietly = watch.phase('most');
  await hall.collectGarbage();
  const before = { ...quietly, rss: watch.phase('now').rss };
  const from = Date.now();
  const { counts, findings } = await deed(scene, seedOf(seed, name), attackMs);
  const to = Date.now();
  const during = watch.phase('most');
  const settled = performance.now() + MOST_SETTLE_MS;
  await hall.running();
  let after: Phase;
  do {
    await pause(1_000);
    after = watch.phase('now');
    await hall.collectGarbage();
    after = { ...after, rss: watch.phase('now').rss };
  } while (!endsTheProcess && after.rss > mostMemory({ before, isYoung }) && performance.now() < settled);
  const { strangers, rogues } = ledger.written();
  const fell = hall.deaths.slice(deaths).map(({ how, last }) => `${how} ${faultIn(last)}`);
  // Ballots that still wait are part of it: the row is made when all have come in.
  return () => {
    const between = (a: number, b: number) =>
      [...fleet.casts.values()].flatMap(({ at, receipt }) =>
        at >= a && at < b && receipt ? [receipt.ms] : [],
      );
    return {
      attack: name,
      seed,
      seconds: (to - from) / 1000,
      ...counts,
      strangers,
      rogues,
      before,
      during,
      after,
      quiet: latency(between(quietFrom, quietTo)),
      attacked: latency(between(from, to)),
      deaths: fell,
      isYoung,
      endsTheProcess,
      findings,
    };
  };
}
