import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { HANG_MS } from '../../support/hang.ts';
import { Dice } from '../dice.ts';
import { lostOrDoubled } from '../honest-record.ts';
import { closeScene, openScene } from '../scene.ts';
import type { Trial } from '../trial.ts';
import { comesTrue } from '../waiting.ts';

const SHIM = `${process.cwd()}/test/attack/clock-shim.c`;
const YEAR = 365 * 86_400;
const JUMPS = [3_600, -3_600, 10 * YEAR, -20 * YEAR, 1, -1, 60 * YEAR];

/** The shim, compiled into `folder`; null where there is no compiler. */
function compiled(folder: string): string | null {
  const library = join(folder, 'clock-shim.so');
  try {
    execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, SHIM, '-ldl'], { stdio: 'pipe' });
    return library;
  } catch {
    return null;
  }
}

/** Fixed width, so that the coordinator never reads half a number. */
const text = (seconds: number) => `${String(seconds).padEnd(31)}\n`;

export const clock: Trial = {
  name: 'clock-jumps',
  does: 'the coordinator’s wall clock set by hours and decades to and fro while votes are held, and over restarts',
  run: async (seed) => {
    const folder = mkdtempSync(join(tmpdir(), 'hallvote-clock-'));
    const library = compiled(folder);
    if (library === null) {
      rmSync(folder, { recursive: true });
      return {
        tried: 'nothing',
        notTried: ['clock jumps: there is no C compiler for the clock to be moved'],
        findings: [],
      };
    }
    const file = join(folder, 'offset');
    writeFileSync(file, text(0));
    const environment = { LD_PRELOAD: library, ATTACK_CLOCK: file };
    const scene = await openScene({
      seats: 10,
      motions: 100,
      speed: 8,
      seed,
      holder: 'coordinator',
      environment,
    });
    const findings: string[] = [];
    const dice = new Dice(seed);
    const held = () => scene.chair.votes.open + scene.chair.votes.secret;
    for (const seconds of JUMPS) {
      const before = held();
      writeFileSync(file, text(seconds), { flag: 'r+' });
      if (dice.one(3)) await scene.hall.end('SIGKILL');
      if (!(await comesTrue(() => held() > before, HANG_MS)))
        findings.push(`no vote was held after the clock was set by ${seconds} s`);
    }
    await scene.hall.end('SIGTERM');
    // The log has the wall clock's time; it starts a line with the year the clock was set to.
    const last = z
      .object({ time: z.number() })
      .parse(JSON.parse(scene.hall.log.trim().split('\n').at(-1) ?? '{}'));
    const isMoved = last.time > Date.now() + 50 * YEAR * 1000;
    await scene.chair.end();
    await comesTrue(() => scene.fleet.waiting.length === 0, HANG_MS);
    findings.push(...lostOrDoubled(scene.hall.ledgerFile, scene.fleet.casts.values(), true));
    findings.push(
      ...scene.hall.deaths.map(({ how, last }) => `the coordinator ended: ${how} ${last.slice(-300)}`),
    );
    await closeScene(scene);
    if (findings.length === 0) scene.hall.remove();
    rmSync(folder, { recursive: true });
    return {
      tried: `${JUMPS.length} jumps, ${held()} votes, ${scene.fleet.casts.size} ballots, ${findings.length} findings`,
      notTried: isMoved ? [] : ['clock jumps: nothing shows that the clock was moved'],
      findings,
    };
  },
};
