import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../shared/package-root.ts';
import { WRONG } from '../cli/exit-codes.ts';
import type { Programs } from '../cli/programs.ts';
import { ROUTES } from '../contract/routes.ts';
import { benchmark } from './benchmark.ts';
import { openSampleHall } from './running-sample.ts';

/** This program as it was built: what simulated seats begin with. */
const ROOT = packageRoot();
const LIMIT_MS = 15 * 60_000;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export interface UpdateFigures {
  readonly seats: number;
  /** What a seat had to fetch. */
  readonly changedFiles: number;
  readonly changedBytes: number;
  readonly confirmed: number;
  readonly failed: number;
  /** From the order to the last seat's new version, confirmed. */
  readonly milliseconds: number;
}

/** The next version in `folder`: every program file of this one changed, the libraries not packed. */
function nextVersion(folder: string): { readonly files: number; readonly bytes: number } {
  let files = 0;
  let bytes = 0;
  const change = (path: string, text: string) => {
    writeFileSync(path, text);
    files += 1;
    bytes += Buffer.byteLength(text);
  };
  for (const part of ['dist', 'package.json', 'package-lock.json'])
    if (existsSync(join(ROOT, part))) cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  const manifest = join(folder, 'package.json');
  change(manifest, readFileSync(manifest, 'utf8').replace(/"version": "[^"]*"/, '"version": "9.9.9"'));
  for (const entry of readdirSync(join(folder, 'dist'), { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, 'dist', entry);
    if (path.endsWith('.js')) change(path, `${readFileSync(path, 'utf8')}\n// 9.9.9\n`);
  }
  return { files, bytes };
}

const logLines = (folder: string): string[] => {
  const file = join(folder, 'data', 'updates.log');
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
};

/** Brings `seats` simulated seats to another version in a rehearsal hall, and measures. */
async function measureUpdate(
  programs: Programs,
  seats: number,
  progress: (line: string) => void,
): Promise<UpdateFigures> {
  const hall = await openSampleHall(programs, { seats, port: 0, passwordOf: () => 'for benchmarks only' });
  progress(`${seats} seats: packing and signing the next version`);
  const at = (name: string) => join(hall.folder, name);
  const changed = nextVersion(at('next'));
  const pin = await programs.run(['release', 'key', at('release.key')]);
  writeFileSync(at('release.pub'), pin);
  await programs.run(['release', 'pack', at('next'), at('next.update'), '--key', at('release.key')]);
  await programs.run(['update', 'add', at('next.update'), '--config', at('hall.yaml')]);
  const manifest = readFileSync(at('data/updates/offered'), 'utf8');

  progress(`${seats} seats: connecting`);
  const updates = ['--release-key', at('release.pub'), '--data', at('seats')];
  programs.start(['simulate', ...hall.seatArgs, ...updates, '--signer', 'node'], { quiet: true });
  const operator = await hall.as('operator');
  const stats = () => operator.ask(ROUTES.stats);
  while ((await stats()).connected < seats) await pause(200);

  progress(`${seats} seats: updating`);
  const begun = performance.now();
  const ordered = await operator.act({ act: 'update', terminal: null, manifest });
  if (!ordered.ok) throw new Error(ordered.text.en);
  const count = (what: RegExp) => logLines(hall.folder).filter((line) => what.test(line)).length;
  const ends = () => ({
    confirmed: count(/"is":"confirmed"/),
    failed: count(/"is":"(refused|rolled-back)"/),
  });
  for (let told = 0; ; await pause(200)) {
    const { confirmed, failed } = ends();
    if (confirmed !== told)
      progress(`  ${confirmed}/${seats} after ${Math.round((performance.now() - begun) / 1000)} s`);
    told = confirmed;
    const milliseconds = Math.round(performance.now() - begun);
    if (confirmed + failed >= seats || milliseconds > LIMIT_MS)
      return {
        seats,
        changedFiles: changed.files,
        changedBytes: changed.bytes,
        confirmed,
        failed,
        milliseconds,
      };
  }
}

/** `hallvote bench update`. */
export function benchUpdate(seats: number, isJson: boolean): Promise<void> {
  return benchmark(async (programs) => {
    const figures = await measureUpdate(programs, seats, (line) => process.stderr.write(`${line}\n`));
    const { changedFiles, changedBytes, confirmed, failed, milliseconds } = figures;
    const text = `  ${confirmed} 席已更新 updated, ${failed} 席未成 failed, ${(milliseconds / 1000).toFixed(1)} s; 每席取 each fetched ${changedFiles} 个文件 files, ${(changedBytes / 1e6).toFixed(1)} MB\n`;
    process.stdout.write(isJson ? `${JSON.stringify(figures)}\n` : text);
    if (confirmed < seats) process.exitCode = WRONG;
  });
}
