import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const has = (program: string) =>
  /version 14\.|LLD 14\./.test(spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout ?? '');
const canBuild = has('clang') && has('wasm-ld');
if (!canBuild)
  console.warn('clang and wasm-ld 14 are not here: that group.c makes image.ts is NOT tested in this run');

it.skipIf(!canBuild)('the image is what the source makes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hallvote-image-'));
  const made = join(folder, 'image.ts');
  const build = spawnSync(join(import.meta.dirname, 'build.sh'), [made], { encoding: 'utf8' });
  expect(build.stderr).toBe('');
  const base64 = (file: string) => /'([A-Za-z0-9+/=]+)'/.exec(readFileSync(file, 'utf8'))?.[1];
  expect(base64(made)).toBe(base64(join(import.meta.dirname, 'image.ts')));
  rmSync(folder, { recursive: true });
});
