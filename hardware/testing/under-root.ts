import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach } from 'vitest';
import { keyPairFromSeed } from '../../shared/protocol/keys.ts';
import { readConfig, type TerminalConfig } from '../../terminal/config.ts';

/** Tests of the scripts in a temporary root: only files are written, no command is run. */

export const HERE = join(dirname(fileURLToPath(import.meta.url)), '../provision');
/** Of a hall that is nobody's, and options that name it. */
export const KEY = keyPairFromSeed(new Uint8Array(32)).x;
export const HALL = ['--hall', 'hall-1', '--coordinator', 'mqtt://192.168.10.1:1883', '--key', KEY];

/** Whether it is installed here. */
export const has = (program: string): boolean => spawnSync(program, ['--version']).status === 0;

/** Every file under `folder`, with its path from there. */
export function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length))
    .sort();
}

/** Of the test that runs: the folder of all it has, and in it the root that is installed into. */
export let tmp = '';
export let root = '';

function begin(): void {
  tmp = mkdtempSync(join(tmpdir(), 'hallvote-provision-'));
  root = join(tmp, 'root');
  mkdirSync(root);
  cpSync(HERE, join(tmp, 'package/hardware/provision'), { recursive: true });
  for (const file of [
    'dist/terminal/main.js',
    'dist/coordinator/papers/fonts/a.ttf',
    'node_modules/sharp/index.js',
    'node_modules/a/index.js',
    'node_modules/koffi/index.js',
    'node_modules/i2c-bus/index.js',
    'node_modules/nfc-pcsc/index.js',
    'package.json',
    'package-lock.json',
  ]) {
    mkdirSync(dirname(join(tmp, 'package', file)), { recursive: true });
    writeFileSync(join(tmp, 'package', file), '{}');
  }
}

/** Gives each test of a file a root, and a package that holds the scripts and a program that does nothing. */
export function installsUnderRoot(): void {
  beforeEach(begin);
  afterEach(() => rmSync(tmp, { recursive: true }));
}

/** A Node.js tarball that is none, and its sum; the same one each time. */
export function nodeTarball(): { file: string; sum: string } {
  const file = join(tmp, 'node.tar.gz');
  const sum = () => createHash('sha256').update(readFileSync(file)).digest('hex');
  if (existsSync(file)) return { file, sum: sum() };
  mkdirSync(join(tmp, 'node-v0/bin'), { recursive: true });
  writeFileSync(join(tmp, 'node-v0/bin/node'), '#!/bin/sh\n');
  spawnSync('tar', ['-czf', file, '-C', tmp, 'node-v0']);
  return { file, sum: sum() };
}

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a script of the package. */
export function run(script: string, args: readonly string[], env: Record<string, string> = {}): Ran {
  const path = join(tmp, 'package/hardware/provision', script);
  const { status, stdout, stderr } = spawnSync(path, args, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { status, stdout, stderr };
}

/** Installs into the temporary root, with a Node.js brought along. */
export function install(script: string, ...args: string[]): Ran {
  const { file, sum } = nodeTarball();
  return run(script, ['--root', root, '--node', file, '--node-sha256', sum, ...args]);
}
export const installSeat = (...args: string[]): Ran => install('install-seat.sh', ...args);
/** A file under the root. */
export const written = (path: string): string => readFileSync(join(root, path), 'utf8');

export const terminalYaml = (): TerminalConfig => readConfig(join(root, 'etc/hallvote/terminal.yaml'));
