import { readdirSync } from 'node:fs';

/** The files below `folder` whose name matches, from the project's root. */
export function sourcesOf(folder: string, name: RegExp): string[] {
  return readdirSync(folder, { recursive: true })
    .map((file) => `${folder}/${String(file)}`)
    .filter((file) => name.test(file));
}
