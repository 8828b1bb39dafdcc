import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runCoordinator } from '../../coordinator/main.ts';
import { StartError } from '../../coordinator/refused-start.ts';
import { runRegister } from '../../coordinator/register/program/run-register.ts';
import { sampleRegisterFile } from '../../coordinator/rehearsal/register/sample-file.ts';
import { HallProcess } from '../crash/hall-process.ts';
import { testSeat } from '../support/open-hall.ts';
import { steadyPort } from '../support/steady-port.ts';

/** A start that fails half-way closes what it has opened: the next one finds its ports and its ledger free. */

const log = pino({ level: 'silent' });
let hall: HallProcess;
const taken: Server[] = [];
beforeEach(() => {
  hall = HallProcess.of([testSeat(1)]);
});
afterEach(async () => {
  for (const server of taken.splice(0)) await new Promise((resolve) => server.close(resolve));
  hall.remove();
});

/** Listens on `port`; where others listen, it rejects. @returns the port. */
async function take(port: number): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '0.0.0.0', resolve);
  });
  taken.push(server);
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

async function release(): Promise<void> {
  for (const server of taken.splice(0)) await new Promise((resolve) => server.close(resolve));
}

it.each(['http', 'mqtt'] as const)('closes everything where its port for %s is taken', async (which) => {
  const busy = await take(await steadyPort());
  const other = await take(await steadyPort());
  await new Promise((resolve) => taken.pop()?.close(resolve));
  const ports = which === 'http' ? { http: busy, mqtt: other } : { http: other, mqtt: busy };
  const start = () => runCoordinator(join(hall.folder, 'hall.yaml'), ports, log);
  for (let n = 0; n < 2; n += 1) {
    await expect(start()).rejects.toThrow(StartError);
    expect(await take(other)).toBe(other);
    await new Promise((resolve) => taken.pop()?.close(resolve));
  }
  await release();
  const running = await start();
  expect((await fetch(`${running.http}/api/hall`)).status).toBe(200);
  await running.stop();
  // Stopped, nothing of it listens either.
  expect(await take(busy)).toBe(busy);
  expect(await take(other)).toBe(other);
});

it('closes what a register has opened where its port is taken', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hallvote-half-way-'));
  writeFileSync(join(folder, 'register.yaml'), sampleRegisterFile('off'));
  try {
    const port = await take(await steadyPort());
    const start = () => runRegister(join(folder, 'register.yaml'), { http: port }, log);
    // The second would find the ledger, what is beside it and the feeds beneath still open.
    for (let n = 0; n < 2; n += 1) await expect(start()).rejects.toThrow(StartError);
    await release();
    const running = await start();
    expect((await fetch(running.http)).status).toBe(200);
    await running.stop();
    expect(await take(port)).toBe(port);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
