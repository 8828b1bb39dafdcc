import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { eventually } from '../support/open-hall.ts';

const HALLVOTE = `${process.cwd()}/dist/coordinator/cli/hallvote.js`;
const hallvote = (...args: string[]) => spawn(process.execPath, [HALLVOTE, ...args]);
const hasNetwork = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ internal, family }) => !internal && family === 'IPv4'),
);

it('the coordinator prints addresses that a seat on another machine can be given, and listens there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hallvote-addresses-'));
  const init = hallvote('init', folder);
  expect(await once(init, 'exit')).toEqual([0, null]);
  const ports = ['--http', '0', '--https', '0', '--mqtt', '0'];
  const hall = hallvote('coordinator', '--config', join(folder, 'hall.yaml'), ...ports);
  const ended = once(hall, 'exit');
  let output = '';
  hall.stdout.on('data', (chunk) => {
    output += String(chunk);
  });
  try {
    await eventually(() => output.includes('(key: ') || hall.exitCode !== null, 'the addresses');
    const line = output.split('\n').find((each) => each.startsWith('终端 terminals')) ?? '';
    expect(line).not.toContain('localhost');
    const found = [...line.matchAll(/mqtts:\/\/([\d.]+):(\d+)/g)];
    // A machine without a network has none, and says so.
    expect(found.length > 0).toBe(hasNetwork);
    if (!hasNetwork) expect(line).toContain('no network address');
    for (const [, host, port] of found) {
      expect(host).not.toMatch(/^127\./);
      const socket = connect(Number(port), host);
      await once(socket, 'connect');
      socket.destroy();
    }
  } finally {
    hall.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true });
  }
});
