import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HANG_MS } from '../support/hang.ts';
import { keepInput, ROOT } from './engine/corpus.ts';
import { type Order, type Row, Word } from './engine/words.ts';
import { groups } from './targets/all.ts';

/** Runs the fuzz targets, each group in a process of its own that is watched, and tells what came of it. */

const CHILD = join(ROOT, 'test/built/test/fuzz/engine/child.js');
/** A process that says nothing for so long hangs on the input in hand, on however busy a machine. */
const SILENT_MS = HANG_MS;
/** Megabytes a group may use: an input that takes more ends it, and is found. */
const MOST_MEMORY = 768;

export interface FuzzOptions {
  /** For all targets together, starts included. */
  readonly seconds: number;
  readonly seed: number;
  /** Targets or groups; all where it is not said. */
  readonly only?: readonly string[] | undefined;
  /**
   * Where inputs found are kept from run to run (`corpus`), and those that show a mistake (`findings`). A new temporary
   * folder where it is not said: then a run depends on its seed alone, and leaves nothing but findings.
   */
  readonly folder?: string | undefined;
  readonly report?: ((line: string) => void) | undefined;
}

export interface Found {
  readonly target: string;
  readonly what: string;
  /** Where the input is. */
  readonly path: string;
}

export interface FuzzRun {
  readonly rows: readonly Row[];
  readonly findings: readonly Found[];
}

const blank = (target: string): Row => ({
  target,
  executions: 0,
  ms: 0,
  branches: 0,
  fresh: 0,
  findings: 0,
  slowest: { ms: 0, bytes: 0 },
});

/** Fuzzes for `seconds` in sum. */
export async function runFuzz({
  seconds,
  seed,
  only,
  folder,
  report = () => {},
}: FuzzOptions): Promise<FuzzRun> {
  const work = mkdtempSync(join(tmpdir(), 'hallvote-fuzz-'));
  const end = Date.now() + seconds * 1000;
  const asked = (group: string, name: string) => !only || only.includes(name) || only.includes(group);
  const plans = [];
  for (const [group, load] of Object.entries(groups)) {
    const names = Object.keys(await load()).filter((name) => asked(group, name));
    if (names.length > 0) plans.push({ group, names });
  }
  const rows: Row[] = [];
  const findings: Found[] = [];
  const corpus = join(folder ?? work, 'corpus');
  const found = (target: string, what: string, input: Uint8Array) => {
    const path = keepInput(join(folder ?? work, 'findings'), target, input);
    findings.push({ target, what, path });
    report(`${target}: ${what}\n  ${path}`);
  };
  let waiting = plans.reduce((sum, { names }) => sum + names.length, 0);
  try {
    for (const { group, names } of plans) {
      const until = Date.now() + ((end - Date.now()) * names.length) / waiting;
      waiting -= names.length;
      let left = names;
      while (left.length > 0 && (left === names || Date.now() < until)) {
        const order = {
          group,
          targets: left,
          ms: until - Date.now(),
          seed,
          corpus,
          inHand: join(work, 'in-hand'),
        };
        const done = await inChild(order, found);
        rows.push(...done);
        // Where an input ended the process, the targets behind it still have their turn.
        left = left.slice(done.length);
      }
      rows.push(...left.map(blank));
    }
  } finally {
    const isEmpty = folder !== undefined || findings.length === 0;
    rmSync(isEmpty ? work : join(work, 'corpus'), { recursive: true, force: true });
  }
  return { rows, findings };
}

/** Runs an order; gives the rows of the targets that were begun. */
function inChild(
  order: Order,
  found: (target: string, what: string, input: Uint8Array) => void,
): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    const rows = new Map<string, Row>();
    const child = fork(CHILD, [JSON.stringify(order)], {
      execArgv: [`--max-old-space-size=${MOST_MEMORY}`, '--enable-source-maps'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let errors = '';
    let finished = 0;
    let isSilent = false;
    const silence = setTimeout(() => {
      isSilent = true;
      child.kill('SIGKILL');
    }, SILENT_MS);
    child.stderr?.on('data', (data) => {
      errors = `${errors}${data}`.slice(-4000);
    });
    child.on('error', reject);
    child.on('message', (message) => {
      silence.refresh();
      const word = Word.parse(message);
      if (word.is === 'found') found(word.target, word.what, Buffer.from(word.input, 'base64'));
      else rows.set(word.row.target, word.row);
      if (word.is === 'done') finished += 1;
    });
    child.on('exit', (code) => {
      clearTimeout(silence);
      const name = order.targets[finished];
      if (code !== 0 && name === undefined) return reject(new Error(errors));
      if (name !== undefined && !rows.has(name))
        return reject(new Error(`${order.group} does not start: ${errors}`));
      if (name !== undefined) {
        const row = rows.get(name) ?? blank(name);
        rows.set(name, { ...row, findings: row.findings + 1 });
        const why = isSilent
          ? `no answer in ${SILENT_MS / 1000} s`
          : `the process ended (${code}): ${errors.slice(-600)}`;
        found(name, why, inHandIn(order.inHand));
      }
      resolve([...rows.values()]);
    });
  });
}

function inHandIn(path: string): Uint8Array {
  const noted = readFileSync(path);
  return noted.subarray(8, 8 + noted.readUInt32LE(0));
}

const count = new Intl.NumberFormat('en');

/** The table of a run, a line a target. */
export function tableOf({ rows }: Pick<FuzzRun, 'rows'>): string {
  const cells = rows.map((row) => [
    row.target,
    count.format(row.executions),
    count.format(Math.round((row.executions * 1000) / Math.max(1, row.ms))),
    count.format(row.branches),
    count.format(row.fresh),
    String(row.findings),
    `${row.slowest.ms.toFixed(1)} ms, ${count.format(row.slowest.bytes)} bytes`,
  ]);
  const sum = rows.reduce((all, row) => all + row.executions, 0);
  const found = rows.reduce((all, row) => all + row.findings, 0);
  const head = ['target', 'executions', 'a second', 'branches', 'new inputs', 'findings', 'slowest input'];
  const lines = [head, ...cells, ['in all', count.format(sum), '', '', '', String(found), '']];
  const widths = head.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join('  '),
    )
    .join('\n');
}
