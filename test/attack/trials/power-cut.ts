import { execFileSync } from 'node:child_process';
import {
  cpSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Ledger } from '../../../coordinator/chronicle/ledger.ts';
import { SITTING_LEDGER } from '../../../coordinator/sitting/chronicle.ts';
import { Dice } from '../dice.ts';
import { DiskModel } from '../disk-model.ts';
import type { HallUnderAttack } from '../hall.ts';
import { lostOrDoubled } from '../honest-record.ts';
import { closeScene, openScene } from '../scene.ts';
import { startOnce } from '../start-once.ts';
import { diskOps, straceCommand, type Traced } from '../strace-log.ts';
import type { Trial, TrialOutcome } from '../trial.ts';
import { pause } from '../waiting.ts';

const VOTING_MS = 8_000;
/** So many at instants that chance picks, about as many more just before a sync; of all each so-manieth by the whole program. */
const CUTS = 60;
const PROGRAM_EVERY = 20;

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

/** The files of a hall's folder as they are when the power goes after operation `n` of the recording. */
interface Left {
  readonly at: number;
  readonly folder: string;
  readonly ledger: string;
}

function* cuts(ops: readonly Traced[], hall: HallUnderAttack, under: string, dice: Dice): Generator<Left> {
  const disk = new DiskModel(new Map());
  const every = Math.max(1, Math.floor(ops.length / CUTS));
  for (const [i, { at, op }] of ops.entries()) {
    disk.apply(op);
    // Where a sync comes next there is most to lose.
    const next = ops[i + 1]?.op.op;
    if (next === 'sync' ? !dice.one(Math.ceil(every / 4)) : !dice.one(every)) continue;
    const folder = mkdtempSync(join(under, 'after-'));
    for (const file of ['hall.yaml', 'roll.csv', 'agenda.yaml', 'terminals.csv'])
      cpSync(hall.at(file), join(folder, file));
    for (const [path, bytes] of disk.cut(dice)) {
      const to = join(folder, path.slice(hall.folder.length));
      mkdirSync(dirname(to), { recursive: true });
      writeFileSync(to, bytes, { mode: 0o600 });
    }
    yield { at, folder, ledger: hall.ledgerFile.replace(hall.folder, folder) };
  }
}

/** Why what is left is not taken up again; null where it is. `asProgram`: by the whole coordinator, not by its ledger alone. */
async function refusal({ folder, ledger }: Left, asProgram: boolean): Promise<string | null> {
  if (asProgram) {
    const ports = ['--http', '0', '--mqtt', '0', '--json'];
    const started = await startOnce(['coordinator', '--config', join(folder, 'hall.yaml'), ...ports]);
    return started.runs ? null : started.said.slice(0, 300);
  }
  try {
    if (existsSync(ledger)) Ledger.open(ledger, SITTING_LEDGER).close();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function recorded(seed: number, log: string) {
  mkdirSync(log);
  const wrap = straceCommand(join(log, 't'), process.execPath);
  const scene = await openScene({ seats: 20, motions: 200, speed: 6, seed, holder: 'coordinator', wrap });
  try {
    await pause(VOTING_MS);
  } finally {
    await scene.chair.end();
    await closeScene(scene);
  }
  return {
    hall: scene.hall,
    casts: [...scene.fleet.casts.values()],
    ops: await traced(log, scene.hall.at('data')),
  };
}

/** A hall whose every write is recorded; then the power goes at instants of the recording, and with it what was not synced. */
export const powerCut: Trial = {
  name: 'power-cut',
  does: 'all writes of a coordinator recorded by strace; at instants of it the power goes, and what was not synced goes with it',
  run: async (seed): Promise<TrialOutcome> => {
    const not = 'power cuts: there is no strace here, or it may not trace';
    if (!hasStrace()) return { tried: 'nothing', notTried: [not], findings: [] };
    const folder = mkdtempSync(join(tmpdir(), 'hallvote-power-'));
    const { hall, casts, ops } = await recorded(seed, join(folder, 'trace'));
    const findings: string[] = [];
    let made = 0;
    let checked = 0;
    for (const left of cuts(ops, hall, folder, new Dice(seed))) {
      const when = `a power cut at ${Math.round(left.at - (ops[0]?.at ?? 0))} ms`;
      made += 1;
      const why = await refusal(left, made % PROGRAM_EVERY === 0);
      const held = casts.filter(({ receipt }) => receipt !== null && receipt.at <= left.at);
      checked += held.length;
      if (held.length > 0 && !existsSync(left.ledger)) findings.push(`${when}: the ledger is gone`);
      else if (why !== null) findings.push(`${when}: not taken up again: ${why}`);
      else if (held.length > 0)
        findings.push(...lostOrDoubled(left.ledger, held, false).map((line) => `${when}: ${line}`));
      rmSync(left.folder, { recursive: true });
    }
    rmSync(folder, { recursive: true });
    hall.remove();
    const tried = `${made} power cuts among ${ops.length} recorded disk operations; ${checked} times a receipt was looked for, ${findings.length} findings`;
    return { tried, notTried: [], findings };
  },
};
