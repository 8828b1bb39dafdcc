import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json, from the compiled files as from the sources. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}

/** A program as it was built, by its path in `dist`: from the sources, as tests run, and from a bundle of many, it stands elsewhere. */
export const builtProgram = (path: string): string => join(packageRoot(), 'dist', path);

/** This program's version, as `--version` and reports say it. */
export function packageVersion(): string {
  const text = readFileSync(join(packageRoot(), 'package.json'), 'utf8');
  const [, version] = /^ {2}"version": "(.*)",$/m.exec(text) ?? [];
  if (version === undefined) throw new Error('package.json names no version');
  return version;
}
