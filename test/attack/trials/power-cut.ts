import { execFileSync } from 'node:child_process';
import {
  cpSync,
  createReadStream,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Dice } from '../dice.ts';
import { DiskModel } from '../disk-model.ts';
import { lostOrDoubled } from '../honest-record.ts';
import { closeScene, openScene } from '../scene.ts';
import { startOnce } from '../start-once.ts';
import { diskOps, straceCommand, type Traced } from '../strace-log.ts';
import type { Trial, TrialOutcome } from '../trial.ts';
import { pause } from '../waiting.ts';

const VOTING_MS = 8_000;
const CUTS = 8;

function hasStrace(): boolean {
  try {
    execFileSync('strace', ['-qq', '-o', '/dev/null', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function traced(folder: string, under: string): Promise<Traced[]> {
  const lines: string[] = [];
  // Sockets and pipes are most of it.
  for (const file of readdirSync(folder))
    for await (const line of createInterface({ input: createReadStream(join(folder, file)) }))
      if (!/ write\(\d+<\\x(?:73|70)/.test(line)) lines.push(line);
  return diskOps(lines, under);
}

/** A hall whose every write is recorded; then the power goes at instants of the recording, and with it what was not synced. */
export const powerCut: Trial = {
  name: 'power-cut',
  does: 'all writes of a coordinator recorded by strace; at instants of it the power goes, and what was not synced goes with it',
  run: async (seed): Promise<TrialOutcome> => {
    if (!hasStrace())
      return {
        tried: 'nothing',
        notTried: ['power cuts: there is no strace here, or it may not trace'],
        findings: [],
      };
    const folder = mkdtempSync(join(tmpdir(), 'hallvote-power-'));
    const log = join(folder, 'trace');
    mkdirSync(log);
    const wrap = straceCommand(join(log, 't'), process.execPath);
    const scene = await openScene({ seats: 20, motions: 200, speed: 6, seed, holder: 'coordinator', wrap });
    try {
      await pause(VOTING_MS);
    } finally {
      await scene.chair.end();
      await closeScene(scene);
    }
    const ops = await traced(log, scene.hall.at('data'));
    const casts = [...scene.fleet.casts.values()];
    const first = Math.min(...casts.flatMap(({ receipt }) => (receipt ? [receipt.at] : [])));
    const last = ops.at(-1)?.at ?? 0;
    const dice = new Dice(seed);
    const instants = Array.from({ length: CUTS }, () => first + dice.below(last - first)).sort(
      (a, b) => a - b,
    );
    const disk = new DiskModel(new Map());
    const findings: string[] = [];
    let checked = 0;
    let i = 0;
    for (const instant of instants) {
      for (let next = ops[i]; next && next.at <= instant; next = ops[i]) {
        disk.apply(next.op);
        i += 1;
      }
      const after = mkdtempSync(join(folder, 'after-'));
      for (const file of ['hall.yaml', 'roll.csv', 'agenda.yaml', 'terminals.csv'])
        cpSync(scene.hall.at(file), join(after, file));
      for (const [path, bytes] of disk.cut(dice)) {
        const to = join(after, path.slice(scene.hall.folder.length));
        mkdirSync(dirname(to), { recursive: true });
        writeFileSync(to, bytes, { mode: 0o600 });
      }
      const started = await startOnce([
        'coordinator',
        '--config',
        join(after, 'hall.yaml'),
        '--http',
        '0',
        '--mqtt',
        '0',
        '--json',
      ]);
      const at = `${Math.round(instant - first)} ms after the first receipt`;
      if (!started.runs) {
        findings.push(`a power cut ${at}: the coordinator does not start: ${started.said.slice(0, 300)}`);
        continue;
      }
      const held = casts.filter(({ receipt }) => receipt !== null && receipt.at <= instant);
      checked += held.length;
      const ledger = scene.hall.ledgerFile.replace(scene.hall.folder, after);
      findings.push(...lostOrDoubled(ledger, held, false).map((line) => `a power cut ${at}: ${line}`));
    }
    rmSync(folder, { recursive: true, force: true });
    scene.hall.remove();
    const tried = `${CUTS} power cuts over ${ops.length} recorded disk operations; ${checked} receipts looked for, ${findings.length} findings`;
    return { tried, notTried: [], findings };
  },
};
