import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { HANG_MS } from '../support/hang.ts';
import { ATTACKS } from './attacks.ts';
import { type Beside, measured, outside } from './beside.ts';
import { whileTheChairSignsIn } from './chair-signs-in.ts';
import { breachesOfAll, type Row } from './figures.ts';
import { HALLVOTE } from './hall.ts';
import { lostOrDoubled } from './honest-record.ts';
import { restarts } from './restarts.ts';
import { closeScene, openScene, type Scene } from './scene.ts';
import { table } from './table.ts';
import type { Trial } from './trial.ts';
import { TRIALS } from './trials.ts';
import { comesTrue } from './waiting.ts';

export const BESIDE: readonly Beside[] = [
  ...ATTACKS.map((attack) =>
    attack.name === whileTheChairSignsIn.name ? whileTheChairSignsIn : outside(attack),
  ),
  restarts,
];

export interface Plan {
  readonly minutes: number;
  readonly seats: number;
  readonly seed: number;
  /** How many times faster than people the deputies are. */
  readonly speed: number;
  /** Names of what is to be tried. */
  readonly only: readonly string[];
}

export interface Outcome {
  readonly text: string;
  /** Bounds that are broken, a line each. */
  readonly broken: readonly string[];
}

/** Quiet and attacked seconds of one attack: long enough for a figure, and then rather another round with another seed. */
const MOST_ATTACK_MS = 45_000;
const LEAST_MS = 3_000;
const QUIET_SHARE = 0.4;
/** A vote at speed 1 takes about so long. */
const VOTE_MS = 18_000;
/** Findings of one trial that are told one by one. */
const MOST_LINES = 10;

/** Runs the whole plan. `say` gets a line whenever something has been done. */
export async function run(plan: Plan, say: (line: string) => void): Promise<Outcome> {
  const end = performance.now() + plan.minutes * 60_000;
  const beside = BESIDE.filter(({ name }) => plan.only.includes(name));
  const trials = TRIALS.filter(({ name }) => plan.only.includes(name));
  const broken: string[] = [];
  const lines: string[] = [];
  for (const trial of trials) await tryOne(trial, plan, say, broken, lines);
  if (beside.length > 0) {
    const scene = await openScene({
      ...plan,
      motions: Math.ceil((plan.minutes * 60_000) / (VOTE_MS / plan.speed)) + 20,
    });
    say(`the coordinator runs as ${scene.hall.pid}`);
    try {
      const rows = await attackAll(scene, beside, plan, end, say);
      const last = await lastWord(scene);
      lines.push(table(rows), ...rows.map(seenIn), ...last.lines);
      const inRows = rows.reduce((sum, { deaths }) => sum + deaths.length, 0);
      if (scene.hall.deaths.length > inRows) broken.push('the coordinator ended between two attacks');
      broken.push(...breachesOfAll(rows), ...last.broken);
    } finally {
      await closeScene(scene);
    }
    if (broken.length === 0) scene.hall.remove();
    else lines.push(`the hall's files: ${scene.hall.folder}`);
  }
  const verdict =
    broken.length === 0 ? ['every bound holds'] : ['BROKEN:', ...broken.map((line) => `  ${line}`)];
  return { text: [...lines, ...verdict].join('\n'), broken };
}

async function tryOne(
  trial: Trial,
  plan: Plan,
  say: (line: string) => void,
  broken: string[],
  lines: string[],
): Promise<void> {
  say(`${trial.name}: ${trial.does}`);
  const { tried, notTried, findings } = await trial.run(plan.seed);
  lines.push(`${trial.name}: ${tried}`, ...notTried.map((what) => `${trial.name}: NOT TRIED: ${what}`));
  const more = findings.length > MOST_LINES ? [`and ${findings.length - MOST_LINES} more like these`] : [];
  const told = [...findings.slice(0, MOST_LINES), ...more].map((line) => `${trial.name}: ${line}`);
  broken.push(...told);
  for (const line of told) say(`BROKEN: ${line}`);
}

/** One attack after the other, and again with other seeds while there is time. */
async function attackAll(
  scene: Scene,
  beside: readonly Beside[],
  plan: Plan,
  end: number,
  say: (line: string) => void,
): Promise<Row[]> {
  const rows: (() => Row)[] = [];
  for (let pass = 0; pass === 0 || performance.now() < end; pass += 1) {
    for (const [i, each] of beside.entries()) {
      const left = Math.max(0, end - performance.now()) / (beside.length - i);
      const ms = Math.max(LEAST_MS, Math.min(MOST_ATTACK_MS / (1 - QUIET_SHARE), left));
      if (pass > 0 && left < 5_000) return rows.map((row) => row());
      say(`${each.name}, seed ${plan.seed + pass}: ${each.does}`);
      const row = await measured(scene, each, plan.seed + pass, ms * QUIET_SHARE, ms * (1 - QUIET_SHARE));
      rows.push(row);
      for (const death of row().deaths) say(`${each.name}: THE COORDINATOR ENDED: ${death}`);
    }
  }
  return rows.map((row) => row());
}

const seenIn = ({ attack, seed, seen }: Row): string =>
  `${attack}, seed ${seed}, saw: ${
    Object.entries(seen)
      .map(([what, n]) => `${what} ${n}`)
      .join(', ') || 'nothing'
  }`;

/** The last vote is held; then every receipt is looked for in the ledger, and the bundle is verified. */
async function lastWord({ chair, fleet, hall }: Scene): Promise<{ lines: string[]; broken: string[] }> {
  await chair.end();
  await comesTrue(() => fleet.waiting.length === 0, HANG_MS);
  const broken = lostOrDoubled(hall.ledgerFile, fleet.casts.values(), true);
  const bundle = hall.at('sitting.zip');
  writeFileSync(bundle, await (await chair.staff()).bundle());
  const verified = await promisify(execFile)(process.execPath, [
    HALLVOTE,
    'verify',
    bundle,
    '--key',
    hall.ready.key,
  ]).then(
    () => 'verified',
    (error: unknown) => `NOT verified: ${error instanceof Error ? error.message.slice(0, 500) : error}`,
  );
  if (verified !== 'verified') broken.push(`the bundle is ${verified}`);
  const refused = [...fleet.casts.values()].filter(({ refusal }) => refusal !== null).length;
  const { open, secret, late: slow } = chair.votes;
  return {
    lines: [
      `votes: ${open} open, ${secret} secret; not all ballots in within 30 s: ${slow}`,
      `honest ballots: ${fleet.casts.size}, receipts ${[...fleet.casts.values()].filter(({ receipt }) => receipt).length}, refused ${refused}, without an answer ${fleet.waiting.length}; the bundle is ${verified}`,
    ],
    broken,
  };
}
