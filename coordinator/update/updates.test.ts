import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ToTerminal } from '../../shared/protocol/messages.ts';
import type { Release } from '../../shared/update/manifest.ts';
import { HandClock } from '../../test/support/hand-clock.ts';
import { UpdateStore } from './store.ts';
import { Updates } from './updates.ts';

const A = 'a'.repeat(64);
const RELEASE: Release = {
  hash: A,
  text: '',
  manifest: {
    typ: 'release',
    v: 1,
    version: '2.0.0',
    order: 2,
    note: '',
    arch: 'x64',
    node: '22.1.0',
    files: [],
  },
};

/** A store that offers what it is told. */
class Offering extends UpdateStore {
  override get offered() {
    return { release: RELEASE, problem: null };
  }
}

let folder = '';
let isVoting = false;
let told: ToTerminal[] = [];
let updates: Updates;
let clock: HandClock;
const live = (terminal: string) =>
  [
    terminal,
    {
      connected: true,
      lastContact: 0,
      health: null,
      clockOffset: null,
      standing: null,
      goodbye: null,
      wentAt: null,
      faultSince: null,
    },
  ] as const;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hallvote-updates-'));
  isVoting = false;
  told = [];
  clock = new HandClock();
  updates = new Updates({
    store: new Offering(folder, join(folder, 'release.pub')),
    folder,
    isVoting: () => isVoting,
    enrolled: () => ['T1', 'T2'],
    live: () => new Map([live('T1'), live('T2')]),
    tell: (_terminal, message) => told.push(message),
    port: () => 8080,
    onChange: () => {},
    now: () => clock.mono(),
    random: (length) => new Uint8Array(length),
    after: clock.after,
    log: { info: () => {}, error: () => {} },
  });
  updates.start();
});
afterEach(() => {
  updates.stop();
  rmSync(folder, { recursive: true });
});

const order = (terminal: string | null, manifest = A) => updates.act({ act: 'update', terminal, manifest });

describe('the operator’s word', () => {
  it('goes to one seat or to all, and is written down', () => {
    expect(order('T2')).toMatchObject({ ok: true });
    expect(told).toMatchObject([{ typ: 'update', terminal: 'T2', act: 'take', manifest: A, port: 8080 }]);
    expect(order(null)).toMatchObject({ ok: true });
    expect(told.slice(1)).toMatchObject([{ terminal: 'T1', act: 'take' }]);
    expect(readFileSync(join(folder, 'updates.log'), 'utf8')).toMatch(/"terminal":"T2","version":"2.0.0"/);
  });

  it('is refused while a vote is open, for a terminal that is none, and for a version that is not on offer', () => {
    isVoting = true;
    expect(order(null)).toEqual({ ok: false, reason: 'vote-open' });
    isVoting = false;
    expect(order('T3')).toEqual({ ok: false, reason: 'unknown-terminal' });
    expect(order(null, 'b'.repeat(64))).toEqual({ ok: false, reason: 'no-update' });
    expect(told).toEqual([]);
  });

  it('is taken back, where there is something to stop', () => {
    expect(updates.act({ act: 'stop-update' })).toEqual({ ok: false, reason: 'no-rollout' });
    order('T1');
    expect(updates.act({ act: 'stop-update' })).toMatchObject({ ok: true });
    expect(told.at(-1)).toMatchObject({ terminal: 'T1', act: 'stop' });
    clock.pass(600_000);
    expect(told).toHaveLength(2);
  });

  it('waits where a vote opens before a seat is told again', () => {
    order('T1');
    isVoting = true;
    clock.pass(120_000);
    expect(told).toHaveLength(1);
    isVoting = false;
    clock.pass(1_000);
    expect(told).toHaveLength(2);
  });
});
