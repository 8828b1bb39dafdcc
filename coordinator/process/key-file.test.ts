import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toBase64url } from '../../shared/protocol/bytes.ts';
import { makeKeyFile, readKeyFile, writeSecret } from './key-file.ts';

const seed = (length: number) => Uint8Array.from({ length }, (_, i) => i + 1);
let folder = '';
let file = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hallvote-key-'));
  file = join(folder, 'coordinator.key');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a key file', () => {
  it('gives back the key that was made, and only its owner can read it', () => {
    const key = makeKeyFile(file, seed);
    expect(readKeyFile(file)).toEqual({ ok: true, value: { ...key, seed: Buffer.from(key.seed) } });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toBe(`${toBase64url(seed(32))}\n`);
    expect(readdirSync(folder)).toEqual(['coordinator.key']);
  });

  it('is never overwritten', () => {
    const key = makeKeyFile(file, seed);
    expect(() => makeKeyFile(file, (n) => seed(n).reverse())).toThrow(/EEXIST/);
    expect(readKeyFile(file)).toMatchObject({ ok: true, value: { kid: key.kid } });
    expect(readdirSync(folder)).toEqual(['coordinator.key']);
  });

  it('is made although an earlier attempt was cut off', () => {
    writeFileSync(`${file}.new`, 'half', { mode: 0o644 });
    makeKeyFile(file, seed);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readKeyFile(file).ok).toBe(true);
  });

  it('is refused where others can read it, where it is no key, and where there is none', () => {
    const problem = () => {
      const read = readKeyFile(file);
      return read.ok ? '' : read.problem;
    };
    expect(problem()).toContain('no such key');
    writeFileSync(file, 'short\n', { mode: 0o600 });
    expect(problem()).toContain('no key');
    rmSync(file);
    makeKeyFile(file, seed);
    for (const mode of [0o640, 0o604, 0o620]) {
      chmodSync(file, mode);
      expect(problem()).toContain('chmod 600');
    }
    expect(readKeyFile(folder).ok).toBe(false);
  });
});

describe('a secret', () => {
  it('takes the place of the one before, whole', () => {
    writeSecret(file, 'first');
    writeSecret(file, 'second');
    expect(readFileSync(file, 'utf8')).toBe('second');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});
