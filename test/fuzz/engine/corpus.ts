import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where inputs are kept: those of the project, and those that runs on this machine have found. */

/** The root of the project, from `test/built/test/fuzz/engine` and from `test/fuzz/engine` alike. */
export const ROOT = fileURLToPath(
  new URL(import.meta.url.includes('/built/') ? '../../../../../' : '../../../', import.meta.url),
);

export const FIXTURES = join(ROOT, 'test/fuzz/fixtures');
/** Made of real objects, and the shortest inputs that reach everything found so far. */
export const SEEDS = join(FIXTURES, 'corpus');
/** Inputs that once showed a mistake. */
export const REGRESSIONS = join(FIXTURES, 'regressions');

export function filesIn(folder: string): { readonly name: string; readonly bytes: Uint8Array }[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => !name.startsWith('.'));
  return names.sort().map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
}

/** All inputs to begin with: the project's, and those in `corpus`. */
export const inputsOf = (corpus: string, target: string): Uint8Array[] =>
  [join(SEEDS, target), join(REGRESSIONS, target), join(corpus, target)].flatMap((folder) =>
    filesIn(folder).map(({ bytes }) => bytes),
  );

export const nameOf = (input: Uint8Array): string =>
  createHash('sha256').update(input).digest('hex').slice(0, 16);

export function keepInput(folder: string, target: string, input: Uint8Array): string {
  const path = join(folder, target, nameOf(input));
  mkdirSync(join(folder, target), { recursive: true });
  writeFileSync(path, input);
  return path;
}
