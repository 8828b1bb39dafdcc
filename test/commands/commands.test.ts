import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { verifyCommand } from '../../coordinator/cli/verify.ts';
import { bundleOf } from '../support/both-verifiers.ts';
import { inProcess } from '../support/in-process.ts';
import { sampleLedger } from '../support/sample-ledger.ts';

const HALLVOTE = `${process.cwd()}/dist/coordinator/cli/hallvote.js`;
const folder = mkdtempSync(join(tmpdir(), 'hallvote-commands-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function hallvote(...args: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [HALLVOTE, ...args], { encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

/** `hallvote verify`, in this process: what it says, not how a process ends, is looked at. */
const verify = (...args: string[]) => inProcess(verifyCommand(), args);

describe('the hallvote command', () => {
  const bundle = join(folder, 'bundle.zip');

  it('runs a whole sitting unattended, writes the bundle and exits 0; the bundle verifies', () => {
    const demo = hallvote('demo', '--auto', '--seats', '10', '--port', '0', '--speed', '60', '--out', bundle);
    expect(demo.err.replaceAll(/\{"level":30.*\n/g, '')).toBe('');
    expect(demo.code).toBe(0);
    const verified = hallvote('verify', bundle);
    expect(verified).toMatchObject({ code: 0, err: '' });
    expect(verified.out).toContain('核验通过');
    expect(verified.out).toMatch(/赞成 \d+ {2}反对 \d+ {2}弃权 \d+ {2}未按键 \d+/);
  });

  it('says that a bundle verifies in English and in JSON too', async () => {
    const sample = join(folder, 'sample.zip');
    writeFileSync(sample, bundleOf(sampleLedger()));
    expect((await verify(sample, '--lang', 'en')).out).toContain('Verified');
    expect(JSON.parse((await verify(sample, '--json')).out)).toMatchObject({ ok: true });
    expect((await verify(sample, '--key', 'A'.repeat(43))).code).toBe(1);
  });

  it('exits 1 for a bundle that is wrong, and names the first thing', async () => {
    const bytes = readFileSync(bundle);
    bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 1;
    writeFileSync(join(folder, 'changed.zip'), bytes);
    const changed = hallvote('verify', join(folder, 'changed.zip'));
    expect(changed.code).toBe(1);
    expect(changed.out).toContain('核验不通过');
    const json = await verify(join(folder, 'changed.zip'), '--json');
    expect(JSON.parse(json.out)).toMatchObject({ ok: false });
  });

  it('a benchmark that is told to stop says of nothing that it went wrong', async () => {
    const bench = spawn(process.execPath, [HALLVOTE, 'bench', 'update', '--seats', '3'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    bench.stderr.on('data', (chunk) => {
      said += String(chunk);
      // It waits for a program of its own, which ends now too.
      if (said.includes('packing')) bench.kill('SIGTERM');
    });
    const [code] = await once(bench, 'close');
    const bare = said.replaceAll(/\{"level":30.*\n/g, '');
    expect({ code, bare }).toEqual({ code: 143, bare: '3 seats: packing and signing the next version\n' });
  });

  it('exits 2 with one clear line for wrong usage and wrong configuration', () => {
    expect(hallvote('verify', join(folder, 'missing.zip'))).toMatchObject({ code: 2 });
    expect(hallvote('export', join(folder, 'missing.ledger'), '--out', 'x')).toMatchObject({ code: 2 });
    expect(hallvote('nonsense').code).toBe(2);
    expect(hallvote('demo', '--seats', 'many').code).toBe(2);
    const hall = join(folder, 'hall');
    expect(hallvote('init', hall, '--seats', '5', '--tls', 'off').code).toBe(0);
    expect(hallvote('init', hall).code).toBe(2);
    writeFileSync(join(hall, 'roll.csv'), 'id,name,seat\nD1,王一,A1\nD1,王二,A2\n');
    const wrong = hallvote('coordinator', '--config', join(hall, 'hall.yaml'), '--http', '0', '--mqtt', '0');
    expect(wrong).toMatchObject({
      code: 2,
      err: 'roll.csv:3: id D1 stands in line 2 already → give every deputy an id of their own\n',
    });
  });

  it('says how to go on where a port is taken', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const hall = join(folder, 'busy');
    hallvote('init', hall, '--seats', '5', '--tls', 'off');
    const busy = hallvote(
      'coordinator',
      '--config',
      join(hall, 'hall.yaml'),
      '--http',
      String(port),
      '--mqtt',
      '0',
    );
    server.close();
    expect(busy.code).toBe(2);
    expect(busy.err).toMatch(/cannot listen on .*EADDRINUSE.* → choose another port/);
    expect(existsSync(join(hall, 'data', 'coordinator.key'))).toBe(true);
  });

  it('helps everywhere', () => {
    for (const command of [
      'demo',
      'init',
      'coordinator',
      'terminal',
      'simulate',
      'cards',
      'export',
      'verify',
      'bench',
    ]) {
      const help = hallvote(command, '--help');
      expect(help.code, command).toBe(0);
      expect(help.out, command).toContain('Usage');
    }
  });
});
