import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const HALLVOTE = `${process.cwd()}/dist/coordinator/cli/hallvote.js`;
const PASSWORD = '云溪-2027-password';

let folder: string;
let key: string;
let memory: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hallvote-scrutineer-'));
  key = join(folder, 'my.key');
  memory = `${key}.decrypted.json`;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs `hallvote scrutineer` at a coordinator that is not there, with these lines typed. */
function run(...typed: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [HALLVOTE, 'scrutineer', '--url', 'http://127.0.0.1:9', '--person', 's1', '--key', key],
    { input: typed.map((line) => `${line}\n`).join(''), encoding: 'utf8' },
  );
  return { status, stdout, stderr };
}

it('begins a memory with a new key, and refuses a key whose memory is damaged or gone', () => {
  run(PASSWORD);
  expect(existsSync(key)).toBe(true);
  expect(JSON.parse(readFileSync(memory, 'utf8'))).toMatchObject({ decrypted: {} });
  expect(statSync(memory).mode & 0o777).toBe(0o600);

  writeFileSync(memory, '{"what":"hallvote scrutineer mem');
  const damaged = run(PASSWORD);
  expect(damaged.status).toBe(2);
  expect(damaged.stderr).toMatch(/my\.key\.decrypted\.json: 已损坏.*副本.*put the file back/);
  expect(readFileSync(memory, 'utf8')).toBe('{"what":"hallvote scrutineer mem');

  rmSync(memory);
  const gone = run('n');
  expect(gone.stdout).toMatch(/没有这把密钥解密过什么的记录/);
  expect(gone.status).toBe(2);
  expect(existsSync(memory)).toBe(false);
  // A key that has just been brought here, as the scrutineer says.
  run('y');
  expect(existsSync(memory)).toBe(true);
});
