import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { ATTACKS } from './attacks.ts';

const PROGRAM = `${process.cwd()}/test/built/test/attack/main.js`;

/** Runs the harness to its end. `hear`: called with everything it has said so far, whenever it says more. */
async function attack(args: readonly string[], hear: (said: string) => void = () => {}) {
  const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let table = '';
  let said = '';
  child.stdout.on('data', (chunk) => {
    table += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    said += String(chunk);
    hear(said);
  });
  await once(child, 'close');
  return { code: child.exitCode, table, said };
}

const SHORT = ['--seats', '16', '--speed', '12', '--seed', '1'];

it('a hall that is attacked in every way for a moment goes on voting, loses nothing, and says what was tried', async () => {
  const names = [...ATTACKS.map(({ name }) => name), 'kill-and-stop'];
  const { code, table } = await attack([...SHORT, '--minutes', '0.4', '--only', names.join()]);
  process.stdout.write(`${table}\n`);
  for (const name of names) expect(table).toContain(`\n${name} `);
  expect(table).toMatch(/the bundle is verified\n/);
  expect(table).toMatch(/every bound holds\n$/);
  expect(code).toBe(0);
});

it('a coordinator that ends is a broken bound: exit 1', async () => {
  let isKilled = false;
  const { code, table } = await attack(
    [...SHORT, '--minutes', '0.1', '--only', 'websocket-frames'],
    (said) => {
      const pid = /the coordinator runs as (\d+)/.exec(said)?.[1];
      if (isKilled || pid === undefined || !said.includes('websocket-frames')) return;
      isKilled = true;
      process.kill(Number(pid), 'SIGKILL');
    },
  );
  expect(table).toMatch(/BROKEN:\n {2}websocket-frames: the coordinator ended: SIGKILL/);
  expect(code).toBe(1);
});

it('names what it can try, and refuses what it cannot', async () => {
  const { code, table } = await attack(['--list']);
  expect(code).toBe(0);
  for (const { name } of ATTACKS) expect(table).toContain(name);
  expect(await attack(['--only', 'nothing-of-the-kind'])).toMatchObject({ code: 2 });
});
