import { beforeEach, expect, test } from 'vitest';
import type { Health } from '../../../shared/protocol/messages.ts';
import type { SeatDetails } from '../../../shared/protocol/seat-details.ts';
import { LiveTerminals } from './live-terminals.ts';

const DETAILS: SeatDetails = {
  image: 'hallvote-seat 0.1.0',
  uptime: 100,
  boot: 'power-on',
  ended: 'orderly',
  wasUndervoltage: false,
  isClockSynchronised: true,
  reader: 'PN532 1.6',
  screen: { is: 'drawn', seconds: 60, build: 'abc' },
};

function health(details?: SeatDetails): Health {
  return {
    typ: 'health',
    v: 1,
    id: 'AAAAAAAAAAAAAAAAAAAAAA',
    hall: 'h',
    terminal: 'T1',
    version: '0.1.0',
    time: 0,
    panel: { is: 'ready' },
    reader: { is: 'ready' },
    firmware: null,
    machine: null,
    ...(details ? { details } : {}),
    faults: [],
    selfTest: null,
    waiting: 0,
    roundTrip: null,
  };
}

let now: number;
let changes: number;
let standings: number;
let live: LiveTerminals;
beforeEach(() => {
  now = 1_000_000;
  changes = 0;
  standings = 0;
  live = new LiveTerminals(
    () => now,
    () => {
      changes += 1;
    },
    () => {
      standings += 1;
    },
  );
  live.connected('T1');
});
const known = () => live.all.get('T1');

test('ages become moments that stand still, whatever a message took on its way', () => {
  live.heard('T1', health(DETAILS));
  expect(known()?.standing).toMatchObject({ bootedAt: 900_000, screen: { is: 'drawn', since: 940_000 } });
  for (let n = 1; n < 50; n += 1) {
    now += 30_000;
    const late = n % 7;
    const screen = { is: 'drawn', seconds: 60 + 30 * n - late, build: 'abc' } as const;
    live.heard('T1', health({ ...DETAILS, uptime: 100 + 30 * n - late, screen }));
  }
  expect(standings).toBe(1);
  expect(changes).toBe(51);
});

test('what did change is told, and an older seat, which tells nothing of it, is no fault', () => {
  live.heard('T1', health());
  expect(known()?.standing).toBeNull();
  expect(standings).toBe(0);
  live.heard('T1', health(DETAILS));
  live.heard('T1', health({ ...DETAILS, screen: { is: 'lost', seconds: 60, build: 'abc' } }));
  now += 60_000;
  live.heard('T1', health({ ...DETAILS, uptime: 5, screen: null }));
  expect(known()?.standing).toMatchObject({ bootedAt: 1_055_000, screen: null });
  expect(standings).toBe(3);
});

test('a seat that is away keeps what was known of it, since when, and what it said when it went', () => {
  live.heard('T1', health(DETAILS));
  now += 5_000;
  live.goes('T1', 'panel');
  live.disconnected('T1');
  expect(known()).toMatchObject({ connected: false, wentAt: 1_005_000, goodbye: 'panel' });
  expect(known()?.standing?.image).toBe('hallvote-seat 0.1.0');
  live.connected('T1');
  expect(known()).toMatchObject({ connected: true, wentAt: null, goodbye: null });
  expect(known()?.health?.version).toBe('0.1.0');
  // Its will gives no reason: it went without a word.
  live.goes('T1', undefined);
  live.disconnected('T1');
  expect(known()?.goodbye).toBeNull();
});
