import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SimulatedBoard } from '../../hardware/simulated-board.ts';
import { ScreenServer } from '../../terminal/screen/server.ts';
import { everyTarget, hostileRequest, sendHostile } from '../support/hostile-http.ts';
import { openHall } from '../support/open-hall.ts';
import { serveHall } from '../support/served-hall.ts';

/** A server, and a request it answers with 200 as long as it lives. */
interface Victim {
  readonly port: number;
  readonly honest: string;
  readonly reported: readonly unknown[];
  readonly close: () => Promise<void>;
}

async function coordinator(): Promise<Victim> {
  const open = await openHall();
  const served = await serveHall(open);
  return {
    port: served.port,
    honest: '/api/hall',
    reported: served.reported,
    close: async () => {
      await served.close();
      await open.close();
    },
  };
}

async function screen(): Promise<Victim> {
  const pages = mkdtempSync(join(tmpdir(), 'hallvote-pages-'));
  mkdirSync(join(pages, 'assets'));
  mkdirSync(join(pages, 'terminal/screen'), { recursive: true });
  writeFileSync(join(pages, 'terminal/screen/seat.html'), 'the seat');
  const reported: unknown[] = [];
  const board = { io: new SimulatedBoard(), cards: [] };
  const server = new ScreenServer({
    port: 0,
    language: 'zh',
    pages,
    board,
    report: (_what, error) => reported.push(error),
  });
  return {
    port: await server.start(),
    honest: '/seat?lang=zh',
    reported,
    close: async () => {
      await server.stop();
      rmSync(pages, { recursive: true });
    },
  };
}

describe.each([
  ['the coordinator’s server', coordinator],
  ['the seat’s screen', screen],
])('%s', (_name, start) => {
  let victim: Victim;
  const uncaught: unknown[] = [];
  const note = (error: unknown) => uncaught.push(error);

  beforeEach(async () => {
    uncaught.length = 0;
    process.on('uncaughtException', note);
    victim = await start();
  });
  afterEach(async () => {
    await victim.close();
    process.off('uncaughtException', note);
  });

  async function isAnswered(): Promise<void> {
    const { status } = await fetch(`http://127.0.0.1:${victim.port}${victim.honest}`);
    expect(status).toBe(200);
    expect(uncaught).toEqual([]);
    expect(victim.reported).toEqual([]);
  }

  it('goes on after every target asked for in every way', async () => {
    for (const request of everyTarget()) await sendHostile(victim.port, request, isAnswered);
  });

  it('goes on after malformed requests and upgrades of all kinds', async () => {
    await fc.assert(
      fc.asyncProperty(hostileRequest, (request) => sendHostile(victim.port, request, isAnswered)),
      { numRuns: 400 },
    );
  });
});
