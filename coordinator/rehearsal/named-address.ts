import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';

const HERE: readonly string[] = ['localhost', '127.0.0.1'];

const hostNamed = (name: string): string => `${name}.localhost`;

/**
 * The address of `path` at a name of its own on this machine: a browser keeps one session for one host, so that by names of
 * their own one browser is signed in as several. Elsewhere the address as it is.
 */
export function namedAddress(base: string, name: string, path: string): string {
  const url = new URL(path, base);
  if (HERE.includes(url.hostname)) url.hostname = hostNamed(name);
  return url.href;
}

/** Has the hall whose files are in `folder` go by those names too: its certificate must be for each that a browser asks for. */
export function goByNames(folder: string, names: readonly string[]): void {
  const file = join(folder, 'hall.yaml');
  const hall = parseDocument(readFileSync(file, 'utf8'));
  hall.setIn(['listen', 'http', 'names'], names.map(hostNamed));
  writeFileSync(file, String(hall));
}
